//! Memberships of people in organizations.

mod delete;
mod list;
mod load;
mod rules;

use std::ops::Deref;

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::json;

use super::{
    Organization, State, User, Write,
    entities::{email_address, membership as entity, organization, session, user},
    ids, organizations, users,
};
use crate::{
    error::{LocalError, Result},
    shapes,
};

use delete::delete;
use load::{load, one};
use rules::{check_quota, check_role, keep_an_admin};

pub(super) use delete::{delete_all_of_organization, delete_all_of_user};
pub use list::MembershipQuery;
pub(super) use load::of_user_in;

/// The role of those who run an organization.
pub const ADMIN: &str = "org:admin";
/// The role of everybody else in it.
pub const MEMBER: &str = "org:member";

/// One membership with both its ends. Dereferences to the row.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// Its own fields.
    pub row: entity::Model,
    /// In which organization.
    pub organization: Organization,
    /// Whose.
    pub user: User,
}

impl Deref for Membership {
    type Target = entity::Model;

    fn deref(&self) -> &entity::Model {
        &self.row
    }
}

impl State {
    /// Adds a person to an organization; emits `organizationMembership.created`.
    ///
    /// # Errors
    /// `resource_not_found` for either end, `form_resource_not_found` (`role`),
    /// `already_a_member_in_organization`, `organization_membership_quota_exceeded`.
    pub async fn add_member(
        &self,
        organization_id: &str,
        user_id: &str,
        role: &str,
    ) -> Result<Membership> {
        check_role(role)?;
        let mut write = self.write().await?;
        let organization = organizations::load(&write, organization_id).await?;
        let user = users::load(&write, user_id).await?;
        if one(write.db(), organization_id, user_id).await?.is_some() {
            return Err(LocalError::form(
                400,
                "already_a_member_in_organization",
                "This person is already a member of the organization.",
                "user_id",
            ));
        }
        check_quota(&organization)?;
        let membership = insert(&mut write, organization_id, &user, role).await?;
        write.commit().await?;
        Ok(membership)
    }

    /// Removes a person from an organization; sessions working in it lose it at once. Emits
    /// `organizationMembership.deleted`.
    ///
    /// # Errors
    /// `resource_not_found`; `organization_minimum_permissions_needed` for the last admin.
    pub async fn remove_member(&self, organization_id: &str, user_id: &str) -> Result<Membership> {
        let mut write = self.write().await?;
        let membership = load(&write, organization_id, user_id).await?;
        keep_an_admin(write.db(), &membership).await?;
        delete(&mut write, &membership).await?;
        write.commit().await?;
        Ok(membership)
    }

    /// Changes a member's role; emits `organizationMembership.updated`.
    ///
    /// # Errors
    /// `resource_not_found`, `form_resource_not_found` (`role`),
    /// `organization_minimum_permissions_needed` for the last admin.
    pub async fn update_role(
        &self,
        organization_id: &str,
        user_id: &str,
        role: &str,
    ) -> Result<Membership> {
        check_role(role)?;
        let mut write = self.write().await?;
        let membership = load(&write, organization_id, user_id).await?;
        if role != ADMIN {
            keep_an_admin(write.db(), &membership).await?;
        }
        let updated_at = write.later_than(membership.updated_at);
        let mut row = membership.row.into_active_model();
        row.role = Set(role.to_owned());
        row.updated_at = Set(updated_at);
        row.update(write.db()).await?;
        let membership = load(&write, organization_id, user_id).await?;
        let data = shapes::backend::membership(&membership, write.options());
        write.emit("organizationMembership.updated", data).await?;
        write.commit().await?;
        Ok(membership)
    }
}

/// Writes a membership and its event.
pub(super) async fn insert(
    write: &mut Write,
    organization_id: &str,
    user: &User,
    role: &str,
) -> Result<Membership> {
    let row = entity::ActiveModel {
        id: Set(ids::prefixed("orgmem")),
        organization_id: Set(organization_id.to_owned()),
        user_id: Set(user.id.clone()),
        role: Set(role.to_owned()),
        public_metadata: Set(json!({})),
        private_metadata: Set(json!({})),
        created_at: Set(write.now),
        updated_at: Set(write.now),
    };
    row.insert(write.db()).await?;
    let membership = load(write, organization_id, &user.id).await?;
    let data = shapes::backend::membership(&membership, write.options());
    write.emit("organizationMembership.created", data).await?;
    Ok(membership)
}
