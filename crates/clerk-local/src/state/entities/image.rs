//! Uploaded pictures.

use sea_orm::entity::prelude::*;

/// One picture; an owner has at most one.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "image")]
pub struct Model {
    /// `img_…`; another picture of the same owner has another id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The person or organization it shows.
    pub owner_id: String,
    /// `image/png` and the like, recognised from the bytes.
    pub content_type: String,
    /// The file as it was uploaded.
    pub bytes: Vec<u8>,
    /// Unix milliseconds.
    pub created_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
