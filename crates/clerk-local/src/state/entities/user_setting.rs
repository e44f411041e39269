//! What the backend decided about people.

use sea_orm::entity::prelude::*;

/// One person's settings; none means the instance's usual one.
#[derive(Debug, Clone, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "user_setting")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: String,
    /// Whether the person may not sign in.
    pub banned: bool,
    /// Language tag, `de-DE`.
    pub locale: Option<String>,
    /// Whether the person may delete the own account.
    pub delete_self_enabled: Option<bool>,
    /// Whether the person may create organizations.
    pub create_organization_enabled: Option<bool>,
    /// How many organizations the person may create; 0 = no limit.
    pub create_organizations_limit: Option<i64>,
    /// When the person accepted the legal terms (unix milliseconds).
    pub legal_accepted_at: Option<i64>,
    /// Whether a new device needs no further proof.
    pub bypass_client_trust: bool,
    /// Whether the password is known to others, so that it no longer signs in.
    pub password_compromised: bool,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
