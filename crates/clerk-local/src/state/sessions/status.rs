//! How sessions live and end.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// Clerk's session states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum SessionStatus {
    /// Alive.
    #[sea_orm(string_value = "active")]
    Active,
    /// Ended by the backend or by the person from elsewhere.
    #[sea_orm(string_value = "revoked")]
    Revoked,
    /// Ended by signing out of it.
    #[sea_orm(string_value = "ended")]
    Ended,
    /// Its life was over.
    #[sea_orm(string_value = "expired")]
    Expired,
    /// Taken away from its browser.
    #[sea_orm(string_value = "removed")]
    Removed,
    /// Another session took its place in the browser.
    #[sea_orm(string_value = "replaced")]
    Replaced,
}

impl SessionStatus {
    /// Its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Revoked => "revoked",
            Self::Ended => "ended",
            Self::Expired => "expired",
            Self::Removed => "removed",
            Self::Replaced => "replaced",
        }
    }
}

/// How a session is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionEnd {
    /// `session.ended`.
    Ended,
    /// `session.removed`.
    Removed,
    /// `session.revoked`.
    Revoked,
}

impl SessionEnd {
    pub(super) fn status(self) -> SessionStatus {
        match self {
            Self::Ended => SessionStatus::Ended,
            Self::Removed => SessionStatus::Removed,
            Self::Revoked => SessionStatus::Revoked,
        }
    }

    pub(super) fn event(self) -> &'static str {
        match self {
            Self::Ended => "session.ended",
            Self::Removed => "session.removed",
            Self::Revoked => "session.revoked",
        }
    }
}
