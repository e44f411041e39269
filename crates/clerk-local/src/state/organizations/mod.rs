//! Organizations.

mod change;
mod creator;
mod form;
mod list;
mod load;
mod logo;

use std::ops::Deref;

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;

use super::{
    ADMIN, MetadataMode, State, User, Write,
    entities::{invitation, membership, organization as entity},
    ids,
    memberships::{self, Grant},
    users,
};
use crate::{
    error::{LocalError, Result},
    shapes,
};

use creator::refuse_creating;
use form::{check_slug, checked_name, free_slug, refuse_taken};
use load::with_counts;

pub use change::OrganizationChanges;
pub use list::{IdFilter, OrganizationQuery};
pub(super) use load::{by_ids, load};

/// Whether admins may delete their organization unless a backend decides otherwise.
pub const ADMIN_DELETE_ENABLED: bool = true;

/// One organization. Dereferences to the row.
#[derive(Debug, Clone, PartialEq)]
pub struct Organization {
    /// Its own fields.
    pub row: entity::Model,
    /// How many members it has.
    pub members_count: u64,
    /// How many people are invited and have not answered.
    pub pending_invitations_count: u64,
    /// The id of the uploaded logo, if there is one.
    pub image_id: Option<String>,
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
    /// Becomes its first admin; a backend may name nobody.
    pub created_by: Option<String>,
    /// Whether that person makes it, who may not be allowed to; a backend is.
    pub by_creator: bool,
    /// 0 = no limit.
    pub max_allowed_memberships: i64,
    /// `{}` when none.
    pub public_metadata: Option<Value>,
    /// `{}` when none.
    pub private_metadata: Option<Value>,
}

impl State {
    /// Makes an organization with its first admin; emits `organization.created` and
    /// `organizationMembership.created`.
    ///
    /// # Errors
    /// `form_param_missing`, `form_param_max_length_exceeded`, `form_param_format_invalid` for bad
    /// names and slugs; `form_identifier_exists` (`slug`) for a slug that is taken;
    /// `organization_creator_not_found` for an unknown person; 403
    /// `user_create_organization_not_enabled` and `org_creation_limit_exceeded` for one whom the
    /// backend does not let.
    pub async fn create_organization(
        &self,
        name: &str,
        slug: Option<&str>,
        created_by: &str,
    ) -> Result<Organization> {
        self.create_organization_with(NewOrganization {
            name: name.to_owned(),
            slug: slug.map(str::to_owned),
            created_by: Some(created_by.to_owned()),
            by_creator: true,
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
        let creator = match &new.created_by {
            Some(id) => Some(creator(&write, id).await?),
            None => None,
        };
        if let Some(creator) = creator.as_ref().filter(|_| new.by_creator) {
            refuse_creating(&write, creator).await?;
        }
        let slug = match wanted {
            Some(slug) => {
                let slug = slug.trim().to_owned();
                refuse_taken(write.db(), &slug, None).await?;
                slug
            }
            None => free_slug(write.db(), &name).await?,
        };
        let metadata = |given: Option<Value>, param_name| {
            MetadataMode::Replace.apply(&Value::Null, given.unwrap_or_default(), param_name)
        };
        let row = entity::ActiveModel {
            id: Set(ids::prefixed("org")),
            name: Set(name),
            slug: Set(slug),
            created_by: Set(new.created_by.unwrap_or_default()),
            admin_delete_enabled: Set(ADMIN_DELETE_ENABLED),
            max_allowed_memberships: Set(new.max_allowed_memberships),
            public_metadata: Set(metadata(new.public_metadata, "public_metadata")?),
            private_metadata: Set(metadata(new.private_metadata, "private_metadata")?),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let row = row.insert(write.db()).await?;
        let fresh = Organization {
            row: row.clone(),
            members_count: 0,
            pending_invitations_count: 0,
            image_id: None,
        };
        let created = shapes::backend::organization(&fresh, write.options());
        write.emit("organization.created", created).await?;
        if let Some(creator) = creator {
            memberships::insert(&mut write, &row.id, &creator, Grant::role(ADMIN)).await?;
        }
        let organization = load(&write, &row.id).await?;
        write.commit().await?;
        tracing::info!(organization_id = %organization.id, "organization created");
        Ok(organization)
    }

    /// One organization.
    pub async fn organization(&self, id: &str) -> Result<Option<Organization>> {
        Ok(by_ids(self.db(), self.now_ms(), &[id.to_owned()])
            .await?
            .remove(id))
    }

    /// One organization by its slug.
    pub async fn organization_by_slug(&self, slug: &str) -> Result<Option<Organization>> {
        let row = entity::Entity::find()
            .filter(entity::Column::Slug.eq(slug))
            .one(self.db())
            .await?;
        match row {
            Some(row) => Ok(with_counts(self.db(), self.now_ms(), vec![row])
                .await?
                .pop()),
            None => Ok(None),
        }
    }
}

/// The person who is to run a new organization.
async fn creator(write: &Write, id: &str) -> Result<User> {
    match users::load(write, id).await {
        Err(LocalError::Api { .. }) => Err(LocalError::api(
            400,
            "organization_creator_not_found",
            &format!("No users found with id {id}."),
        )),
        other => other,
    }
}
