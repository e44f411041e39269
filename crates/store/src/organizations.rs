mod lifecycle;
mod security;

pub use lifecycle::{DeletedOrganization, Purge};
pub use security::SecurityPolicy;
pub(crate) use security::set_security;

pub(crate) use lifecycle::{deleted_of_user, mark_deleted, restore};

use crate::{
    Grants, MembershipView, Permissions, Preferences, Role, StoreError,
    entities::{audit_head, former_slug, membership, organization, user},
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

/// What a scope is made of, in one row.
pub(crate) struct Entered {
    pub(crate) organization: OrganizationView,
    pub(crate) membership: MembershipView,
    pub(crate) security: SecurityPolicy,
    pub(crate) preferences: Preferences,
    /// The number of the organization's newest change; 0 if there was none.
    pub(crate) seq: i64,
}

/// The organization with this slug and the user's membership of it. `None` when either is
/// missing.
pub(crate) async fn entered(
    transaction: &DatabaseTransaction,
    user: &str,
    slug: &str,
) -> Result<Option<Entered>, DbErr> {
    let head = membership::Entity::belongs_to(audit_head::Entity)
        .from(membership::Column::OrganizationId)
        .to(audit_head::Column::OrganizationId)
        .into();
    let row = joined(user)
        .column_as(
            organization::Column::SecondFactorSince,
            "second_factor_since",
        )
        .column_as(organization::Column::SignInHours, "sign_in_hours")
        .column_as(user::Column::Theme, "theme")
        .column_as(user::Column::Density, "density")
        .column_as(user::Column::TimeZone, "time_zone")
        .join(JoinType::LeftJoin, membership::Relation::User.def())
        .column_as(audit_head::Column::Seq, "seq")
        .join(JoinType::LeftJoin, head)
        .filter(organization::Column::Slug.eq(slug))
        .filter(organization::Column::DeletedAt.is_null())
        // Two rows only while a slug is changing hands: the younger word holds.
        .order_by_desc(organization::Column::UpdatedAt)
        .limit(1)
        .into_model::<EnteredRow>()
        .one(transaction)
        .await?;
    Ok(row.map(|row| row.entered(user)))
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

#[derive(FromQueryResult)]
struct EnteredRow {
    #[sea_orm(nested)]
    row: Row,
    #[sea_orm(nested)]
    preferences: Preferences,
    second_factor_since: Option<i64>,
    sign_in_hours: Option<i64>,
    seq: Option<i64>,
}

impl EnteredRow {
    fn entered(self, user: &str) -> Entered {
        let (organization, membership) = self.row.into_views(user);
        // A number of hours that is none of ours demands a sign-in at once.
        let hours = |hours| u32::try_from(hours).unwrap_or(0);
        Entered {
            organization,
            membership,
            security: SecurityPolicy {
                second_factor: self.second_factor_since.is_some(),
                sign_in_hours: self.sign_in_hours.map(hours),
            },
            preferences: self.preferences,
            seq: self.seq.unwrap_or_default(),
        }
    }
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
