//! People.

use sea_orm::entity::prelude::*;

/// One person's row, without email addresses.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    /// `user_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The caller's own id for this person.
    pub external_id: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// The address that identifies the person first.
    pub primary_email_address_id: Option<String>,
    /// argon2id digest in PHC form.
    pub password_digest: Option<String>,
    /// When the password was last set.
    pub password_last_updated_at: Option<i64>,
    /// Readable by the browser, writable by the backend.
    #[sea_orm(column_type = "Json")]
    pub public_metadata: Json,
    /// Readable and writable by the backend only.
    #[sea_orm(column_type = "Json")]
    pub private_metadata: Json,
    /// Readable and writable by both.
    #[sea_orm(column_type = "Json")]
    pub unsafe_metadata: Json,
    /// When the person last signed in.
    pub last_sign_in_at: Option<i64>,
    /// When a session of the person was last touched.
    pub last_active_at: Option<i64>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds; rises with each change that an event tells of.
    pub updated_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
