//! Whether a person may make organizations.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::entity;
use crate::{
    error::{LocalError, Result},
    state::{User, Write},
};

/// Refuses an organization to a person whom the backend does not let make (more of) them.
///
/// # Errors
/// 403 `user_create_organization_not_enabled`, `org_creation_limit_exceeded`.
pub(super) async fn refuse_creating(write: &Write, creator: &User) -> Result<()> {
    if creator.settings.create_organization_enabled == Some(false) {
        return Err(LocalError::api(
            403,
            "user_create_organization_not_enabled",
            "The user is not allowed to create organizations.",
        ));
    }
    let limit = creator.settings.create_organizations_limit.unwrap_or(0);
    let limit = u64::try_from(limit).unwrap_or(0);
    if limit == 0 {
        return Ok(());
    }
    let made = entity::Entity::find()
        .filter(entity::Column::CreatedBy.eq(creator.id.as_str()))
        .count(write.db())
        .await?;
    if made < limit {
        return Ok(());
    }
    Err(LocalError::api(
        403,
        "org_creation_limit_exceeded",
        "The user has created as many organizations as allowed.",
    ))
}
