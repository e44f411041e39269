//! The one row that says who this instance is.

use sea_orm::entity::prelude::*;

/// Identity and secrets of the instance, made when the file is first opened.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "instance")]
pub struct Model {
    /// `ins_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// RSA-2048 private key, PKCS#8 DER; empty until it is made.
    pub private_key: Vec<u8>,
    /// The `kid` of its tokens, when it is not the id.
    pub key_id: Option<String>,
    /// `sk_test_…`.
    pub secret_key: String,
    /// `whsec_…`.
    pub webhook_secret: String,
    /// Unix milliseconds.
    pub created_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
