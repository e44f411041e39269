//! A mail on its way to an SMTP server.

use sea_orm::entity::prelude::*;

/// The state of sending one mail.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_dispatch")]
pub struct Model {
    /// Which mail.
    #[sea_orm(primary_key, auto_increment = false)]
    pub mail_id: String,
    /// Attempts made so far.
    pub attempts: i64,
    /// When the next attempt is due; none once it was sent or given up.
    pub next_attempt_at: Option<i64>,
    /// When the server took it.
    pub sent_at: Option<i64>,
    /// What the last failed attempt met.
    pub last_error: Option<String>,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
