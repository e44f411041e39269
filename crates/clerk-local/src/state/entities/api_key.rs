//! API keys of people and organizations.

use sea_orm::entity::prelude::*;

use crate::state::Scopes;

/// One key's row.
#[derive(Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub struct Model {
    /// `ak_` and 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Whom it acts for: `user_…` or `org_…`.
    pub subject: String,
    /// For people.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it may do, in the application's own words.
    #[sea_orm(column_type = "Json")]
    pub scopes: Scopes,
    /// The application's own claims.
    #[sea_orm(column_type = "Json", nullable)]
    pub claims: Option<Json>,
    /// `ak_…`: the key itself.
    pub secret: String,
    /// Whether it was taken back.
    pub revoked: bool,
    /// Why it was taken back.
    pub revocation_reason: Option<String>,
    /// Unix milliseconds; none = never.
    pub expires_at: Option<i64>,
    /// The person who made it.
    pub created_by: Option<String>,
    /// When it was last verified.
    pub last_used_at: Option<i64>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

impl std::fmt::Debug for Model {
    /// Without the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApiKey")
            .field("id", &self.id)
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
