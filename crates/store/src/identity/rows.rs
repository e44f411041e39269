//! A row as Clerk tells it, unless it is already known more recently.

use crate::{
    Preferences, StoreError,
    entities::{former_slug, membership, organization, user},
};
use clerk::models::{Organization, OrganizationMembership, PublicUserData, User};
use sea_orm::{
    ActiveValue::Set,
    DatabaseTransaction, EntityTrait,
    sea_query::{Expr, ExprTrait, OnConflict},
};

/// The `updated_at` of a user known only from a membership: older than any word of his own.
pub(super) const STUB: i64 = 0;

/// What became of a word about a row.
pub(super) enum Word<Row> {
    /// It was older than what is known: nothing changed.
    Late,
    /// There was no such row.
    New,
    /// This is what the row was before.
    Over(Row),
}

impl<Row> Word<Row> {
    fn of(before: Option<Row>, written: u64) -> Self {
        match before {
            _ if written == 0 => Self::Late,
            None => Self::New,
            Some(row) => Self::Over(row),
        }
    }
}

/// An organization's slug. An instance may have slugs switched off; URLs then show the id.
pub(super) fn slug(told: &Organization) -> &str {
    told.slug.as_deref().unwrap_or(told.id.as_str())
}

/// The logo that somebody chose. Without one Clerk makes a picture of the name, and so do we.
pub(crate) fn logo(told: &Organization) -> Option<String> {
    told.has_image.then(|| present(&told.image_url)).flatten()
}

pub(super) async fn put_user(
    transaction: &DatabaseTransaction,
    told: &User,
) -> Result<(), StoreError> {
    use user::Column;
    let known = Expr::col((user::Entity, Column::UpdatedAt));
    let likes = Preferences::of_metadata(&told.public_metadata);
    user::Entity::insert(user::ActiveModel {
        id: Set(told.id.as_str().to_owned()),
        email: Set(told
            .primary_email_address()
            .map(|email| email.email_address.clone())),
        first_name: Set(told.first_name.clone()),
        last_name: Set(told.last_name.clone()),
        image_url: Set(present(&told.image_url)),
        created_at: Set(told.created_at),
        updated_at: Set(told.updated_at),
        theme: Set(likes.theme),
        density: Set(likes.density),
        time_zone: Set(likes.time_zone),
    })
    .on_conflict(
        OnConflict::column(Column::Id)
            .update_columns([
                Column::Email,
                Column::FirstName,
                Column::LastName,
                Column::ImageUrl,
                Column::CreatedAt,
                Column::UpdatedAt,
                Column::Theme,
                Column::Density,
                Column::TimeZone,
            ])
            .action_and_where(known.lte(told.updated_at))
            .to_owned(),
    )
    .exec_without_returning(transaction)
    .await?;
    Ok(())
}

/// As much of a user as a membership tells, if nothing at all is known of him.
pub(super) async fn put_user_stub(
    transaction: &DatabaseTransaction,
    told: &PublicUserData,
) -> Result<(), StoreError> {
    user::Entity::insert(user::ActiveModel {
        id: Set(told.user_id.as_str().to_owned()),
        // The identifier may also be a user name or a telephone number.
        email: Set(present(&told.identifier).filter(|identifier| identifier.contains('@'))),
        first_name: Set(told.first_name.clone()),
        last_name: Set(told.last_name.clone()),
        image_url: Set(present(&told.image_url)),
        created_at: Set(STUB),
        updated_at: Set(STUB),
        ..user::ActiveModel::default()
    })
    .on_conflict(OnConflict::column(user::Column::Id).do_nothing().to_owned())
    .exec_without_returning(transaction)
    .await?;
    Ok(())
}

pub(super) async fn put_organization(
    transaction: &DatabaseTransaction,
    told: &Organization,
) -> Result<Word<organization::Model>, StoreError> {
    use organization::Column;
    let known = Expr::col((organization::Entity, Column::UpdatedAt));
    let before = organization::Entity::find_by_id(told.id.as_str())
        .one(transaction)
        .await?;
    let written = organization::Entity::insert(organization::ActiveModel {
        id: Set(told.id.as_str().to_owned()),
        slug: Set(slug(told).to_owned()),
        name: Set(told.name.clone()),
        image_url: Set(logo(told)),
        created_at: Set(told.created_at),
        updated_at: Set(told.updated_at),
        // Whether it is deleted here is not Clerk's to say.
        ..organization::ActiveModel::default()
    })
    .on_conflict(
        OnConflict::column(Column::Id)
            .update_columns([
                Column::Slug,
                Column::Name,
                Column::ImageUrl,
                Column::CreatedAt,
                Column::UpdatedAt,
            ])
            .action_and_where(known.lte(told.updated_at))
            .to_owned(),
    )
    .exec_without_returning(transaction)
    .await?;
    // Whichever of the two words came first: the older one has the former slug.
    let former = before.as_ref().map(|row| match written {
        0 => (slug(told), &*row.slug),
        _ => (&*row.slug, slug(told)),
    });
    if let Some((former, _)) = former.filter(|(former, now)| former != now) {
        put_former_slug(transaction, told.id.as_str(), former).await?;
    }
    Ok(Word::of(before, written))
}

async fn put_former_slug(
    transaction: &DatabaseTransaction,
    organization: &str,
    slug: &str,
) -> Result<(), StoreError> {
    use former_slug::Column;
    former_slug::Entity::insert(former_slug::ActiveModel {
        organization_id: Set(organization.to_owned()),
        slug: Set(slug.to_owned()),
    })
    .on_conflict(
        OnConflict::columns([Column::OrganizationId, Column::Slug])
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(transaction)
    .await?;
    Ok(())
}

/// Someone who leaves and joins again gets a new membership with a new id: the younger one
/// stays. `permissions` are what it gives, as a row has them.
pub(super) async fn put_membership(
    transaction: &DatabaseTransaction,
    told: &OrganizationMembership,
    permissions: &str,
) -> Result<Word<membership::Model>, StoreError> {
    use membership::Column;
    let (organization, user) = (
        told.organization.id.as_str(),
        told.public_user_data.user_id.as_str(),
    );
    let known = Expr::col((membership::Entity, Column::UpdatedAt));
    let before = membership::Entity::find_by_id((organization.to_owned(), user.to_owned()))
        .one(transaction)
        .await?;
    let written = membership::Entity::insert(membership::ActiveModel {
        organization_id: Set(organization.to_owned()),
        user_id: Set(user.to_owned()),
        id: Set(told.id.as_str().to_owned()),
        role: Set(told.role.clone()),
        permissions: Set(permissions.to_owned()),
        created_at: Set(told.created_at),
        updated_at: Set(told.updated_at),
    })
    .on_conflict(
        OnConflict::columns([Column::OrganizationId, Column::UserId])
            .update_columns([
                Column::Id,
                Column::Role,
                Column::Permissions,
                Column::CreatedAt,
                Column::UpdatedAt,
            ])
            .action_and_where(known.lte(told.updated_at))
            .to_owned(),
    )
    .exec_without_returning(transaction)
    .await?;
    Ok(Word::of(before, written))
}

/// Clerk's text, unless it is empty.
fn present(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
