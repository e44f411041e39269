//! Memberships of people in organizations.

mod change;
mod delete;
mod insert;
mod list;
mod load;
mod order;
mod rules;

use std::ops::Deref;

use super::{
    Organization, Role, User,
    entities::{email_address, membership as entity, organization, session, user},
};

pub(super) use delete::{delete_all_of_organization, delete_all_of_user};
pub(super) use insert::{Grant, insert};
pub use list::{MembershipQuery, MembershipTexts};
pub(super) use load::{of_address_in, of_user_in};
pub(super) use rules::{already_a_member, check_quota, refuse_member};

/// One membership with both its ends. Dereferences to the row.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// Its own fields.
    pub row: entity::Model,
    /// In which organization.
    pub organization: Organization,
    /// Whose.
    pub user: User,
    /// The role that the row names by its key.
    pub assigned: Role,
}

impl Deref for Membership {
    type Target = entity::Model;

    fn deref(&self) -> &entity::Model {
        &self.row
    }
}

impl Membership {
    /// The keys of what its role gives.
    pub fn permissions(&self) -> Vec<&str> {
        let given = self.assigned.permissions.iter();
        given.map(|permission| permission.key.as_str()).collect()
    }

    /// Whether its role gives this permission.
    pub fn may(&self, permission: &str) -> bool {
        self.assigned.gives(permission)
    }
}
