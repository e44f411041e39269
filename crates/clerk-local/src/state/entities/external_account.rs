//! Accounts of people at providers such as Google.

use sea_orm::entity::prelude::*;

use crate::{
    provider::Provider,
    state::{ExternalProfile, Verification},
};

/// One account; once shown, it belongs to one person only.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "external_account")]
pub struct Model {
    /// `eac_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// `idn_…`: the way to sign in that the account is.
    pub identification_id: String,
    /// Whose account.
    pub user_id: String,
    /// Where it is.
    pub provider: Provider,
    /// The person's number there; none until the person has been there.
    pub provider_user_id: Option<String>,
    /// What the provider told the last time; none until the person has been there.
    #[sea_orm(column_type = "Json")]
    pub profile: Option<ExternalProfile>,
    /// Whether the person has shown that it is theirs.
    #[sea_orm(column_type = "Json")]
    pub verification: Verification,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
