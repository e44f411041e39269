//! Ending a person's sessions in other browsers.

use sea_orm::ColumnTrait;

use super::{Session, SessionEnd, SessionStatus, end, entity, live_of};
use crate::{
    error::{LocalError, Result},
    state::{State, Write},
};

impl State {
    /// Ends a live session of this person, whichever browser it is in; emits `session.revoked`.
    ///
    /// # Errors
    /// `resource_not_found` for a session that is unknown, over or another person's: all alike.
    pub async fn revoke_session_of(&self, user_id: &str, id: &str) -> Result<Session> {
        let mut write = self.write().await?;
        let session = super::load(&write, id).await?;
        if session.user_id != user_id || !session.is_active(write.now) {
            return Err(LocalError::not_found());
        }
        let how = SessionEnd::Revoked;
        let session = end(&mut write, session, how.status(), how.event()).await?;
        write.commit().await?;
        tracing::info!(session_id = %session.id, "session revoked");
        Ok(session)
    }
}

/// Revokes every live session of a person but the one to keep.
pub(in crate::state) async fn revoke_others(
    write: &mut Write,
    user_id: &str,
    keep: Option<&str>,
) -> Result<()> {
    for session in live_of(write, entity::Column::UserId.eq(user_id)).await? {
        if Some(session.id.as_str()) != keep {
            let event = SessionEnd::Revoked.event();
            end(write, session, SessionStatus::Revoked, event).await?;
        }
    }
    Ok(())
}
