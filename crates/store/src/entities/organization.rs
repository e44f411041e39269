//! One of Clerk's organizations, as last told.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organizations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub slug: String,
    pub name: String,
    pub image_url: Option<String>,
    pub created_at: i64,
    pub updated_at: i64,
    /// When it was deleted here, if it is.
    pub deleted_at: Option<i64>,
    /// From when on it is purged.
    pub purge_at: Option<i64>,
    /// Since when it can't be brought back.
    pub purge_started_at: Option<i64>,
    /// Since when sessions need two factors, if they do.
    pub second_factor_since: Option<i64>,
    /// After how many hours to sign in again.
    pub sign_in_hours: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
