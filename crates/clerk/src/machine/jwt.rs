//! What the claims of a machine's JWT mean.

use serde_json::{Map, Value};

use super::MachineToken;
use crate::models::{M2mToken, OAuthAccessToken, OAuthActor};

/// The claims of every JWT; the others of an M2M token are the application's own.
const RESERVED: [&str; 6] = ["iss", "sub", "exp", "nbf", "iat", "jti"];

impl MachineToken {
    /// The token that verified claims stand for, as Clerk would give it (Clerk:
    /// `M2MToken.fromJwtPayload`).
    pub(crate) fn from_m2m_claims(mut claims: Map<String, Value>) -> Self {
        let scopes = claims.get("scopes").and_then(Value::as_str);
        let mut token = M2mToken {
            id: text(&claims, "jti"),
            subject: text(&claims, "sub"),
            scopes: match scopes {
                Some(scopes) => words(scopes),
                None => one_or_several(claims.get("aud")).unwrap_or_default(),
            },
            expiration: milliseconds(&claims, "exp"),
            created_at: milliseconds(&claims, "iat").unwrap_or_default(),
            updated_at: milliseconds(&claims, "iat").unwrap_or_default(),
            ..M2mToken::default()
        };
        claims.retain(|name, _| !RESERVED.contains(&name.as_str()));
        token.claims = (!claims.is_empty()).then_some(Value::Object(claims));
        Self::M2m(token)
    }

    /// The same for OAuth (Clerk: `IdPOAuthAccessToken.fromJwtPayload`).
    pub(crate) fn from_oauth_claims(claims: &Map<String, Value>) -> Self {
        let scopes = claims.get("scope").and_then(Value::as_str);
        Self::OAuth(OAuthAccessToken {
            id: text(claims, "jti"),
            client_id: text(claims, "client_id"),
            kind: "oauth_token".to_owned(),
            subject: text(claims, "sub"),
            scopes: claims
                .get("scp")
                .and_then(|scp| one_or_several(Some(scp)))
                .or_else(|| scopes.map(words))
                .unwrap_or_default(),
            expiration: milliseconds(claims, "exp"),
            created_at: milliseconds(claims, "iat").unwrap_or_default(),
            updated_at: milliseconds(claims, "iat").unwrap_or_default(),
            aud: one_or_several(claims.get("aud")),
            act: claims.get("act").and_then(|act| actor(act, 1)),
            ..OAuthAccessToken::default()
        })
    }
}

fn text(claims: &Map<String, Value>, name: &str) -> String {
    let value = claims.get(name).and_then(Value::as_str);
    value.unwrap_or_default().to_owned()
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn one_or_several(value: Option<&Value>) -> Option<Vec<String>> {
    match value? {
        Value::String(one) => Some(vec![one.clone()]),
        Value::Array(several) => {
            let names = several.iter().filter_map(Value::as_str);
            Some(names.map(str::to_owned).collect())
        }
        _ => None,
    }
}

/// A time of seconds in milliseconds.
fn milliseconds(claims: &Map<String, Value>, name: &str) -> Option<i64> {
    let seconds = claims.get(name)?.as_f64()?;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "`as` cuts off and saturates"
    )]
    let milliseconds = (seconds * 1_000.0) as i64;
    Some(milliseconds)
}

/// Who acts, with at most `behind` actors behind it.
fn actor(value: &Value, behind: u8) -> Option<OAuthActor> {
    let text = |name| value.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(OAuthActor {
        iss: text("iss"),
        sub: text("sub")?,
        act: match behind.checked_sub(1) {
            Some(behind) => value
                .get("act")
                .and_then(|act| actor(act, behind))
                .map(Box::new),
            None => None,
        },
    })
}
