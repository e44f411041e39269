//! Email addresses of people.

use sea_orm::entity::prelude::*;

use crate::state::EmailProof;

/// One address; the lower-case form of a verified one is unique in the instance.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "email_address")]
pub struct Model {
    /// `idn_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Whose address.
    pub user_id: String,
    /// As the person typed it.
    pub email_address: String,
    /// In lower case, for look-ups.
    pub lookup_key: String,
    /// Whether the person has shown to receive mail there.
    pub verified: bool,
    /// How it was verified: `email_code` or `admin`.
    pub strategy: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
    /// How far its verification has come; kept in a table of its own.
    #[sea_orm(ignore)]
    pub proof: Option<EmailProof>,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
