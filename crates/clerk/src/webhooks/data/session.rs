use serde::{Deserialize, Serialize};

use crate::models::{ApiSession, User};

/// A session, and whose it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionOfUser {
    /// The session.
    #[serde(flatten)]
    pub session: ApiSession,
    /// The user, where Clerk tells.
    #[serde(default)]
    pub user: Option<User>,
}
