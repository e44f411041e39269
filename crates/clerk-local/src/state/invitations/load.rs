//! Reading invitations with those they name.

use sea_orm::{ConnectionTrait, EntityTrait};

use super::{Invitation, entity};
use crate::{
    error::{LocalError, Result},
    state::{State, Write, organizations, roles, users},
};

impl State {
    /// One invitation, whatever its state.
    pub async fn invitation(&self, id: &str) -> Result<Option<Invitation>> {
        let row = entity::Entity::find_by_id(id).one(self.db()).await?;
        let rows = row.into_iter().collect();
        Ok(with_named(self.db(), self.now_ms(), rows).await?.pop())
    }
}

/// An invitation as this transaction sees it.
pub(super) async fn load(write: &Write, id: &str) -> Result<Invitation> {
    let row = entity::Entity::find_by_id(id).one(write.db()).await?;
    let rows = row.into_iter().collect();
    with_named(write.db(), write.now, rows)
        .await?
        .pop()
        .ok_or_else(LocalError::not_found)
}

/// Invitations with those they name as of a time, in the order of the rows.
pub(super) async fn with_named(
    db: &impl ConnectionTrait,
    now: i64,
    rows: Vec<entity::Model>,
) -> Result<Vec<Invitation>> {
    let of = |pick: fn(&entity::Model) -> &Option<String>| -> Vec<String> {
        rows.iter().filter_map(|row| pick(row).clone()).collect()
    };
    let organizations = organizations::by_ids(db, now, &of(|row| &row.organization_id)).await?;
    let keys = rows.iter().filter_map(|row| row.role.as_deref());
    let roles = roles::by_keys(db, keys).await?;
    let inviters = users::by_ids(db, &of(|row| &row.inviter_id)).await?;
    Ok(rows
        .into_iter()
        .map(|row| Invitation {
            organization: (row.organization_id.as_ref())
                .and_then(|id| organizations.get(id))
                .cloned(),
            inviter: (row.inviter_id.as_ref())
                .and_then(|id| inviters.get(id))
                .cloned(),
            assigned: (row.role.as_ref()).and_then(|key| roles.get(key)).cloned(),
            row,
        })
        .collect())
}
