//! Authenticator apps.

use sea_orm::entity::prelude::*;

/// One person's authenticator app.
#[derive(Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "totp")]
pub struct Model {
    /// `totp_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Whose app; a person has one.
    pub user_id: String,
    /// The secret shared with the app.
    pub secret: Vec<u8>,
    /// Whether the person has shown a code of it.
    pub verified: bool,
    /// The newest time step a code was accepted for: none is accepted twice.
    pub last_step: i64,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

// Without the secret, so that no log can hold it.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Totp")
            .field("id", &self.id)
            .field("verified", &self.verified)
            .finish_non_exhaustive()
    }
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
