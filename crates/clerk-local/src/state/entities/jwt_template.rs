//! Templates of tokens.

use sea_orm::entity::prelude::*;

use crate::state::SigningAlgorithm;

/// One template.
#[derive(Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "jwt_template")]
pub struct Model {
    /// `jtmp_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// What pages and backends ask for; unique in the instance.
    pub name: String,
    /// The claims, with shortcodes in their texts.
    #[sea_orm(column_type = "Json")]
    pub claims: Json,
    /// Life of its tokens in seconds.
    pub lifetime: i64,
    /// How many seconds before its making a token is valid.
    pub allowed_clock_skew: i64,
    /// How its tokens are signed.
    pub signing_algorithm: SigningAlgorithm,
    /// A secret (HS…) or a private key as PEM; none means the instance's own key.
    pub signing_key: Option<String>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Without the key.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JwtTemplate")
            .field("id", &self.id)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
