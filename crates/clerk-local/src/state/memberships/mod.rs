//! Memberships of people in organizations.

mod delete;
mod list;
mod load;
mod rules;

use std::ops::Deref;

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::{Value, json};

use super::{
    Organization, State, User, Write,
    entities::{email_address, membership as entity, organization, session, user},
    ids, organizations, users,
};
use crate::{error::Result, shapes};

use delete::delete;
use load::load;
use rules::keep_an_admin;

pub(super) use delete::{delete_all_of_organization, delete_all_of_user};
pub use list::MembershipQuery;
pub(super) use load::{of_address_in, of_user_in};
pub(super) use rules::{check_quota, check_role, refuse_member};

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
        refuse_member(write.db(), organization_id, user_id).await?;
        check_quota(&organization, 0)?;
        let membership = insert(&mut write, organization_id, &user, Grant::role(role)).await?;
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

/// What a membership gives.
pub(super) struct Grant {
    /// The role's key.
    pub(super) role: String,
    pub(super) public_metadata: Value,
    pub(super) private_metadata: Value,
}

impl Grant {
    /// A role and nothing else.
    pub(super) fn role(role: &str) -> Self {
        Self {
            role: role.to_owned(),
            public_metadata: json!({}),
            private_metadata: json!({}),
        }
    }
}

/// Writes a membership and its event.
pub(super) async fn insert(
    write: &mut Write,
    organization_id: &str,
    user: &User,
    grant: Grant,
) -> Result<Membership> {
    let row = entity::ActiveModel {
        id: Set(ids::prefixed("orgmem")),
        organization_id: Set(organization_id.to_owned()),
        user_id: Set(user.id.clone()),
        role: Set(grant.role),
        public_metadata: Set(grant.public_metadata),
        private_metadata: Set(grant.private_metadata),
        created_at: Set(write.now),
        updated_at: Set(write.now),
    };
    row.insert(write.db()).await?;
    let membership = load(write, organization_id, &user.id).await?;
    let data = shapes::backend::membership(&membership, write.options());
    write.emit("organizationMembership.created", data).await?;
    Ok(membership)
}
