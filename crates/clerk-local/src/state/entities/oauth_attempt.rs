//! Journeys to a provider from which the browser is expected back.

use sea_orm::entity::prelude::*;

use crate::{provider::Provider, state::OauthPurpose};

/// One journey.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "oauth_attempt")]
pub struct Model {
    /// Digest of the parameter `state`, which only the browser and the provider see.
    #[sea_orm(primary_key, auto_increment = false)]
    pub state_hash: String,
    /// The browser that set out; no other may come back with it.
    pub client_id: String,
    /// Where it went.
    pub provider: Provider,
    /// What for.
    #[sea_orm(column_type = "Json")]
    pub purpose: OauthPurpose,
    /// PKCE's secret: shown when the code is exchanged.
    pub code_verifier: String,
    /// The page that goes on with the flow.
    pub redirect_url: String,
    /// The page to go to when nothing is left to do.
    pub action_complete_redirect_url: Option<String>,
    /// Unix milliseconds.
    pub expire_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
