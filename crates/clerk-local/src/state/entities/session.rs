//! Sessions of people in clients.

use sea_orm::entity::prelude::*;

use crate::state::SessionStatus;

/// One session.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// `sess_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// In which browser.
    pub client_id: String,
    /// Whose session.
    pub user_id: String,
    /// As last written; an expired session may still say `active`, see `Session::status_at`.
    pub status: SessionStatus,
    /// The organization the person works in, if any.
    pub active_organization_id: Option<String>,
    /// When the first factor was last verified, for the claim `fva`.
    pub first_factor_at: i64,
    /// When the second factor was last verified; none if it never was.
    pub second_factor_at: Option<i64>,
    /// When the browser last used it.
    pub last_active_at: i64,
    /// The end of its life.
    pub expire_at: i64,
    /// When it is forgotten.
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
