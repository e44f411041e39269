//! Memberships of people in organizations.

mod list;

use std::ops::Deref;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, sea_query::Expr,
};
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

pub use list::MembershipQuery;

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
        let limit = u64::try_from(organization.max_allowed_memberships).unwrap_or(0);
        if limit > 0 && organization.members_count >= limit {
            return Err(LocalError::api(
                403,
                "organization_membership_quota_exceeded",
                "The organization has as many members as it may have.",
            ));
        }
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

pub(super) async fn of_user_in(
    db: &impl ConnectionTrait,
    user_id: &str,
    organization_id_or_slug: &str,
) -> Result<Option<Membership>> {
    let organization = organization::Entity::find()
        .filter(
            Condition::any()
                .add(organization::Column::Id.eq(organization_id_or_slug))
                .add(organization::Column::Slug.eq(organization_id_or_slug)),
        )
        .one(db)
        .await?;
    match organization {
        Some(organization) => one(db, &organization.id, user_id).await,
        None => Ok(None),
    }
}

pub(super) async fn delete_all_of_user(write: &mut Write, user: &User) -> Result<()> {
    delete_where(write, entity::Column::UserId.eq(user.id.as_str())).await
}

pub(super) async fn delete_all_of_organization(
    write: &mut Write,
    organization: &Organization,
) -> Result<()> {
    let filter = entity::Column::OrganizationId.eq(organization.id.as_str());
    delete_where(write, filter).await
}

async fn delete_where(write: &mut Write, filter: sea_orm::sea_query::SimpleExpr) -> Result<()> {
    let rows = entity::Entity::find()
        .filter(filter)
        .all(write.db())
        .await?;
    for membership in with_ends(write.db(), rows).await? {
        delete(write, &membership).await?;
    }
    Ok(())
}

async fn delete(write: &mut Write, membership: &Membership) -> Result<()> {
    entity::Entity::delete_by_id(membership.id.as_str())
        .exec(write.db())
        .await?;
    session::Entity::update_many()
        .filter(session::Column::UserId.eq(membership.user_id.as_str()))
        .filter(session::Column::ActiveOrganizationId.eq(membership.organization_id.as_str()))
        .col_expr(
            session::Column::ActiveOrganizationId,
            Expr::value(Option::<String>::None),
        )
        .col_expr(session::Column::UpdatedAt, Expr::value(write.now))
        .exec(write.db())
        .await?;
    // The event tells of the change, so it carries the time of the change.
    let mut gone = membership.clone();
    gone.row.updated_at = write.later_than(membership.updated_at);
    let data = shapes::backend::membership(&gone, write.options());
    write.emit("organizationMembership.deleted", data).await
}

async fn load(write: &Write, organization_id: &str, user_id: &str) -> Result<Membership> {
    one(write.db(), organization_id, user_id)
        .await?
        .ok_or_else(LocalError::not_found)
}

async fn one(
    db: &impl ConnectionTrait,
    organization_id: &str,
    user_id: &str,
) -> Result<Option<Membership>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::OrganizationId.eq(organization_id))
        .filter(entity::Column::UserId.eq(user_id))
        .all(db)
        .await?;
    Ok(with_ends(db, rows).await?.pop())
}

async fn with_ends(db: &impl ConnectionTrait, rows: Vec<entity::Model>) -> Result<Vec<Membership>> {
    let of = |pick: fn(&entity::Model) -> &String| rows.iter().map(pick).cloned().collect();
    let organization_ids: Vec<String> = of(|row| &row.organization_id);
    let user_ids: Vec<String> = of(|row| &row.user_id);
    let organizations = organizations::by_ids(db, &organization_ids).await?;
    let users = users::by_ids(db, &user_ids).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Membership {
                organization: organizations.get(&row.organization_id)?.clone(),
                user: users.get(&row.user_id)?.clone(),
                row,
            })
        })
        .collect())
}

fn check_role(role: &str) -> Result<()> {
    if role == ADMIN || role == MEMBER {
        return Ok(());
    }
    Err(LocalError::form(
        422,
        "form_resource_not_found",
        "The role was not found.",
        "role",
    ))
}

/// An organization keeps at least one admin.
async fn keep_an_admin(db: &impl ConnectionTrait, membership: &Membership) -> Result<()> {
    if membership.role != ADMIN {
        return Ok(());
    }
    let others = entity::Entity::find()
        .filter(entity::Column::OrganizationId.eq(membership.organization_id.as_str()))
        .filter(entity::Column::Role.eq(ADMIN))
        .filter(entity::Column::Id.ne(membership.id.as_str()))
        .count(db)
        .await?;
    if others > 0 {
        return Ok(());
    }
    Err(LocalError::api(
        400,
        "organization_minimum_permissions_needed",
        "An organization needs at least one admin.",
    ))
}
