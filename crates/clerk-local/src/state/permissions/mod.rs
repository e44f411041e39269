//! Permissions that roles give: Clerk's own, and the application's.

mod change;
mod list;

use sea_orm::EntityTrait;

use super::{State, Write, entities::permission as entity};
use crate::error::{LocalError, Result};

pub use change::{NewPermission, PermissionChanges};

/// Change the organization's profile.
pub const MANAGE_ORGANIZATION: &str = "org:sys_profile:manage";
/// Delete the organization.
pub const DELETE_ORGANIZATION: &str = "org:sys_profile:delete";
/// See who is in it.
pub const READ_MEMBERS: &str = "org:sys_memberships:read";
/// Invite, change and remove members.
pub const MANAGE_MEMBERS: &str = "org:sys_memberships:manage";
/// See whose addresses belong to it.
pub const READ_DOMAINS: &str = "org:sys_domains:read";
/// See its bills.
pub const READ_BILLING: &str = "org:sys_billing:read";

/// Clerk's system permissions (Clerk docs: roles and permissions): key and name.
pub(super) const SYSTEM: &[(&str, &str)] = &[
    (MANAGE_ORGANIZATION, "Manage organization"),
    (DELETE_ORGANIZATION, "Delete organization"),
    (READ_MEMBERS, "Read members"),
    (MANAGE_MEMBERS, "Manage members"),
    (READ_DOMAINS, "Read domains"),
    ("org:sys_domains:manage", "Manage domains"),
    (READ_BILLING, "Read billing"),
    ("org:sys_billing:manage", "Manage billing"),
];

/// One permission.
pub type Permission = entity::Model;

impl State {
    /// One permission.
    pub async fn permission(&self, id: &str) -> Result<Option<Permission>> {
        Ok(entity::Entity::find_by_id(id).one(self.db()).await?)
    }
}

/// A permission as this transaction sees it.
pub(super) async fn load(write: &Write, id: &str) -> Result<Permission> {
    entity::Entity::find_by_id(id)
        .one(write.db())
        .await?
        .ok_or_else(not_found)
}

/// 404 for a permission that is not there, or not where it is looked for.
pub(super) fn not_found() -> LocalError {
    LocalError::api(
        404,
        "resource_not_found",
        "Organization permission not found",
    )
}
