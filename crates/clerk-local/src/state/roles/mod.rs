//! Roles of members of organizations: each gives permissions.

mod change;
mod defaults;
mod form;
mod list;
mod load;

use std::ops::Deref;

use super::{Permission, entities::role as entity, permissions};

pub use change::{NewRole, RoleChanges};
pub(super) use defaults::seed;
pub(super) use form::{check_key, checked_name, key_taken};
pub use list::CatalogQuery;
pub(super) use list::catalog_condition;
pub(super) use load::{by_keys, creator_eligible_keys, named};

/// The role of those who run an organization, and of whoever makes one.
pub const ADMIN: &str = "org:admin";
/// The role of everybody else in it.
pub const MEMBER: &str = "org:member";

/// What the role of an organization's creator has to give (Clerk docs: roles and permissions,
/// "Creator's initial role").
pub const CREATOR_PERMISSIONS: [&str; 3] = [
    permissions::MANAGE_MEMBERS,
    permissions::READ_MEMBERS,
    permissions::DELETE_ORGANIZATION,
];

/// One role with its permissions. Dereferences to the row.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// Its own fields.
    pub row: entity::Model,
    /// What it gives, by key.
    pub permissions: Vec<Permission>,
}

impl Deref for Role {
    type Target = entity::Model;

    fn deref(&self) -> &entity::Model {
        &self.row
    }
}

impl Role {
    /// Whether it gives this permission.
    pub fn gives(&self, permission: &str) -> bool {
        self.permissions.iter().any(|given| given.key == permission)
    }

    /// Whether it may be the role of an organization's creator.
    pub fn is_creator_eligible(&self) -> bool {
        CREATOR_PERMISSIONS.iter().all(|key| self.gives(key))
    }
}
