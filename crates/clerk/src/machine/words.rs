//! Clerk's words for a machine's JWT that is refused, with what the token has.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use super::MachineTokenError;
use crate::{token::DecodedToken, verify::TokenError};

impl MachineTokenError {
    /// The error for a JWT that breaks a rule.
    pub(crate) fn jwt(
        error: TokenError,
        token: &DecodedToken<'_>,
        claims: &Map<String, Value>,
        audience: &[String],
    ) -> Self {
        let claim = |name| json(claims.get(name));
        let text = match &error {
            TokenError::HeaderType => {
                format!(
                    r#"Invalid JWT type {}. Expected "JWT"."#,
                    of_header(token, "typ")
                )
            }
            TokenError::Algorithm => format!(
                "Invalid JWT algorithm {}. Supported: RS256,RS384,RS512.",
                of_header(token, "alg")
            ),
            TokenError::UnknownKey => format!(
                "Unable to find a signing key in JWKS that matches the kid='{}' of the provided \
                 session token. Please make sure that the __session cookie or the HTTP \
                 authorization header contain a Clerk-generated session JWT.",
                token.kid.as_deref().unwrap_or("undefined")
            ),
            TokenError::Claim("sub") => format!(
                "Subject claim (sub) is required and must be a string. Received {}.",
                claim("sub")
            ),
            TokenError::Claim(name) => {
                let date = match *name {
                    "exp" => "expiry",
                    "nbf" => "not before",
                    _ => "issued at",
                };
                let value = claim(name);
                format!("Invalid JWT {date} date claim ({name}) {value}. Expected number.")
            }
            TokenError::Audience => format!(
                r#"Invalid JWT audience claim{} (aud) {}. Is not included in "{}"."#,
                match claims.get("aud") {
                    Some(Value::Array(_)) => " array",
                    _ => "",
                },
                claim("aud"),
                Value::from(audience)
            ),
            other => other.to_string(),
        };
        Self::Jwt { error, text }
    }
}

/// A value as JavaScript writes it into a text.
pub(super) fn json(value: Option<&Value>) -> String {
    value.map_or_else(|| "undefined".to_owned(), Value::to_string)
}

fn of_header(token: &DecodedToken<'_>, name: &str) -> String {
    let end = token.signed.iter().position(|byte| *byte == b'.');
    let header = end.and_then(|end| URL_SAFE_NO_PAD.decode(&token.signed[..end]).ok());
    let header: Option<Value> = header.and_then(|json| serde_json::from_slice(&json).ok());
    json(header.as_ref().and_then(|header| header.get(name)))
}
