//! Clerk's system permissions and its two default roles.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, DatabaseConnection, EntityTrait, PaginatorTrait,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use super::{ADMIN, MEMBER, entity};
use crate::{
    error::Result,
    state::{
        entities::{permission, role_permission},
        ids,
        permissions::{READ_BILLING, READ_MEMBERS, SYSTEM},
    },
};

/// Writes them into a file that has no roles yet; no event tells of it.
pub(in crate::state) async fn seed(db: &DatabaseConnection, now: i64) -> Result<()> {
    if entity::Entity::find().count(db).await? > 0 {
        return Ok(());
    }
    let tx = db
        .begin_with_options(TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        })
        .await?;
    // Two processes may open a fresh file at once.
    if entity::Entity::find().count(&tx).await? > 0 {
        return Ok(());
    }
    let mut permissions = Vec::with_capacity(SYSTEM.len());
    for (key, name) in SYSTEM {
        let row = permission::ActiveModel {
            id: Set(ids::prefixed("perm")),
            key: Set((*key).to_owned()),
            name: Set((*name).to_owned()),
            description: Set(String::new()),
            system: Set(true),
            created_at: Set(now),
            updated_at: Set(now),
        };
        permissions.push(row.insert(&tx).await?);
    }
    let of_members = |key: &str| [READ_MEMBERS, READ_BILLING].contains(&key);
    for (key, name, description) in [
        (ADMIN, "Admin", "Role with elevated permissions"),
        (MEMBER, "Member", "Role with non-privileged permissions"),
    ] {
        let row = entity::ActiveModel {
            id: Set(ids::prefixed("role")),
            key: Set(key.to_owned()),
            name: Set(name.to_owned()),
            description: Set(description.to_owned()),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let role = row.insert(&tx).await?;
        let given = permissions
            .iter()
            .filter(|permission| key == ADMIN || of_members(&permission.key))
            .map(|permission| role_permission::ActiveModel {
                role_id: Set(role.id.clone()),
                permission_id: Set(permission.id.clone()),
            });
        role_permission::Entity::insert_many(given)
            .exec_without_returning(&tx)
            .await?;
    }
    tx.commit().await?;
    Ok(())
}
