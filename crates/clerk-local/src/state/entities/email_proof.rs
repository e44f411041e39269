//! Verifications of addresses that people add to their accounts.

use sea_orm::entity::prelude::*;

use crate::state::EmailProof;

/// How far one address has come.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "email_proof")]
pub struct Model {
    /// Which address.
    #[sea_orm(primary_key, auto_increment = false)]
    pub email_address_id: String,
    /// What was sent and answered.
    #[sea_orm(column_type = "Json")]
    pub detail: EmailProof,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
