//! Codes that the built-in providers gave out and that nobody has exchanged yet.

use sea_orm::entity::prelude::*;

use crate::provider::Provider;

/// One code.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_code")]
pub struct Model {
    /// Digest of the code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code_hash: String,
    /// Who allowed it.
    pub account_id: String,
    /// Which provider gave it out.
    pub provider: Provider,
    /// Where the browser was sent with it.
    pub redirect_uri: String,
    /// PKCE's public half (S256).
    pub code_challenge: String,
    /// What was allowed, with blanks between.
    pub scopes: String,
    /// Unix milliseconds.
    pub expires_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
