use crate::{
    Inner, StoreError,
    entities::{membership, organization, role, user},
    identity::behind,
    scope::{Mode, Subject},
};
use clerk::ids::{MembershipId, OrganizationId, UserId};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// Which organizations, users and memberships the local database has and how recent each is,
/// and nothing else: what comparing it with Clerk takes. Made by
/// [`Store::survey`](crate::Store::survey).
///
/// Each list comes in pages of up to [`Survey::PAGE`] rows, ordered by id; the next page
/// begins after the last row of the one before, and an empty page is the end. Each page is a
/// read-only transaction of its own; on PostgreSQL it runs as the worker's role, and row-level
/// security lets it see everybody's rows because it can't write.
#[derive(Clone, Copy)]
pub struct Survey<'a> {
    inner: &'a Inner,
}

/// A local row that repeats something of Clerk's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<Id> {
    /// Clerk's id.
    pub id: Id,
    /// Clerk's `updated_at` as last told, in unix milliseconds. 0 for a user known only from a
    /// membership.
    pub updated_at: i64,
}

/// A local membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownMembership {
    /// Clerk's id of the membership.
    pub id: MembershipId,
    /// Of which organization.
    pub organization_id: OrganizationId,
    /// Whose.
    pub user_id: UserId,
    /// Clerk's `updated_at` as last told, in unix milliseconds.
    pub updated_at: i64,
}

impl<'a> Survey<'a> {
    /// Rows in a page, at most.
    pub const PAGE: u64 = 500;

    pub(crate) fn new(inner: &'a Inner) -> Self {
        Self { inner }
    }

    /// Up to [`Survey::PAGE`] organizations that are to be purged at `now` (unix milliseconds).
    pub(crate) async fn purgeable(&self, now: i64) -> Result<Vec<OrganizationId>, StoreError> {
        use organization::Column;
        let ids: Vec<String> = organization::Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::PurgeAt.lte(now))
            .order_by_asc(Column::Id)
            .limit(Self::PAGE)
            .into_tuple()
            .all(&self.look().await?)
            .await?;
        Ok(ids.into_iter().map(OrganizationId::new).collect())
    }

    /// The organizations where somebody has this role with other permissions than it gives now.
    pub(crate) async fn organizations_behind(
        &self,
        role: &role::Model,
    ) -> Result<Vec<String>, StoreError> {
        Ok(membership::Entity::find()
            .select_only()
            .column(membership::Column::OrganizationId)
            .distinct()
            .filter(behind(role))
            .order_by_asc(membership::Column::OrganizationId)
            .into_tuple()
            .all(&self.look().await?)
            .await?)
    }

    /// A page of organizations.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn organizations(
        &self,
        after: Option<&OrganizationId>,
    ) -> Result<Vec<Known<OrganizationId>>, StoreError> {
        use organization::{Column, Entity};
        let after = after.map(OrganizationId::as_str);
        let rows = self.known::<Entity>([Column::Id, Column::UpdatedAt], after);
        Ok(known(rows.await?, OrganizationId::new))
    }

    /// A page of users.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn users(&self, after: Option<&UserId>) -> Result<Vec<Known<UserId>>, StoreError> {
        use user::{Column, Entity};
        let after = after.map(UserId::as_str);
        let rows = self.known::<Entity>([Column::Id, Column::UpdatedAt], after);
        Ok(known(rows.await?, UserId::new))
    }

    /// A page of memberships, ordered by organization and user.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn memberships(
        &self,
        after: Option<(&OrganizationId, &UserId)>,
    ) -> Result<Vec<KnownMembership>, StoreError> {
        use membership::Column;
        let mut query = membership::Entity::find()
            .order_by_asc(Column::OrganizationId)
            .order_by_asc(Column::UserId)
            .limit(Self::PAGE);
        if let Some((organization, user)) = after {
            let (organization, user) = (organization.as_str(), user.as_str());
            query = query.filter(
                Condition::any()
                    .add(Column::OrganizationId.gt(organization))
                    .add(
                        Condition::all()
                            .add(Column::OrganizationId.eq(organization))
                            .add(Column::UserId.gt(user)),
                    ),
            );
        }
        let rows = query.all(&self.look().await?).await?;
        Ok(rows
            .into_iter()
            .map(|row| KnownMembership {
                id: MembershipId::new(row.id),
                organization_id: OrganizationId::new(row.organization_id),
                user_id: UserId::new(row.user_id),
                updated_at: row.updated_at,
            })
            .collect())
    }

    /// The next rows by the first of the two columns, which is the id; the other is the time.
    async fn known<E: EntityTrait>(
        &self,
        [id, updated_at]: [E::Column; 2],
        after: Option<&str>,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let mut query = E::find()
            .select_only()
            .columns([id, updated_at])
            .order_by_asc(id)
            .limit(Self::PAGE);
        if let Some(after) = after {
            query = query.filter(id.gt(after));
        }
        Ok(query.into_tuple().all(&self.look().await?).await?)
    }

    async fn look(&self) -> Result<DatabaseTransaction, StoreError> {
        let nobody = Subject::default();
        Ok(self.inner.begin_worker(Mode::Read, nobody).await?)
    }
}

fn known<Id>(rows: Vec<(String, i64)>, id_of: impl Fn(String) -> Id) -> Vec<Known<Id>> {
    rows.into_iter()
        .map(|(id, updated_at)| Known {
            id: id_of(id),
            updated_at,
        })
        .collect()
}
