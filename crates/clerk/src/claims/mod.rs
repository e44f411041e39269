//! What a session token says: versions 1 and 2 in one shape.

mod audience;
mod factor_age;
mod permissions;
mod raw;

use std::borrow::Cow;

use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    ids::{SessionId, UserId},
    session::ActiveOrganization,
};

pub(crate) use audience::Audience;
pub use factor_age::FactorAge;
pub(crate) use raw::RawClaims;

/// The claims of a session token (Clerk: session tokens, versions 1 and 2). Times are unix
/// **seconds**, as in the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionClaims {
    /// `sub`: who is signed in.
    pub user_id: UserId,
    /// `sid`. Every token that Clerk makes for a browser has one.
    pub session_id: Option<SessionId>,
    /// `iss`: `https://` and the instance's frontend API host.
    pub issuer: String,
    /// `azp`: the origin of the page that asked for the token.
    pub authorized_party: Option<String>,
    /// `iat`: when the token was made; zero if it does not say.
    pub issued_at: i64,
    /// `nbf`: from when on it holds; zero if it does not say.
    pub not_before: i64,
    /// `exp`: from when on it no longer holds.
    pub expires_at: i64,
    /// `jti`: the token's own identifier.
    pub token_id: Option<String>,
    /// `fva`: how long ago the person proved who they are.
    pub factor_age: Option<FactorAge>,
    /// `sts`: whether the session still has something to finish.
    pub status: SessionStatus,
    /// `act`: who is really there when somebody impersonates the user.
    pub actor: Option<Actor>,
    /// `pla`: plans with their scope, such as `u:free` or `o:pro`.
    pub plans: Vec<String>,
    /// `fea`: features with their scope, such as `o:dashboard` or `uo:teams`.
    pub features: Vec<String>,
    /// `o` or `org_*`: the organization the person is working in.
    pub organization: Option<ActiveOrganization>,
    payload: Box<str>,
}

impl SessionClaims {
    /// Reads the claims you added to your session token in Clerk's dashboard. The whole
    /// payload is offered, so `T` should name only what it wants.
    ///
    /// # Errors
    /// The payload does not have the shape of `T`.
    pub fn custom<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.payload)
    }
}

/// Whether a session may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SessionStatus {
    /// Signed in. Tokens from before `sts` count as active.
    #[default]
    Active,
    /// Tasks are left to do, such as to choose an organization. Signed out, unless the
    /// application asks otherwise.
    Pending,
}

/// Who acts in the user's name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Actor {
    /// The impersonator: a user, or what Clerk calls an agent.
    pub sub: String,
    /// The issuer of the impersonator's own session.
    #[serde(default)]
    pub iss: Option<String>,
    /// The impersonator's own session.
    #[serde(default)]
    pub sid: Option<String>,
    /// `agent` where software acts; absent for people.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
}

/// A role or permission with exactly one `org:` in front.
pub(crate) fn with_org_prefix<'a>(key: impl Into<Cow<'a, str>>) -> Cow<'a, str> {
    const PREFIX: &str = "org:";
    let key = key.into();
    let bare = key.trim_start_matches(PREFIX);
    if key.len() == bare.len() + PREFIX.len() {
        key
    } else {
        Cow::Owned(format!("{PREFIX}{bare}"))
    }
}
