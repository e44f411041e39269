//! Organizations.

mod form;
mod list;

use std::{collections::HashMap, ops::Deref};

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QuerySelect,
};
use serde_json::{Value, json};

use super::{
    ADMIN, State, Write,
    entities::{membership, organization as entity},
    ids, memberships, users,
};
use crate::{
    error::{LocalError, Result},
    shapes,
};

use form::{check_slug, checked_name, free_slug, refuse_taken};
pub use list::OrganizationQuery;
pub(super) use list::contains;

/// One organization. Dereferences to the row.
#[derive(Debug, Clone, PartialEq)]
pub struct Organization {
    /// Its own fields.
    pub row: entity::Model,
    /// How many members it has.
    pub members_count: u64,
}

impl Deref for Organization {
    type Target = entity::Model;

    fn deref(&self) -> &entity::Model {
        &self.row
    }
}

/// What an organization is made from.
#[derive(Debug, Clone, Default)]
pub struct NewOrganization {
    /// Its name.
    pub name: String,
    /// Made from the name when none.
    pub slug: Option<String>,
    /// Becomes its first admin.
    pub created_by: String,
    /// 0 = no limit.
    pub max_allowed_memberships: i64,
    /// `{}` when none.
    pub public_metadata: Option<Value>,
    /// `{}` when none.
    pub private_metadata: Option<Value>,
}

/// What is to change; none leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct OrganizationChanges {
    /// A new name.
    pub name: Option<String>,
    /// A new slug.
    pub slug: Option<String>,
    /// Replaces the whole value.
    pub public_metadata: Option<Value>,
    /// Replaces the whole value.
    pub private_metadata: Option<Value>,
}

impl State {
    /// Makes an organization with its first admin; emits `organization.created` and
    /// `organizationMembership.created`.
    ///
    /// # Errors
    /// `form_param_missing`, `form_param_max_length_exceeded`, `form_param_format_invalid` for bad
    /// names and slugs; `form_identifier_exists` (`slug`) for a slug that is taken;
    /// `form_resource_not_found` (`created_by`) for an unknown person.
    pub async fn create_organization(
        &self,
        name: &str,
        slug: Option<&str>,
        created_by: &str,
    ) -> Result<Organization> {
        self.create_organization_with(NewOrganization {
            name: name.to_owned(),
            slug: slug.map(str::to_owned),
            created_by: created_by.to_owned(),
            ..NewOrganization::default()
        })
        .await
    }

    /// Like [`State::create_organization`], with everything a backend may say.
    ///
    /// # Errors
    /// As there.
    pub async fn create_organization_with(&self, new: NewOrganization) -> Result<Organization> {
        let name = checked_name(&new.name)?;
        let wanted = new.slug.filter(|slug| !slug.trim().is_empty());
        if let Some(slug) = &wanted {
            check_slug(slug.trim())?;
        }
        let mut write = self.write().await?;
        let now = write.now;
        let creator = match users::load(&write, &new.created_by).await {
            Err(LocalError::Api { .. }) => {
                return Err(LocalError::form(
                    422,
                    "form_resource_not_found",
                    "The person who is to own the organization was not found.",
                    "created_by",
                ));
            }
            other => other?,
        };
        let slug = match wanted {
            Some(slug) => {
                let slug = slug.trim().to_owned();
                refuse_taken(write.db(), &slug, None).await?;
                slug
            }
            None => free_slug(write.db(), &name).await?,
        };
        let object = |value: Option<Value>| value.unwrap_or_else(|| json!({}));
        let row = entity::ActiveModel {
            id: Set(ids::prefixed("org")),
            name: Set(name),
            slug: Set(slug),
            created_by: Set(new.created_by),
            max_allowed_memberships: Set(new.max_allowed_memberships),
            admin_delete_enabled: Set(true),
            public_metadata: Set(object(new.public_metadata)),
            private_metadata: Set(object(new.private_metadata)),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let row = row.insert(write.db()).await?;
        let fresh = Organization {
            row: row.clone(),
            members_count: 0,
        };
        let created = shapes::backend::organization(&fresh, write.options());
        write.emit("organization.created", created).await?;
        memberships::insert(&mut write, &row.id, &creator, ADMIN).await?;
        let organization = load(&write, &row.id).await?;
        write.commit().await?;
        tracing::info!(organization_id = %organization.id, "organization created");
        Ok(organization)
    }

    /// One organization.
    pub async fn organization(&self, id: &str) -> Result<Option<Organization>> {
        Ok(by_ids(self.db(), &[id.to_owned()]).await?.remove(id))
    }

    /// One organization by its slug.
    pub async fn organization_by_slug(&self, slug: &str) -> Result<Option<Organization>> {
        let row = entity::Entity::find()
            .filter(entity::Column::Slug.eq(slug))
            .one(self.db())
            .await?;
        match row {
            Some(row) => Ok(with_counts(self.db(), vec![row]).await?.pop()),
            None => Ok(None),
        }
    }

    /// Changes an organization; emits `organization.updated`.
    ///
    /// # Errors
    /// As [`State::create_organization`]; `resource_not_found`.
    pub async fn update_organization(
        &self,
        id: &str,
        changes: OrganizationChanges,
    ) -> Result<Organization> {
        let mut write = self.write().await?;
        let organization = load(&write, id).await?;
        let updated_at = write.later_than(organization.updated_at);
        let mut row = organization.row.into_active_model();
        if let Some(name) = changes.name {
            row.name = Set(checked_name(&name)?);
        }
        if let Some(slug) = changes.slug {
            let slug = slug.trim().to_owned();
            check_slug(&slug)?;
            refuse_taken(write.db(), &slug, Some(id)).await?;
            row.slug = Set(slug);
        }
        if let Some(value) = changes.public_metadata {
            row.public_metadata = Set(value);
        }
        if let Some(value) = changes.private_metadata {
            row.private_metadata = Set(value);
        }
        row.updated_at = Set(updated_at);
        row.update(write.db()).await?;
        let organization = load(&write, id).await?;
        let data = shapes::backend::organization(&organization, write.options());
        write.emit("organization.updated", data).await?;
        write.commit().await?;
        Ok(organization)
    }

    /// Deletes an organization with its memberships; emits `organizationMembership.deleted` for
    /// each and `organization.deleted`.
    pub async fn delete_organization(&self, id: &str) -> Result<()> {
        let mut write = self.write().await?;
        let organization = load(&write, id).await?;
        memberships::delete_all_of_organization(&mut write, &organization).await?;
        entity::Entity::delete_by_id(id).exec(write.db()).await?;
        let data = json!({
            "object": "organization", "id": id, "slug": organization.slug, "deleted": true,
        });
        write.emit("organization.deleted", data).await?;
        write.commit().await
    }
}

/// The organization as this transaction sees it.
pub(super) async fn load(write: &Write, id: &str) -> Result<Organization> {
    by_ids(write.db(), &[id.to_owned()])
        .await?
        .remove(id)
        .ok_or_else(LocalError::not_found)
}

/// Organizations by id, in two queries.
pub(super) async fn by_ids(
    db: &impl ConnectionTrait,
    ids: &[String],
) -> Result<HashMap<String, Organization>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Id.is_in(ids.iter().map(String::as_str)))
        .all(db)
        .await?;
    let found = with_counts(db, rows).await?;
    Ok(found
        .into_iter()
        .map(|organization| (organization.id.clone(), organization))
        .collect())
}

async fn with_counts(
    db: &impl ConnectionTrait,
    rows: Vec<entity::Model>,
) -> Result<Vec<Organization>> {
    let counts: Vec<(String, i64)> = membership::Entity::find()
        .select_only()
        .column(membership::Column::OrganizationId)
        .column_as(membership::Column::Id.count(), "members")
        .filter(membership::Column::OrganizationId.is_in(rows.iter().map(|row| row.id.as_str())))
        .group_by(membership::Column::OrganizationId)
        .into_tuple()
        .all(db)
        .await?;
    let counts: HashMap<String, i64> = counts.into_iter().collect();
    Ok(rows
        .into_iter()
        .map(|row| Organization {
            members_count: counts
                .get(&row.id)
                .and_then(|count| u64::try_from(*count).ok())
                .unwrap_or(0),
            row,
        })
        .collect())
}
