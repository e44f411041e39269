//! Reading roles with their permissions.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{Role, entity};
use crate::{
    error::{LocalError, Result},
    state::{
        Permission, State, Write,
        entities::{permission, role_permission},
    },
};

impl State {
    /// One role.
    pub async fn role(&self, id: &str) -> Result<Option<Role>> {
        let row = entity::Entity::find_by_id(id).one(self.db()).await?;
        let rows = row.into_iter().collect();
        Ok(with_permissions(self.db(), rows).await?.pop())
    }
}

/// A role as this transaction sees it.
pub(super) async fn load(write: &Write, id: &str) -> Result<Role> {
    let row = entity::Entity::find_by_id(id).one(write.db()).await?;
    let rows = row.into_iter().collect();
    let mut found = with_permissions(write.db(), rows).await?;
    found.pop().ok_or_else(role_not_found)
}

/// 404 for a role's id that is not there.
fn role_not_found() -> LocalError {
    LocalError::api(404, "resource_not_found", "Organization role not found")
}

/// The role that a form names by its key.
///
/// # Errors
/// 404 `resource_not_found` (`role`) when there is none.
pub(in crate::state) async fn named(db: &impl ConnectionTrait, key: &str) -> Result<Role> {
    by_keys(db, [key]).await?.remove(key).ok_or_else(|| {
        LocalError::form(
            404,
            "resource_not_found",
            "Organization role not found",
            "role",
        )
    })
}

/// Roles by key.
pub(in crate::state) async fn by_keys(
    db: &impl ConnectionTrait,
    keys: impl IntoIterator<Item = &str>,
) -> Result<HashMap<String, Role>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Key.is_in(keys))
        .all(db)
        .await?;
    let roles = with_permissions(db, rows).await?;
    Ok(roles
        .into_iter()
        .map(|role| (role.key.clone(), role))
        .collect())
}

/// The keys of all roles whose members can run an organization.
pub(in crate::state) async fn creator_eligible_keys(
    db: &impl ConnectionTrait,
) -> Result<Vec<String>> {
    let rows = entity::Entity::find().all(db).await?;
    let roles = with_permissions(db, rows).await?;
    Ok(roles
        .into_iter()
        .filter(Role::is_creator_eligible)
        .map(|role| role.row.key)
        .collect())
}

/// Roles with their permissions, in the order of the rows.
pub(super) async fn with_permissions(
    db: &impl ConnectionTrait,
    rows: Vec<entity::Model>,
) -> Result<Vec<Role>> {
    let links = role_permission::Entity::find()
        .filter(role_permission::Column::RoleId.is_in(rows.iter().map(|row| row.id.as_str())))
        .all(db)
        .await?;
    let ids = links.iter().map(|link| link.permission_id.as_str());
    let permissions = permission::Entity::find()
        .filter(permission::Column::Id.is_in(ids))
        .order_by_asc(permission::Column::Key)
        .all(db)
        .await?;
    let given = |role: &entity::Model| -> Vec<Permission> {
        let gives = |permission: &&Permission| {
            links
                .iter()
                .any(|link| link.role_id == role.id && link.permission_id == permission.id)
        };
        permissions.iter().filter(gives).cloned().collect()
    };
    Ok(rows
        .into_iter()
        .map(|row| Role {
            permissions: given(&row),
            row,
        })
        .collect())
}
