//! Invitations into organizations, and to the application.

use sea_orm::entity::prelude::*;

use crate::state::InvitationStatus;

/// One invitation's row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    /// `orginv_…` into an organization, `inv_…` to the application.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Into which organization; none: to the application.
    pub organization_id: Option<String>,
    /// The key of the role to have there.
    pub role: Option<String>,
    /// Who invites, if a person does.
    pub inviter_id: Option<String>,
    /// Who is invited, as typed.
    pub email_address: String,
    /// In lower case, for look-ups.
    pub lookup_key: String,
    /// As last written; a pending one ends by itself, see `Invitation::status_at`.
    pub status: InvitationStatus,
    /// Becomes the membership's, or the person's.
    #[sea_orm(column_type = "Json")]
    pub public_metadata: Json,
    /// Becomes the membership's.
    #[sea_orm(column_type = "Json")]
    pub private_metadata: Json,
    /// The page that the accept link leads to.
    pub redirect_url: Option<String>,
    /// Who accepted it.
    pub user_id: Option<String>,
    /// From when on it can't be accepted (unix milliseconds).
    pub expires_at: i64,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds; rises with each change that an event tells of.
    pub updated_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
