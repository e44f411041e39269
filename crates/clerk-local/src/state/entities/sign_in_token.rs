//! Sign-in tokens.

use sea_orm::entity::prelude::*;

use crate::state::SignInTokenStatus;

/// One sign-in token's row. The token itself is signed, not stored.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_token")]
pub struct Model {
    /// `sit_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Who signs in with it.
    pub user_id: String,
    /// The organization that is active after it.
    pub organization_id: Option<String>,
    /// Whether it can still be used.
    pub status: SignInTokenStatus,
    /// From when on it can't be used (unix milliseconds).
    pub expires_at: i64,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
