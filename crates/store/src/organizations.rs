mod entering;
mod lifecycle;
mod security;

pub use lifecycle::{DeletedOrganization, Purge};
pub use security::SecurityPolicy;
pub(crate) use security::set_security;

pub(crate) use entering::entered;
pub(crate) use lifecycle::{deleted_of_user, mark_deleted, restore};

use crate::{
    Grants, MembershipView, Permissions, Role, StoreError,
    entities::{former_slug, membership, organization},
};
use clerk::ids::{OrganizationId, UserId};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, RelationTrait, Select,
};

/// The organization that a scope is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationView {
    /// Clerk's id.
    pub id: OrganizationId,
    /// The slug in URLs. An organization without one goes by its id.
    pub slug: String,
    /// The name to show.
    pub name: String,
    /// Where its logo is, if somebody chose one.
    pub logo_url: Option<String>,
}

/// An organization that the signed-in user is a member of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyOrganization {
    /// Clerk's id.
    pub id: OrganizationId,
    /// The slug in URLs. An organization without one goes by its id.
    pub slug: String,
    /// The name to show.
    pub name: String,
    /// Where its logo is, if somebody chose one.
    pub logo_url: Option<String>,
    /// The user's role there.
    pub role: Role,
}

/// The slug of today of the organization that once had this one, if the user is a member of it. Of
/// several the one that changed last.
pub(crate) async fn moved_to(
    transaction: &DatabaseTransaction,
    user: &str,
    slug: &str,
) -> Result<Option<String>, DbErr> {
    let once = former_slug::Entity::find()
        .select_only()
        .column(former_slug::Column::OrganizationId)
        .filter(former_slug::Column::Slug.eq(slug))
        .into_query();
    let row = joined(user)
        .filter(organization::Column::Id.in_subquery(once))
        .filter(organization::Column::Slug.ne(slug))
        .filter(organization::Column::DeletedAt.is_null())
        .order_by_desc(organization::Column::UpdatedAt)
        .limit(1)
        .into_model::<Row>()
        .one(transaction)
        .await?;
    Ok(row.map(|row| row.slug))
}

/// Every organization of the user, by name.
pub(crate) async fn of_user(
    transaction: &DatabaseTransaction,
    user: &str,
) -> Result<Vec<MyOrganization>, StoreError> {
    let rows = joined(user)
        .filter(organization::Column::DeletedAt.is_null())
        .order_by_asc(organization::Column::Name)
        .order_by_asc(organization::Column::Id)
        .into_model::<Row>()
        .all(transaction)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| MyOrganization {
            id: OrganizationId::new(row.id),
            slug: row.slug,
            name: row.name,
            logo_url: row.image_url,
            role: Role::parse(&row.role),
        })
        .collect())
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    slug: String,
    name: String,
    image_url: Option<String>,
    role: String,
    permissions: String,
}

impl Row {
    fn into_views(self, user: &str) -> (OrganizationView, MembershipView) {
        let membership = MembershipView {
            user_id: UserId::new(user),
            grants: Grants::new(&self.role, Permissions::of_row(self.permissions)),
        };
        let organization = OrganizationView {
            id: OrganizationId::new(self.id),
            slug: self.slug,
            name: self.name,
            logo_url: self.image_url,
        };
        (organization, membership)
    }
}

fn joined(user: &str) -> Select<membership::Entity> {
    membership::Entity::find()
        .select_only()
        .column_as(organization::Column::Id, "id")
        .column_as(organization::Column::Slug, "slug")
        .column_as(organization::Column::Name, "name")
        .column_as(organization::Column::ImageUrl, "image_url")
        .column_as(membership::Column::Role, "role")
        .column_as(membership::Column::Permissions, "permissions")
        .join(
            JoinType::InnerJoin,
            membership::Relation::Organization.def(),
        )
        .filter(membership::Column::UserId.eq(user))
}
