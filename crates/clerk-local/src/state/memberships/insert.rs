//! Making memberships.

use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};

use super::{Membership, check_quota, entity, load::load, refuse_member};
use crate::{
    error::Result,
    shapes,
    state::{MetadataMode, State, User, Write, ids, organizations, roles, users},
};

impl State {
    /// Adds a person to an organization; emits `organizationMembership.created`.
    ///
    /// # Errors
    /// `resource_not_found` for either end and for the role (`role`),
    /// `already_a_member_in_organization`, `organization_membership_quota_exceeded`.
    pub async fn add_member(
        &self,
        organization_id: &str,
        user_id: &str,
        role: &str,
    ) -> Result<Membership> {
        self.add_member_with(organization_id, user_id, role, None, None)
            .await
    }

    /// Like [`State::add_member`], with the membership's metadata.
    ///
    /// # Errors
    /// As there.
    pub async fn add_member_with(
        &self,
        organization_id: &str,
        user_id: &str,
        role: &str,
        public_metadata: Option<Value>,
        private_metadata: Option<Value>,
    ) -> Result<Membership> {
        let stored = |given: Option<Value>, param_name| {
            MetadataMode::Replace.apply(&Value::Null, given.unwrap_or_default(), param_name)
        };
        let mut write = self.write().await?;
        let organization = organizations::load(&write, organization_id).await?;
        let user = users::load(&write, user_id).await?;
        roles::named(write.db(), role).await?;
        refuse_member(&write, organization_id, user_id).await?;
        check_quota(&organization, 0)?;
        let grant = Grant {
            public_metadata: stored(public_metadata, "public_metadata")?,
            private_metadata: stored(private_metadata, "private_metadata")?,
            ..Grant::role(role)
        };
        let membership = insert(&mut write, organization_id, &user, grant).await?;
        write.commit().await?;
        Ok(membership)
    }
}

/// What a membership gives.
pub(in crate::state) struct Grant {
    /// The role's key.
    pub(in crate::state) role: String,
    /// Readable by the browser.
    pub(in crate::state) public_metadata: Value,
    /// Readable by the backend only.
    pub(in crate::state) private_metadata: Value,
}

impl Grant {
    /// A role and nothing else.
    pub(in crate::state) fn role(role: &str) -> Self {
        Self {
            role: role.to_owned(),
            public_metadata: json!({}),
            private_metadata: json!({}),
        }
    }
}

/// Writes a membership and its event.
pub(in crate::state) async fn insert(
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
