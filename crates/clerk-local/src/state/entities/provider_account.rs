//! Accounts that exist at the built-in providers.

use sea_orm::entity::prelude::*;

use crate::provider::Provider;

/// One account, as its provider knows it.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_account")]
pub struct Model {
    /// The person's number at the provider.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Which provider.
    pub provider: Provider,
    /// The address in lower case; unique at the provider.
    pub lookup_key: String,
    /// As the person typed it.
    pub email_address: String,
    /// Whether the provider vouches for the address.
    pub email_verified: bool,
    /// Given name; may be empty.
    pub first_name: String,
    /// Family name; may be empty.
    pub last_name: String,
    /// Where the provider has user names.
    pub username: Option<String>,
    /// Unix milliseconds.
    pub created_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
