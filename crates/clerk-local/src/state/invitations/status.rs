//! How invitations stand.

use sea_orm::{DeriveActiveEnum, EnumIter};

/// Clerk's states of invitations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum InvitationStatus {
    /// Can be accepted.
    #[sea_orm(string_value = "pending")]
    Pending,
    /// Was accepted.
    #[sea_orm(string_value = "accepted")]
    Accepted,
    /// Was taken back.
    #[sea_orm(string_value = "revoked")]
    Revoked,
    /// Nobody accepted it in time. Never written: it follows from the time.
    #[sea_orm(string_value = "expired")]
    Expired,
}

impl InvitationStatus {
    /// Its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
        }
    }

    /// The state of this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Pending, Self::Accepted, Self::Revoked, Self::Expired]
            .into_iter()
            .find(|status| status.as_str() == name)
    }
}
