//! Making, changing and deleting roles.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, sea_query::Expr,
};
use serde_json::json;

use super::{
    ADMIN, CREATOR_PERMISSIONS, MEMBER, Role, check_key, checked_name, entity, key_taken,
    load::load,
};
use crate::{
    error::{LocalError, Result},
    shapes,
    state::{
        InvitationStatus, State, Write,
        entities::{invitation, membership, role_permission},
        ids, permissions,
    },
};

/// What a role is made from.
#[derive(Debug, Clone, Default)]
pub struct NewRole {
    /// What people call it.
    pub name: String,
    /// `org:editor`.
    pub key: String,
    /// What it is for.
    pub description: Option<String>,
    /// Ids of the permissions it gives.
    pub permissions: Vec<String>,
}

/// What is to change; none leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct RoleChanges {
    /// A new name.
    pub name: Option<String>,
    /// A new key; memberships and invitations follow.
    pub key: Option<String>,
    /// A new description; `Some(None)` clears it.
    pub description: Option<Option<String>>,
    /// Ids of all the permissions it gives from now on.
    pub permissions: Option<Vec<String>>,
}

impl State {
    /// Makes a role; emits `role.created`.
    ///
    /// # Errors
    /// `form_param_missing`, `form_param_format_invalid`, `form_identifier_exists` (`key`);
    /// `resource_not_found` for a permission.
    pub async fn create_role(&self, new: NewRole) -> Result<Role> {
        let name = checked_name(&new.name)?;
        check_key(&new.key, 1)?;
        let mut write = self.write().await?;
        refuse_taken(&write, &new.key, None).await?;
        let id = ids::prefixed("role");
        let row = entity::ActiveModel {
            id: Set(id.clone()),
            key: Set(new.key),
            name: Set(name),
            description: Set(new.description.unwrap_or_default()),
            created_at: Set(write.now),
            updated_at: Set(write.now),
        };
        row.insert(write.db()).await?;
        give(&write, &id, &new.permissions).await?;
        let role = load(&write, &id).await?;
        write
            .emit("role.created", shapes::roles::role(&role))
            .await?;
        write.commit().await?;
        Ok(role)
    }

    /// Changes a role; emits `role.updated`.
    ///
    /// # Errors
    /// As [`State::create_role`]; `organization_missing_creator_role_permissions` when the
    /// creator's role would lose one it needs.
    pub async fn update_role_definition(&self, id: &str, changes: RoleChanges) -> Result<Role> {
        let write = self.write().await?;
        let former = load(&write, id).await?;
        let mut row = former.row.clone().into_active_model();
        if let Some(name) = changes.name {
            row.name = Set(checked_name(&name)?);
        }
        if let Some(description) = changes.description {
            row.description = Set(description.unwrap_or_default());
        }
        if let Some(key) = changes.key.filter(|key| *key != former.key) {
            check_key(&key, 1)?;
            refuse_fixed_key(&former)?;
            refuse_taken(&write, &key, Some(id)).await?;
            rename(&write, &former.key, &key).await?;
            row.key = Set(key);
        }
        if let Some(permissions) = changes.permissions {
            role_permission::Entity::delete_many()
                .filter(role_permission::Column::RoleId.eq(id))
                .exec(write.db())
                .await?;
            give(&write, id, &permissions).await?;
        }
        finish(write, row, &former).await
    }

    /// Lets a role give a permission; emits `role.updated`.
    ///
    /// # Errors
    /// `resource_not_found` for either;
    /// 409 `organization_role_permission_association_exists`.
    pub async fn assign_permission(&self, id: &str, permission_id: &str) -> Result<Role> {
        let write = self.write().await?;
        let former = load(&write, id).await?;
        let has = |role: &Role| role.permissions.iter().any(|held| held.id == permission_id);
        if has(&former) {
            return Err(LocalError::api(
                409,
                "organization_role_permission_association_exists",
                "This organization permission is already associated to this organization role.",
            ));
        }
        give(&write, id, &[permission_id.to_owned()]).await?;
        let row = former.row.clone().into_active_model();
        finish(write, row, &former).await
    }

    /// No longer lets a role give a permission; emits `role.updated`.
    ///
    /// # Errors
    /// `resource_not_found` for either; `organization_missing_creator_role_permissions`.
    pub async fn withdraw_permission(&self, id: &str, permission_id: &str) -> Result<Role> {
        let write = self.write().await?;
        let former = load(&write, id).await?;
        let gone = role_permission::Entity::delete_by_id((id.to_owned(), permission_id.to_owned()))
            .exec(write.db())
            .await?;
        if gone.rows_affected == 0 {
            return Err(permissions::not_found());
        }
        let row = former.row.clone().into_active_model();
        finish(write, row, &former).await
    }

    /// Deletes a role that nobody has or is promised; emits `role.deleted`.
    ///
    /// # Errors
    /// `resource_not_found`; `organization_role_default_creator_role`,
    /// `organization_role_domain_default_role`, `organization_role_assigned_members`,
    /// `organization_role_exists_in_invitations`.
    pub async fn delete_role(&self, id: &str) -> Result<()> {
        let mut write = self.write().await?;
        let role = load(&write, id).await?;
        refuse_in_use(&write, &role).await?;
        entity::Entity::delete_by_id(id).exec(write.db()).await?;
        let data = json!({ "object": "role", "id": id, "deleted": true });
        write.emit("role.deleted", data).await?;
        write.commit().await
    }
}

/// Writes the row with a new `updated_at`, checks what has to hold, and emits the event.
async fn finish(mut write: Write, mut row: entity::ActiveModel, former: &Role) -> Result<Role> {
    row.updated_at = Set(write.later_than(former.updated_at));
    row.update(write.db()).await?;
    let role = load(&write, &former.id).await?;
    if role.key == ADMIN && !role.is_creator_eligible() {
        let needed = CREATOR_PERMISSIONS.join(", ");
        return Err(LocalError::api(
            422,
            "organization_missing_creator_role_permissions",
            &format!("The creator role must contain the following permissions: {needed}"),
        ));
    }
    write
        .emit("role.updated", shapes::roles::role(&role))
        .await?;
    write.commit().await?;
    Ok(role)
}

async fn give(write: &Write, id: &str, permission_ids: &[String]) -> Result<()> {
    for permission_id in permission_ids {
        permissions::load(write, permission_id).await?;
        let link = role_permission::ActiveModel {
            role_id: Set(id.to_owned()),
            permission_id: Set(permission_id.clone()),
        };
        let both = (id.to_owned(), permission_id.clone());
        if role_permission::Entity::find_by_id(both)
            .one(write.db())
            .await?
            .is_none()
        {
            link.insert(write.db()).await?;
        }
    }
    Ok(())
}

async fn refuse_taken(write: &Write, key: &str, except: Option<&str>) -> Result<()> {
    let holder = entity::Entity::find()
        .filter(entity::Column::Key.eq(key))
        .one(write.db())
        .await?;
    match holder {
        Some(row) if Some(row.id.as_str()) != except => Err(key_taken()),
        _ => Ok(()),
    }
}

/// The instance's settings name these two by their keys.
fn refuse_fixed_key(role: &Role) -> Result<()> {
    if role.key != ADMIN && role.key != MEMBER {
        return Ok(());
    }
    Err(LocalError::form(
        422,
        "form_param_value_invalid",
        "The key of a default role cannot be changed.",
        "key",
    ))
}

/// Memberships and invitations name the role by its key.
async fn rename(write: &Write, from: &str, to: &str) -> Result<()> {
    membership::Entity::update_many()
        .filter(membership::Column::Role.eq(from))
        .col_expr(membership::Column::Role, Expr::value(to))
        .exec(write.db())
        .await?;
    invitation::Entity::update_many()
        .filter(invitation::Column::Role.eq(from))
        .col_expr(invitation::Column::Role, Expr::value(to))
        .exec(write.db())
        .await?;
    Ok(())
}

async fn refuse_in_use(write: &Write, role: &Role) -> Result<()> {
    let members = membership::Entity::find().filter(membership::Column::Role.eq(&*role.key));
    let invited = invitation::Entity::find()
        .filter(invitation::Column::Role.eq(&*role.key))
        .filter(invitation::Column::Status.eq(InvitationStatus::Pending))
        .filter(invitation::Column::ExpiresAt.gt(write.now));
    let (code, text) = if role.key == ADMIN {
        (
            "organization_role_default_creator_role",
            "The organization role cannot be deleted as it is currently used as the creator role.",
        )
    } else if role.key == MEMBER {
        (
            "organization_role_domain_default_role",
            "The organization role cannot be deleted as it is currently used as the default \
             domain role.",
        )
    } else if members.count(write.db()).await? > 0 {
        (
            "organization_role_assigned_members",
            "The organization role is currently assigned to one or more organization members.",
        )
    } else if invited.count(write.db()).await? > 0 {
        (
            "organization_role_exists_in_invitations",
            "The organization role exists in one or more pending organization invitations. \
             Please revoke these invitations to proceed.",
        )
    } else {
        return Ok(());
    };
    Err(LocalError::api(422, code, text))
}
