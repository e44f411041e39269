//! Attempts of a signed-in person to show again who they are, one for a session.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, EntityTrait, FromJsonQueryResult, sea_query::OnConflict,
};
use serde::{Deserialize, Serialize};

use super::{State, Verification, entities::reverification as entity};
use crate::error::Result;

/// How long an attempt may take.
const LIFE_MS: i64 = 10 * 60 * 1000;

/// One attempt.
pub type Reverification = entity::Model;

/// Everything an attempt has learnt.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct ReverificationDetail {
    /// Which factors are asked for.
    pub level: ReverificationLevel,
    /// Where it stands.
    pub status: ReverificationStatus,
    /// The first factor being shown.
    pub first_factor: Option<Verification>,
    /// The second factor being shown.
    pub second_factor: Option<Verification>,
    /// How many codes were mailed.
    pub codes_sent: u32,
}

/// Which factors are asked for (Clerk: reverification level).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReverificationLevel {
    /// The first one.
    FirstFactor,
    /// The second one; the first one of people who have no second one.
    #[default]
    SecondFactor,
    /// Both; the first one of people who have no second one.
    MultiFactor,
}

/// Where an attempt stands (Clerk: `SessionVerification.status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReverificationStatus {
    /// The first factor is next.
    #[default]
    NeedsFirstFactor,
    /// The second factor is next.
    NeedsSecondFactor,
    /// Everything asked for was shown.
    Complete,
}

impl State {
    /// The session's attempt, if there is one and it is not too old.
    pub async fn reverification(&self, session_id: &str) -> Result<Option<Reverification>> {
        let found = entity::Entity::find_by_id(session_id)
            .one(self.db())
            .await?;
        Ok(found.filter(|attempt| attempt.expire_at > self.now_ms()))
    }

    /// Begins an attempt; a former one of the session is forgotten.
    pub async fn create_reverification(
        &self,
        session_id: &str,
        detail: ReverificationDetail,
    ) -> Result<Reverification> {
        let write = self.write().await?;
        let attempt = Reverification {
            session_id: session_id.to_owned(),
            detail,
            expire_at: write.now + LIFE_MS,
        };
        let replace = OnConflict::column(entity::Column::SessionId)
            .update_columns([entity::Column::Detail, entity::Column::ExpireAt])
            .to_owned();
        entity::Entity::insert(entity::ActiveModel::from(attempt.clone()))
            .on_conflict(replace)
            .exec_without_returning(write.db())
            .await?;
        write.commit().await?;
        Ok(attempt)
    }

    /// Writes what an attempt has learnt.
    pub async fn save_reverification(&self, attempt: &Reverification) -> Result<()> {
        let write = self.write().await?;
        let mut row = entity::ActiveModel::from(attempt.clone());
        row.session_id = sea_orm::ActiveValue::Unchanged(attempt.session_id.clone());
        row.detail = Set(attempt.detail.clone());
        row.update(write.db()).await?;
        write.commit().await
    }
}
