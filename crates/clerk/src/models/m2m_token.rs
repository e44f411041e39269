use serde::{Deserialize, Serialize};

use super::{Secret, null_is_default, time, time_if_any};

/// A token by which one machine calls another (Clerk: `machine_to_machine_token`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct M2mToken {
    /// Its identifier: `mt_…`.
    pub id: String,
    /// The machine that calls: `mch_…`.
    #[serde(deserialize_with = "null_is_default")]
    pub subject: String,
    /// The machines that may be called: `mch_…`.
    #[serde(deserialize_with = "null_is_default")]
    pub scopes: Vec<String>,
    /// Claims of the application's own; an object if there are any.
    pub claims: Option<serde_json::Value>,
    /// The token itself; only in the answer that makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<Secret>,
    /// Whether it was taken back.
    #[serde(deserialize_with = "null_is_default")]
    pub revoked: bool,
    /// Why it was taken back.
    pub revocation_reason: Option<String>,
    /// Whether its time is over.
    #[serde(deserialize_with = "null_is_default")]
    pub expired: bool,
    /// When its time is over, in unix milliseconds; never if there is none.
    #[serde(deserialize_with = "time_if_any")]
    pub expiration: Option<i64>,
    /// When it was last verified, in unix milliseconds.
    #[serde(deserialize_with = "time_if_any")]
    pub last_used_at: Option<i64>,
    /// When it was made, in unix milliseconds.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed, in unix milliseconds.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_with_nulls_fractions_and_unknown_members() {
        let token: M2mToken = serde_json::from_value(serde_json::json!({
            "object": "machine_to_machine_token", "id": "mt_1", "subject": "mch_1",
            "scopes": null, "claims": { "a": 1 }, "token": "mt_secret", "expiration": 1.5e12,
            "last_used_at": null, "created_at": 7, "future": [],
        }))
        .unwrap();
        assert_eq!(
            (token.id.as_str(), token.subject.as_str()),
            ("mt_1", "mch_1")
        );
        assert!(token.scopes.is_empty() && !token.revoked);
        assert_eq!(token.expiration, Some(1_500_000_000_000));
        assert_eq!((token.created_at, token.last_used_at), (7, None));
        assert!(!format!("{token:?}").contains("mt_secret"));
    }
}
