//! When a session's person last showed who they are (Clerk: factor verification age, `fva`).

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{Session, load};
use crate::{error::Result, state::State};

/// Which factors were shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ShownFactors {
    /// The first one.
    pub first: bool,
    /// The second one.
    pub second: bool,
}

impl State {
    /// Notes which factors the session's person has just shown.
    ///
    /// # Errors
    /// 404 for a session that does not exist.
    pub async fn note_factors(&self, session_id: &str, shown: ShownFactors) -> Result<Session> {
        let write = self.write().await?;
        let mut row = load(&write, session_id).await?.into_active_model();
        if shown.first {
            row.first_factor_at = Set(write.now);
        }
        if shown.second {
            row.second_factor_at = Set(Some(write.now));
        }
        row.updated_at = Set(write.now);
        let session = row.update(write.db()).await?;
        write.commit().await?;
        Ok(session)
    }
}
