//! Where the crate decides otherwise than Clerk's SDK, on purpose. The test fails for any
//! other difference, and for a deviation here that no case shows any more.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use clerk::keys::PublishableKey;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::{Url, form_urlencoded};

use crate::case::{Case, Request};

/// A decision that is meant to differ.
pub struct Deviation {
    pub name: &'static str,
    /// Why the crate decides otherwise.
    pub why: &'static str,
    /// Whether a case is one where it does. Any difference in such a case is put down to
    /// this, so it must say no more than it has to.
    pub applies: fn(&Case, &[String]) -> bool,
}

/// All of them.
pub const DEVIATIONS: [Deviation; 10] = [
    Deviation {
        name: "foreign issuer",
        why: "A session token names the instance that made it. Clerk's SDK takes any token \
              that the instance's key has signed; the crate wants the right `iss` as well, so \
              that a key which signs for two hosts does not make the sessions of one good for \
              the other.",
        applies: |case, tokens| {
            let key = PublishableKey::parse(&case.options.publishable_key).unwrap();
            let issuer = Value::from(key.issuer());
            let foreign = |token: &String| {
                let iss = part(token, 1).and_then(|payload| payload.get("iss").cloned());
                iss.is_some_and(|iss| iss != issuer)
            };
            tokens.iter().any(foreign)
        },
    },
    Deviation {
        name: "padded base64",
        why: "RFC 7515 wants base64url without padding. Clerk's SDK ignores `=` at the end of \
              each part, so that one token has many spellings; the crate knows only one.",
        applies: |_, tokens| tokens.iter().any(|token| token.contains('=')),
    },
    Deviation {
        name: "JSON that is no object",
        why: "Header and payload of a JWT are objects. Clerk's SDK takes a list or a text for \
              an object without members, and a null ends its decision with a TypeError, which \
              would let anybody cause errors with a cookie. The crate calls it no token.",
        applies: |_, tokens| {
            let odd =
                |place| move |token: &String| part(token, place).is_some_and(|p| !p.is_object());
            tokens.iter().any(odd(0)) || tokens.iter().any(odd(1))
        },
    },
    Deviation {
        name: "members that stand twice",
        why: "Claim names must be unique (RFC 7519, section 4). JavaScript takes the last of \
              two, other readers the first, so that such a token is good for different people \
              in different services; the crate calls it malformed.",
        applies: |_, tokens| {
            tokens.iter().any(|token| {
                let parts = [0, 1].map(|place| text(token, place).unwrap_or_default());
                let twice = |name: &str| {
                    let name = format!("\"{name}\":").into_bytes();
                    let stands = |part: &Vec<u8>| {
                        part.windows(name.len()).filter(|at| *at == name).count() > 1
                    };
                    parts.iter().any(stands)
                };
                ["alg", "kid", "iss", "sub", "iat", "exp"]
                    .into_iter()
                    .any(twice)
            })
        },
    },
    Deviation {
        name: "category of a fresh session",
        why: "What a refresh or a handshake brings is taken for a session by Clerk's SDK unless \
              it is a machine's; the crate applies the rule for session tokens to it as well: a \
              token made from a JWT template is for other services.",
        applies: |case, _| {
            let fresh = [
                &case.answers.refresh.body,
                &case.answers.handshake_payload.body,
            ];
            let mut tokens: Vec<String> = fresh.iter().flat_map(|text| tokens_in(text)).collect();
            tokens.extend(
                tokens_of(&case.request)
                    .iter()
                    .flat_map(|token| handshakes(token)),
            );
            let session = ["cl_B7d4PD111AAA", "cl_I7d4PD111III"];
            tokens
                .iter()
                .filter_map(|token| part(token, 0)?.get("cat").cloned())
                .any(|cat| !cat.as_str().is_some_and(|cat| session.contains(&cat)))
        },
    },
    Deviation {
        name: "RS384 and RS512 with a PEM key",
        why: "A key in PEM names no algorithm, so all three that Clerk documents are good. \
              Clerk's SDK lists them too, but holds every PEM key for one of RS256.",
        applies: |case, tokens| {
            let other = |token: &String| {
                part(token, 0)
                    .is_some_and(|header| header["alg"] == "RS384" || header["alg"] == "RS512")
            };
            case.options.jwt_key.is_some() && tokens.iter().any(other)
        },
    },
    Deviation {
        name: "revoked machine tokens",
        why: "Clerk's SDK trusts that the backend API answers 404 for a machine token that is \
              revoked or expired; the crate also reads what the answer says.",
        applies: |case, _| {
            let answers = &case.answers;
            let answers = [&answers.api_key, &answers.m2m_token, &answers.oauth_token];
            answers
                .iter()
                .any(|answer| answer.body.contains("\"revoked\":true"))
        },
    },
    Deviation {
        name: "counts that are not whole",
        why: "Clerk's SDK counts on from whatever number stands in the cookie that counts \
              handshakes, and stops at exactly three, which 1.5 never reaches. The crate reads \
              digits only and takes the rest for none, so that three handshakes end it.",
        applies: |case, _| {
            let cookies = case
                .request
                .headers
                .iter()
                .filter(|(name, _)| name == "cookie");
            let mut pairs = cookies.flat_map(|(_, line)| line.split(';'));
            let count = pairs.find_map(|pair| {
                let (name, count) = pair.split_once('=')?;
                (name.trim() == "__clerk_redirect_count").then(|| percent_decode_str(count))
            });
            count.is_some_and(|count| {
                let count = count.decode_utf8_lossy();
                let count = count.trim();
                let is_number = count.parse::<f64>().is_ok() || count.starts_with("0x");
                is_number && count.parse::<i64>().is_err()
            })
        },
    },
    Deviation {
        name: "empty list of patterns",
        why: "Clerk's SDK compiles an empty list of patterns for the personal account to an \
              expression that matches every path, and takes the active organization away \
              there. For the crate no pattern matches nothing.",
        applies: |case, _| {
            let sync = case.options.organization_sync_options.as_ref();
            let personal = sync.and_then(|sync| sync.personal_account_patterns.as_ref());
            personal.is_some_and(Vec::is_empty)
        },
    },
    Deviation {
        name: "addresses of strangers",
        why: "An address that a redirect leads to is made from headers and parameters that \
              anybody can set. Clerk's SDK lets a path of two slashes name another host, takes \
              credentials with a host, and any scheme, `javascript:` included. The crate \
              redirects to http and https only, without credentials, and a path stays a path.",
        applies: |case, _| {
            let header = |name: &str| {
                let mut headers = case.request.headers.iter();
                let value = headers
                    .find(|(known, _)| known == name)?
                    .1
                    .split(',')
                    .next()?;
                Some(value.trim().to_ascii_lowercase())
            };
            let odd_scheme = header("x-forwarded-proto")
                .is_some_and(|proto| !["", "http", "https"].contains(&&*proto));
            let credentials = header("x-forwarded-host").is_some_and(|host| host.contains('@'));
            let two_slashes = case.request.target.starts_with("//");
            let query = case
                .request
                .target
                .split_once('?')
                .map_or("", |(_, query)| query);
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            let back = pairs.find(|(name, _)| name == "__clerk_redirect_url");
            let odd_back = back
                .and_then(|(_, back)| Url::parse(&back).ok())
                .is_some_and(|back| !["http", "https"].contains(&back.scheme()));
            odd_scheme || credentials || two_slashes || odd_back
        },
    },
];

/// The deviation that explains a difference in a case.
pub fn explain(case: &Case) -> Option<&'static Deviation> {
    let mut tokens = tokens_of(&case.request);
    let handshakes: Vec<String> = tokens.iter().flat_map(|token| handshakes(token)).collect();
    tokens.extend(handshakes);
    tokens.extend(tokens_in(&case.answers.refresh.body));
    tokens.extend(tokens_in(&case.answers.handshake_payload.body));
    DEVIATIONS
        .iter()
        .find(|deviation| (deviation.applies)(case, &tokens))
}

/// Whatever may be a token in a request.
fn tokens_of(request: &Request) -> Vec<String> {
    let headers = request
        .headers
        .iter()
        .filter(|(name, _)| name == "cookie" || name == "authorization");
    let mut tokens: Vec<String> = headers.flat_map(|(_, value)| tokens_in(value)).collect();
    let query = request
        .target
        .split_once('?')
        .map_or("", |(_, query)| query);
    tokens.extend(tokens_in(query));
    tokens
}

/// Whatever has two dots and stands alone in a text, without the name in front of it.
fn tokens_in(text: &str) -> Vec<String> {
    let words = text.split([' ', '\t', ';', '"', ',', '&', '\\']);
    let values = words.map(|word| {
        let decoded = percent_decode_str(word).decode_utf8_lossy().into_owned();
        match decoded.split_once('=') {
            Some((name, value)) if name.starts_with("__") => value.to_owned(),
            _ => decoded,
        }
    });
    let values = values.map(|value| value.trim_matches('"').to_owned());
    values
        .filter(|value| value.matches('.').count() == 2)
        .collect()
}

/// The tokens in the payload of a handshake token.
fn handshakes(token: &str) -> Vec<String> {
    part(token, 1)
        .map(|payload| tokens_in(&payload["handshake"].to_string()))
        .unwrap_or_default()
}

/// The header or the payload of a token.
fn part(token: &str, place: usize) -> Option<Value> {
    serde_json::from_slice(&text(token, place)?).ok()
}

/// The same as it stands there.
fn text(token: &str, place: usize) -> Option<Vec<u8>> {
    let part = token.split('.').nth(place)?.trim_end_matches('=');
    URL_SAFE_NO_PAD.decode(part).ok()
}
