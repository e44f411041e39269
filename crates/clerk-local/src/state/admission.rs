//! Who may have a session.

use super::{State, User, users};
use crate::error::Result;

impl State {
    /// Refuses somebody who may not sign in now. Every way to a session goes by here: before an answer
    /// is looked at, and again where the session is made.
    ///
    /// # Errors
    /// 403 `user_banned`; 403 `user_locked` with `lockout_expires_in_seconds`.
    pub fn admit(&self, user: &User) -> Result<()> {
        users::refuse_banned(user)?;
        self.refuse_locked(user)
    }
}
