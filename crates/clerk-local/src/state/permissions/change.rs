//! Making, changing and deleting the application's own permissions.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use serde_json::json;

use super::{Permission, entity, load};
use crate::{
    error::{LocalError, Result},
    shapes,
    state::{
        State, Write, ids,
        roles::{check_key, checked_name, key_taken},
    },
};

/// What a permission is made from.
#[derive(Debug, Clone, Default)]
pub struct NewPermission {
    /// What people call it.
    pub name: String,
    /// `org:projects:write`.
    pub key: String,
    /// What it is for.
    pub description: Option<String>,
}

/// What is to change; none leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct PermissionChanges {
    /// A new name.
    pub name: Option<String>,
    /// A new key.
    pub key: Option<String>,
    /// A new description.
    pub description: Option<String>,
}

impl State {
    /// Makes a permission; emits `permission.created`.
    ///
    /// # Errors
    /// `form_param_missing`, `form_param_format_invalid`, `form_identifier_exists` (`key`).
    pub async fn create_permission(&self, new: NewPermission) -> Result<Permission> {
        let name = checked_name(&new.name)?;
        check_own_key(&new.key)?;
        let mut write = self.write().await?;
        refuse_taken(&write, &new.key, None).await?;
        let row = entity::ActiveModel {
            id: Set(ids::prefixed("perm")),
            key: Set(new.key),
            name: Set(name),
            description: Set(new.description.unwrap_or_default()),
            system: Set(false),
            created_at: Set(write.now),
            updated_at: Set(write.now),
        };
        let permission = row.insert(write.db()).await?;
        let data = shapes::roles::permission(&permission);
        write.emit("permission.created", data).await?;
        write.commit().await?;
        Ok(permission)
    }

    /// Changes one of the application's permissions; emits `permission.updated`.
    ///
    /// # Errors
    /// As [`State::create_permission`]; `resource_not_found`,
    /// `organization_system_permission_not_modifiable`.
    pub async fn update_permission(
        &self,
        id: &str,
        changes: PermissionChanges,
    ) -> Result<Permission> {
        let mut write = self.write().await?;
        let former = load_own(&write, id).await?;
        let updated_at = write.later_than(former.updated_at);
        let mut row = former.into_active_model();
        if let Some(name) = changes.name {
            row.name = Set(checked_name(&name)?);
        }
        if let Some(key) = changes.key {
            check_own_key(&key)?;
            refuse_taken(&write, &key, Some(id)).await?;
            row.key = Set(key);
        }
        if let Some(description) = changes.description {
            row.description = Set(description);
        }
        row.updated_at = Set(updated_at);
        let permission = row.update(write.db()).await?;
        let data = shapes::roles::permission(&permission);
        write.emit("permission.updated", data).await?;
        write.commit().await?;
        Ok(permission)
    }

    /// Deletes one of the application's permissions; roles no longer give it. Emits
    /// `permission.deleted`.
    ///
    /// # Errors
    /// `resource_not_found`, `organization_system_permission_not_modifiable`.
    pub async fn delete_permission(&self, id: &str) -> Result<()> {
        let mut write = self.write().await?;
        load_own(&write, id).await?;
        entity::Entity::delete_by_id(id).exec(write.db()).await?;
        let data = json!({ "object": "permission", "id": id, "deleted": true });
        write.emit("permission.deleted", data).await?;
        write.commit().await
    }
}

/// Features whose name begins with `sys_` are Clerk's.
fn check_own_key(key: &str) -> Result<()> {
    check_key(key, 2)?;
    if !key.starts_with("org:sys_") {
        return Ok(());
    }
    Err(LocalError::form(
        422,
        "form_param_value_invalid",
        "key must not begin with org:sys_, which is reserved for system permissions.",
        "key",
    ))
}

async fn load_own(write: &Write, id: &str) -> Result<Permission> {
    let permission = load(write, id).await?;
    if permission.system {
        return Err(LocalError::api(
            403,
            "organization_system_permission_not_modifiable",
            "This organization permission cannot be modified because it is a system permission.",
        ));
    }
    Ok(permission)
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
