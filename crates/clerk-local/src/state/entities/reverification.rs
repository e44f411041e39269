//! Attempts of signed-in people to show again who they are.

use sea_orm::entity::prelude::*;

use crate::state::ReverificationDetail;

/// The newest attempt in a session.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reverification")]
pub struct Model {
    /// In which session.
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: String,
    /// Everything the attempt has learnt so far.
    #[sea_orm(column_type = "Json")]
    pub detail: ReverificationDetail,
    /// When the attempt is forgotten.
    pub expire_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
