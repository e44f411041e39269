//! Tokens that open something for a short while.

use serde::{Deserialize, Serialize};

use super::{Secret, null_is_default, time};

/// A token that signs a user in without asking (Clerk: `sign_in_token`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInToken {
    /// Its identifier: `sit_…`.
    pub id: String,
    /// Whom it signs in.
    #[serde(default, deserialize_with = "null_is_default")]
    pub user_id: String,
    /// The token itself: the `__clerk_ticket` of a sign-in.
    pub token: Secret,
    /// `pending`, `accepted` or `revoked`.
    #[serde(default, deserialize_with = "null_is_default")]
    pub status: String,
    /// Where it is redeemed. It holds the token.
    #[serde(default)]
    pub url: Option<Secret>,
    /// When it was made.
    #[serde(default, deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(default, deserialize_with = "time")]
    pub updated_at: i64,
}

/// A token that lets somebody act as a user (Clerk: `actor_token`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorToken {
    /// Its identifier: `act_…`.
    pub id: String,
    /// `pending`, `accepted` or `revoked`.
    #[serde(default, deserialize_with = "null_is_default")]
    pub status: String,
    /// As whom it lets act.
    #[serde(default, deserialize_with = "null_is_default")]
    pub user_id: String,
    /// Who acts; an object with `sub`.
    #[serde(default)]
    pub actor: Option<serde_json::Value>,
    /// The token itself; not after it was revoked.
    #[serde(default)]
    pub token: Option<Secret>,
    /// Where it is redeemed. It holds the token.
    #[serde(default)]
    pub url: Option<Secret>,
    /// When it was made.
    #[serde(default, deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(default, deserialize_with = "time")]
    pub updated_at: i64,
}

/// A token that takes tests past the check for robots (Clerk: `testing_token`): the
/// `__clerk_testing_token` of calls to the frontend API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestingToken {
    /// The token itself.
    pub token: Secret,
    /// When its time is over, in unix seconds.
    #[serde(default, deserialize_with = "time")]
    pub expires_at: i64,
}
