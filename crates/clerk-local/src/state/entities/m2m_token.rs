//! Opaque tokens between machines.

use sea_orm::entity::prelude::*;

use crate::state::Scopes;

/// One token's row.
#[derive(Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "m2m_token")]
pub struct Model {
    /// `mt_` and 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The machine that calls with it.
    pub machine_id: String,
    /// `mt_…`: the token itself.
    pub token: String,
    /// The machines that may be called with it.
    #[sea_orm(column_type = "Json")]
    pub scopes: Scopes,
    /// The application's own claims.
    #[sea_orm(column_type = "Json", nullable)]
    pub claims: Option<Json>,
    /// Whether it was taken back.
    pub revoked: bool,
    /// Why it was taken back.
    pub revocation_reason: Option<String>,
    /// Unix milliseconds.
    pub expires_at: i64,
    /// When it was last verified.
    pub last_used_at: Option<i64>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

impl std::fmt::Debug for Model {
    /// Without the token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("M2mToken")
            .field("id", &self.id)
            .field("machine_id", &self.machine_id)
            .finish_non_exhaustive()
    }
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
