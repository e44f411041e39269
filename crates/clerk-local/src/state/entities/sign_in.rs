//! Sign-in attempts.

use sea_orm::entity::prelude::*;

use crate::state::SignInDetail;

/// One attempt to sign in.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in")]
pub struct Model {
    /// `sia_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// In which browser.
    pub client_id: String,
    /// Everything the attempt has learnt so far.
    #[sea_orm(column_type = "Json")]
    pub detail: SignInDetail,
    /// When the attempt is forgotten.
    pub abandon_at: i64,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
