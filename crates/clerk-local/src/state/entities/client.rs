//! Clients: one browser each.

use sea_orm::entity::prelude::*;

/// One browser, known by its dev browser token.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "client")]
pub struct Model {
    /// `client_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// `dvb_…`, what `__clerk_db_jwt` holds.
    pub token: String,
    /// Unix **seconds** of the last sign-in; 0 when signed out (Clerk: `__client_uat`).
    pub client_uat: i64,
    /// The sign-in attempt in progress.
    pub sign_in_id: Option<String>,
    /// The sign-up attempt in progress.
    pub sign_up_id: Option<String>,
    /// The session the browser shows.
    pub last_active_session_id: Option<String>,
    /// `password` or `email_code`: how the last session was begun.
    pub last_authentication_strategy: Option<String>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
