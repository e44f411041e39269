//! Whose an address is.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    error::Result,
    state::{
        EmailAddress,
        entities::{email_address, user},
        search::inserted,
    },
};

/// Who has the address of this lookup key: the person who verified it, else the one whose primary
/// address it is. An address that somebody merely added keeps nobody from signing up with it.
pub(in crate::state) async fn holder(
    db: &impl ConnectionTrait,
    lookup_key: &str,
) -> Result<Option<EmailAddress>> {
    let found = email_address::Entity::find()
        .filter(email_address::Column::LookupKey.eq(lookup_key))
        .order_by_desc(email_address::Column::Verified)
        .order_by_asc(email_address::Column::CreatedAt)
        .order_by_asc(inserted::<email_address::Entity>())
        .all(db)
        .await?;
    for address in found {
        if address.verified || is_primary(db, &address).await? {
            return Ok(Some(address));
        }
    }
    Ok(None)
}

/// Whether somebody has the address of this lookup key.
pub(in crate::state) async fn address_taken(
    db: &impl ConnectionTrait,
    lookup_key: &str,
) -> Result<bool> {
    Ok(holder(db, lookup_key).await?.is_some())
}

async fn is_primary(db: &impl ConnectionTrait, address: &EmailAddress) -> Result<bool> {
    let owner = user::Entity::find_by_id(address.user_id.as_str())
        .one(db)
        .await?;
    Ok(owner.is_some_and(|owner| owner.primary_email_address_id.as_ref() == Some(&address.id)))
}
