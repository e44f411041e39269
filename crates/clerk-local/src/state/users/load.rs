//! Reading people with their email addresses and further factors.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{EmailAddress, User, addresses::of_addresses, email_address, entity, settings};
use crate::{
    error::{LocalError, Result},
    state::{Write, external_accounts, factors, images, lockouts, search::inserted},
};

/// The person as this transaction sees it.
pub(in crate::state) async fn load(write: &Write, id: &str) -> Result<User> {
    by_ids(write.db(), &[id.to_owned()])
        .await?
        .remove(id)
        .ok_or_else(LocalError::not_found)
}

/// People by id.
pub(in crate::state) async fn by_ids(
    db: &impl ConnectionTrait,
    ids: &[String],
) -> Result<HashMap<String, User>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Id.is_in(ids.iter().map(String::as_str)))
        .all(db)
        .await?;
    let users = complete(db, rows).await?;
    Ok(users
        .into_iter()
        .map(|user| (user.id.clone(), user))
        .collect())
}

/// People with all that belongs to them, in the order of the rows; a fixed number of queries.
pub(super) async fn complete(
    db: &impl ConnectionTrait,
    rows: Vec<entity::Model>,
) -> Result<Vec<User>> {
    let addresses = email_address::Entity::find()
        .filter(email_address::Column::UserId.is_in(rows.iter().map(|row| row.id.as_str())))
        .order_by_asc(email_address::Column::CreatedAt)
        .order_by_asc(inserted::<email_address::Entity>())
        .all(db)
        .await?;
    let mut proofs = of_addresses(db, &addresses).await?;
    let mut of_user: HashMap<String, Vec<EmailAddress>> = HashMap::new();
    for mut address in addresses {
        address.proof = proofs.remove(&address.id);
        of_user
            .entry(address.user_id.clone())
            .or_default()
            .push(address);
    }
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let mut factors = factors::of_users(db, &ids).await?;
    let mut pictures = images::of_owners(db, rows.iter().map(|row| row.id.as_str())).await?;
    let mut settings = settings::of_users(db, &rows).await?;
    let mut accounts = external_accounts::of_users(db, &ids).await?;
    let lockouts = lockouts::of_users(db, rows.iter().map(|row| row.id.as_str())).await?;
    Ok(rows
        .into_iter()
        .map(|row| User {
            settings: settings.remove(&row.id).unwrap_or_default(),
            external_accounts: accounts.remove(&row.id).unwrap_or_default(),
            image_id: pictures.remove(&row.id),
            lockout: lockouts.get(&row.id).copied().unwrap_or_default(),
            email_addresses: of_user.remove(&row.id).unwrap_or_default(),
            factors: factors.remove(&row.id).unwrap_or_default(),
            row,
        })
        .collect())
}
