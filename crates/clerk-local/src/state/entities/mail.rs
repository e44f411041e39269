//! Mails the instance would have sent.

use sea_orm::entity::prelude::*;

/// One mail in the outbox.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    /// `ema_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// To whom.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// The one-time code it carries, if any.
    pub code: Option<String>,
    /// Unix milliseconds.
    pub created_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
