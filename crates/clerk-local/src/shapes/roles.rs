//! Roles and permissions, the same in both APIs.

use serde_json::{Value, json};

use crate::state::{Permission, Role};

/// `Role` with its permissions.
pub fn role(role: &Role) -> Value {
    let permissions: Vec<Value> = role.permissions.iter().map(permission).collect();
    json!({
        "object": "role",
        "id": role.id,
        "key": role.key,
        "name": role.name,
        "description": role.description,
        "is_creator_eligible": role.is_creator_eligible(),
        "permissions": permissions,
        "created_at": role.created_at,
        "updated_at": role.updated_at,
    })
}

/// `Permission`.
pub fn permission(permission: &Permission) -> Value {
    json!({
        "object": "permission",
        "id": permission.id,
        "key": permission.key,
        "name": permission.name,
        "description": permission.description,
        "type": if permission.system { "system" } else { "user" },
        "created_at": permission.created_at,
        "updated_at": permission.updated_at,
    })
}
