//! Invitations: into an organization, or to the application alone.

mod accept;
mod check;
mod create;
mod delete;
mod list;
mod load;
mod mail;
mod revoke;
mod status;

use std::ops::Deref;

use super::{Organization, Role, User, entities::invitation as entity};

pub use create::{NewInvitation, OrganizationTarget};
pub use list::InvitationQuery;
pub use status::InvitationStatus;

/// One invitation with those it names. Dereferences to the row.
#[derive(Debug, Clone, PartialEq)]
pub struct Invitation {
    /// Its own fields.
    pub row: entity::Model,
    /// Into which organization; none: to the application.
    pub organization: Option<Organization>,
    /// Who invites, if a person does who is still there.
    pub inviter: Option<User>,
    /// The role to have in the organization.
    pub assigned: Option<Role>,
}

impl Deref for Invitation {
    type Target = entity::Model;

    fn deref(&self) -> &entity::Model {
        &self.row
    }
}

impl Invitation {
    /// The state at a time (unix milliseconds): a pending invitation expires by itself.
    pub fn status_at(&self, now_ms: i64) -> InvitationStatus {
        match self.status {
            InvitationStatus::Pending if now_ms >= self.expires_at => InvitationStatus::Expired,
            status => status,
        }
    }
}
