//! Single functions beside Clerk's: token verification, publishable keys, permissions, and
//! the signatures of webhooks.

use std::sync::Arc;

use clerk::{
    clock::ManualClock,
    keys::{InstanceKind, PublishableKey},
    test_util::{TestInstance, session_with_claims},
    verify::{KeySource, TokenError, TokenVerifier, VerifierOptions},
    webhooks::{self, WebhookSecret},
};
use fastrand::Rng;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    case::{Case, Options, Request},
    deviations,
    generate::{self, Mint, pick},
    oracle::Oracle,
    requests::{SEED, number, runtime},
};

const NOW: i64 = 1_700_000_000;

fn rng() -> Rng {
    Rng::with_seed(number("CLERK_DIFFERENTIAL_SEED").unwrap_or(SEED))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Verified {
    subject: Option<String>,
    reason: String,
}

#[test]
fn tokens_are_accepted_and_refused_alike() {
    let mut rng = rng();
    let mut mint = Mint::default();
    let instance = TestInstance::new(InstanceKind::Production, "clerk.example.com");
    let forger = TestInstance::foreign(InstanceKind::Production, "clerk.example.com");
    let party = "http://localhost:3000";
    let verifier = |authorized_parties: Vec<String>| {
        TokenVerifier::new(VerifierOptions {
            publishable_key: instance.publishable_key().clone(),
            keys: KeySource::Fixed(Arc::new(instance.public_key())),
            other_issuers: Vec::new(),
            accept_missing_issuer: true,
            authorized_parties,
            audience: vec!["api".to_owned()],
            clock_skew_ms: 5_000,
            cached_sessions: 0,
            cached_machine_jwts: 0,
            clock: ManualClock::at(NOW * 1_000).shared(),
        })
    };
    let verifiers = [verifier(Vec::new()), verifier(vec![party.to_owned()])];
    let questions: Vec<Value> = (0..1_500)
        .map(|_| {
            let age = pick(&mut rng, &[0, 30, 59, 64, 65, 66, -5, -6]);
            let mut claims = generate::claims(&mut rng, &instance, NOW - age);
            let mut header = generate::header();
            match rng.u8(..4) {
                0 => generate::spoil(&mut rng, &mut claims, NOW),
                1 => header = generate::odd_header(&mut rng),
                _ => {}
            }
            let token = match rng.u8(..10) {
                0 => forger.mint_with_header(&header, &claims),
                1 => generate::garbage(&mut rng),
                _ => mint.sign(&instance, &header, &claims),
            };
            let token = match rng.u8(..4) {
                0 => generate::tamper(&mut rng, &token),
                _ => token,
            };
            let parties = if rng.bool() { vec![party] } else { Vec::new() };
            let key = instance.public_key_pem();
            json!({ "nowMs": NOW * 1_000, "token": token, "options": {
                "jwtKey": key, "audience": ["api"], "authorizedParties": parties,
            } })
        })
        .collect();
    let (mut accepted, mut refused) = (0, 0);
    let runtime = runtime();
    Oracle::start().ask_all("verify", questions.iter(), |question, theirs: Verified| {
        let token = question["token"].as_str().unwrap();
        let strict = question["options"]["authorizedParties"][0].is_string();
        let ours = runtime.block_on(verifiers[usize::from(strict)].verify(token));
        match (ours, theirs.subject) {
            (Ok(session), Some(subject)) => {
                accepted += 1;
                assert_eq!(session.user_id().as_str(), subject);
            }
            _ if is_deviation(question) => {}
            // Clerk's `verifyToken` leaves it to the rules for requests.
            (Err(TokenError::Category), _) => {}
            (Err(error), None) => {
                refused += 1;
                assert_eq!(error.reason(), theirs.reason, "{}", question);
            }
            (ours, theirs) => panic!("{ours:?}, {theirs:?}: {}", question),
        }
    });
    assert!(
        accepted > 100 && refused > 100,
        "{accepted} accepted, {refused} refused"
    );
}

/// Whether the question's token is one that the crate judges otherwise on purpose.
fn is_deviation(question: &Value) -> bool {
    let token = question["token"].as_str().unwrap().to_owned();
    let key = PublishableKey::for_host(InstanceKind::Production, "clerk.example.com").unwrap();
    let case = Case {
        request: Request {
            headers: vec![("authorization".to_owned(), token)],
            ..Request::default()
        },
        options: Options {
            publishable_key: key.to_string(),
            jwt_key: Some(String::new()),
            ..Options::default()
        },
        ..Case::default()
    };
    deviations::explain(&case).is_some()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Key {
    instance_type: String,
    frontend_api: String,
    suffix: String,
}

#[test]
fn publishable_keys_are_read_alike() {
    let mut rng = rng();
    let questions: Vec<Value> = (0..1_000)
        .map(|_| {
            let host = pick(
                &mut rng,
                &[
                    "clerk.example.com",
                    "a.b",
                    "happy-hippo-1.clerk.accounts.dev",
                    "localhost",
                    "127.0.0.1:7801",
                    "clerk.example.com$",
                    "a.b$c",
                    "",
                    ".",
                    "x.y.z.example.co.uk",
                ],
            );
            let prefix = pick(
                &mut rng,
                &[
                    "pk_test_", "pk_test_", "pk_test_", "pk_live_", "pk_live_", "pk_live_",
                    "pk_prod_", "sk_test_", "test_", "PK_TEST_", "pk_test", "",
                ],
            );
            let ending = pick(&mut rng, &["$", "$", "$", "$", "", "$$", "$\n"]);
            let mut encoded = base64(format!("{host}{ending}").as_bytes());
            match rng.u8(..12) {
                0 => encoded = encoded.trim_end_matches('=').to_owned(),
                1 => encoded.push('='),
                2 => encoded.push('_'),
                3 => encoded.push_str("_x"),
                4 if !encoded.is_empty() => encoded.truncate(encoded.len() - 1),
                5 => encoded = format!("{encoded}!"),
                _ => {}
            }
            json!({ "key": format!("{prefix}{encoded}") })
        })
        .collect();
    let mut read = 0;
    Oracle::start().ask_all(
        "publishableKey",
        questions.iter(),
        |question, theirs: Option<Key>| {
            let text = question["key"].as_str().unwrap();
            match (PublishableKey::parse(text), theirs) {
                (Ok(key), Some(theirs)) => {
                    read += 1;
                    let kind = match key.instance_kind() {
                        InstanceKind::Development => "development",
                        InstanceKind::Production => "production",
                    };
                    assert_eq!(kind, theirs.instance_type, "{text}");
                    assert_eq!(key.frontend_api(), theirs.frontend_api, "{text}");
                    assert_eq!(key.cookie_suffix(), theirs.suffix, "{text}");
                }
                (Err(_), None) => {}
                // Clerk's rule is a dot somewhere; the crate wants a host to be there.
                (Err(_), Some(theirs)) if theirs.frontend_api == "." => {}
                (ours, theirs) => panic!("{text}: {ours:?}, theirs readable: {}", theirs.is_some()),
            }
        },
    );
    assert!(read > 80, "{read} keys were read");
}

#[test]
fn permissions_are_unpacked_alike() {
    let mut rng = rng();
    let mut list = |from: &[&str], longest: usize| -> String {
        let length = rng.usize(..=longest);
        let picked: Vec<&str> = (0..length).map(|_| from[rng.usize(..from.len())]).collect();
        picked.join(",")
    };
    let many: Vec<String> = (0..70).map(|n| format!("p{n}")).collect();
    let questions: Vec<Value> = (0..1_000)
        .map(|number| {
            let features = list(
                &[
                    "o:a", "u:b", "uo:c", "ou:d", " o:e ", "oo:f", "x:g", "o:h:i", "o:",
                ],
                6,
            );
            let permissions = match number % 10 {
                0 => many.join(","),
                _ => list(&["read", "manage", " update ", "", "a:b"], 5),
            };
            let masks = list(
                &[
                    "0",
                    "1",
                    "2",
                    "3",
                    "7",
                    "31",
                    " 5 ",
                    "",
                    "x",
                    "-1",
                    "0x1",
                    "1.5",
                    "007",
                    "590295810358705651711",
                    "18446744073709551617",
                ],
                6,
            );
            json!({ "claims": {
                "v": 2, "sub": "user_1", "sid": "sess_1", "exp": NOW + 60, "fea": features,
                "o": { "id": "org_1", "rol": "admin", "per": permissions, "fpm": masks },
            } })
        })
        .collect();
    let mut granted = 0;
    Oracle::start().ask_all(
        "permissions",
        questions.iter(),
        |question, theirs: Option<Vec<String>>| {
            let claims = &question["claims"];
            let Some(theirs) = theirs else { return };
            let session = session_with_claims(claims);
            assert_eq!(
                session.organization().unwrap().permissions,
                theirs,
                "{claims}"
            );
            granted += theirs.len();
        },
    );
    assert!(granted > 1_000, "{granted} permissions were granted");
}

#[derive(Deserialize)]
struct Webhook {
    accepted: bool,
}

#[test]
fn webhooks_are_accepted_and_refused_alike() {
    let mut rng = rng();
    let secret = WebhookSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let other = WebhookSecret::from_bytes(b"another secret").unwrap();
    let event = json!({ "type": "user.deleted", "object": "event", "timestamp": 5,
        "instance_id": "ins_1", "data": { "id": "user_1", "object": "user", "deleted": true } });
    let event = event.to_string();
    let questions: Vec<Value> = (0..800)
        .map(|_| {
            let at = NOW
                + pick(
                    &mut rng,
                    &[0, 0, 0, -299, -300, -301, 299, 300, 301, -90_000],
                );
            let body = match rng.u8(..8) {
                0 => "not json".to_owned(),
                1 => format!(" {event}\n"),
                2 => event.replace("user_1", "\u{fc}\u{1f600}"),
                _ => event.clone(),
            };
            let mut signed_body = body.clone();
            if rng.u8(..8) == 0 {
                signed_body.push(' ');
            }
            let by = if rng.u8(..8) == 0 { &other } else { &secret };
            let good = webhooks::sign(by, "msg_1", at, signed_body.as_bytes());
            let tag = &good[3..];
            let signature = match rng.u8(..14) {
                0 => format!("v1,AAAA {good}"),
                1 => format!("{good} v1,AAAA"),
                2 => format!("v1a,{tag} v2,{tag} {good}"),
                3 => format!("v2,{tag}"),
                4 => tag.to_owned(),
                5 => good.trim_end_matches('=').to_owned(),
                6 => format!("v1,{}", tag.to_lowercase()),
                7 => format!("V1,{tag}"),
                8 => format!("{good}  "),
                9 => "v1,".to_owned(),
                _ => good,
            };
            let mut headers = vec![
                [
                    "svix-id",
                    pick(&mut rng, &["msg_1", "msg_1", "msg_1", "msg_2"]),
                ]
                .map(str::to_owned),
                ["svix-timestamp".to_owned(), at.to_string()],
                ["svix-signature".to_owned(), signature.trim().to_owned()],
            ];
            match rng.u8(..12) {
                0 => drop(headers.remove(rng.usize(..3))),
                1 => headers[rng.usize(..3)][1] = String::new(),
                2 => headers[1][1] = "soon".to_owned(),
                _ => {}
            }
            json!({ "nowMs": NOW * 1_000, "secret": secret.expose(), "headers": headers,
                "body": body })
        })
        .collect();
    let (mut accepted, mut refused) = (0, 0);
    Oracle::start().ask_all("webhook", questions.iter(), |question, theirs: Webhook| {
        let mut headers = HeaderMap::new();
        for header in question["headers"].as_array().unwrap() {
            let text = |place: usize| header[place].as_str().unwrap();
            let name = HeaderName::try_from(text(0)).unwrap();
            headers.insert(name, HeaderValue::try_from(text(1)).unwrap());
        }
        let body = question["body"].as_str().unwrap().as_bytes();
        let ours = webhooks::verify(&secret, &headers, body, NOW * 1_000);
        assert_eq!(ours.is_ok(), theirs.accepted, "{ours:?}: {question}");
        *(if theirs.accepted {
            &mut accepted
        } else {
            &mut refused
        }) += 1;
    });
    assert!(
        accepted > 100 && refused > 100,
        "{accepted} accepted, {refused} refused"
    );
}

fn base64(bytes: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.encode(bytes)
}
