//! What is said about a refused token, for developers: the texts of Clerk's SDK, which name
//! what the token holds. Its unverified parts are read again for that, only here.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

use super::{AuthenticateOptions, recover::Carrier};
use crate::verify::TokenError;

/// The text about a session token, as in `x-clerk-auth-message`.
pub(super) fn about_session(
    error: &TokenError,
    token: &str,
    options: &AuthenticateOptions,
    carrier: Carrier,
) -> String {
    let mut message = about(error, token, options);
    if let Some(advice) = advice(error) {
        message = format!("{message} {advice}");
    }
    let carrier = match carrier {
        Carrier::Header => "header",
        Carrier::Cookie => "cookie",
    };
    let reason = error.reason();
    format!("{message} (reason={reason}, token-carrier={carrier})")
}

/// What is wrong with a token.
pub(super) fn about(error: &TokenError, token: &str, options: &AuthenticateOptions) -> String {
    let in_header = |name| Shown(member(token, 0, name));
    let claim = |name| Shown(member(token, 1, name));
    match error {
        TokenError::Malformed(_) if token.split('.').count() == 3 => {
            "Invalid JWT form. The header, payload, or signature could not be decoded.".to_owned()
        }
        TokenError::Malformed(_) => {
            "Invalid JWT form. A JWT consists of three parts separated by dots.".to_owned()
        }
        TokenError::Category => "Invalid session token category.".to_owned(),
        TokenError::HeaderType => {
            format!("Invalid JWT type {}. Expected \"JWT\".", in_header("typ"))
        }
        TokenError::Algorithm => format!(
            "Invalid JWT algorithm {}. Supported: RS256,RS384,RS512.",
            in_header("alg")
        ),
        TokenError::Claim("sub") => format!(
            "Subject claim (sub) is required and must be a string. Received {}.",
            claim("sub")
        ),
        TokenError::Claim(name) => {
            let what = match *name {
                "exp" => "expiry date",
                "nbf" => "not before date",
                _ => "issued at date",
            };
            let value = claim(name);
            format!("Invalid JWT {what} claim ({name}) {value}. Expected number.")
        }
        TokenError::Audience => {
            let aud = claim("aud");
            let list = if matches!(aud.0, Some(Value::Array(_))) {
                " array"
            } else {
                ""
            };
            let expected: Vec<&String> =
                options.audience.iter().filter(|e| !e.is_empty()).collect();
            let expected = Value::from_iter(expected.into_iter().cloned());
            format!(
                "Invalid JWT audience claim{list} (aud) {aud}. Is not included in \"{expected}\"."
            )
        }
        TokenError::AuthorizedParty => format!(
            "Invalid JWT Authorized party claim (azp) {}. Expected \"{}\".",
            claim("azp"),
            options.authorized_parties.join(",")
        ),
        TokenError::UnknownKey => {
            let kid = match member(token, 0, "kid") {
                Some(Value::String(kid)) => kid,
                other => Shown(other).to_string(),
            };
            format!(
                "Unable to find a signing key in JWKS that matches the kid='{kid}' of the provided \
                 session token. Please make sure that the __session cookie or the HTTP \
                 authorization header contain a Clerk-generated session JWT."
            )
        }
        other => other.to_string(),
    }
}

/// What may help.
fn advice(error: &TokenError) -> Option<&'static str> {
    match error {
        TokenError::Category
        | TokenError::HeaderType
        | TokenError::Algorithm
        | TokenError::KeyAlgorithm
        | TokenError::Claim(_)
        | TokenError::Audience => Some("Make sure that this is a valid Clerk-generated JWT."),
        TokenError::UnknownKey => Some(
            "Go to your Dashboard and validate your secret and public keys are correct. Contact \
             support@clerk.com if the issue persists.",
        ),
        TokenError::KeysUnavailable | TokenError::SecretKeyInvalid => {
            Some("Contact support@clerk.com")
        }
        _ => None,
    }
}

/// A value as JavaScript's `JSON.stringify` writes it.
struct Shown(Option<Value>);

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            None => f.write_str("undefined"),
            Some(value) => write!(f, "{value}"),
        }
    }
}

/// A member of the header (0) or the payload (1) of a token.
fn member(token: &str, part: usize, name: &str) -> Option<Value> {
    let decoded = URL_SAFE_NO_PAD.decode(token.split('.').nth(part)?).ok()?;
    let mut object: Value = serde_json::from_slice(&decoded).ok()?;
    Some(object.get_mut(name)?.take())
}
