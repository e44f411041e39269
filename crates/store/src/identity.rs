mod events;
mod history;
mod pruning;
mod purge;
mod reconciliation;
mod repairs;
mod roles;
mod rows;
mod sync;
mod told;
mod tombstones;

pub use reconciliation::{Reconciliation, Unseen};
pub use repairs::{Counts, Repairs};
pub(crate) use roles::behind;
pub(crate) use rows::logo;
pub(crate) use told::{
    membership_changed, membership_ended, organization_changed, organization_ended, user_ended,
};

use crate::{
    Inner, StoreError,
    entities::{membership, user},
    scope::{Mode, Subject},
    worker::{Reason, Worker},
};
use clerk::{
    ids::{OrganizationId, UserId},
    models::{OrganizationMembership, Role, User},
    webhooks::Event,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

/// Repeats in the local database what Clerk says about users, organizations and
/// memberships, which change in no other way.
///
/// Clerk promises neither that an event arrives nor in which order, so every row keeps
/// Clerk's own `updated_at` and yields to nothing older; what is deleted leaves a tombstone,
/// so that a late update brings nothing back; and a membership that comes before its user
/// or organization brings enough of both along.
#[derive(Clone, Copy)]
pub struct Identity<'a> {
    inner: &'a Inner,
}

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// It took effect now (which for a late event may be none).
    Fresh,
    /// It had taken effect before; nothing was done.
    Duplicate,
}

impl<'a> Identity<'a> {
    pub(crate) fn new(inner: &'a Inner) -> Self {
        Self { inner }
    }

    /// Applies a verified webhook event. Its effect and the record that it took effect
    /// are one transaction: after an error the same delivery may simply come again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`]; then nothing was recorded.
    pub async fn apply_event(&self, event: &Event) -> Result<Applied, StoreError> {
        events::apply(self.inner, event).await
    }

    /// Takes over what a role gives as read from Clerk's backend API, where the reading began at
    /// `as_of_ms` (unix milliseconds, Clerk's clock), for every member who has it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`]; it may then be done again.
    pub async fn sync_role(&self, role: &Role, as_of_ms: i64) -> Result<(), StoreError> {
        let at = role.updated_at.max(as_of_ms);
        let learned = roles::learn(self.inner, Reason::ClerkReading, role, at).await?;
        let worker = Worker::begin(self.inner, Reason::ClerkReading, Subject::default()).await?;
        roles::follow(&worker, &learned).await?;
        worker.commit().await
    }

    /// Takes over a user as Clerk answered to a change.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`]; then the webhook brings it.
    pub async fn user_changed(&self, user: &User) -> Result<(), StoreError> {
        let subject = Subject::user(user.id.as_str());
        let worker = Worker::begin(self.inner, Reason::ClerkAnswer, subject).await?;
        events::user_told(&worker, user).await?;
        worker.commit().await
    }

    /// Forgets what was kept only for deliveries that may come again, once they can't: 90 days
    /// later. Tells how many rows that were.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`]; then nothing changed.
    pub async fn prune(&self) -> Result<u64, StoreError> {
        pruning::prune(self.inner).await
    }

    /// Whether Clerk has told about this user himself (rather than in passing, through a
    /// membership). If not, [`Identity::sync_user`] is due.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn knows_user(&self, id: &UserId) -> Result<bool, StoreError> {
        let subject = Subject::user(id.as_str());
        let transaction = self.inner.begin(Mode::Read, subject).await?;
        let known = user::Entity::find()
            .filter(user::Column::Id.eq(id.as_str()))
            .filter(user::Column::UpdatedAt.gt(rows::STUB))
            .count(&transaction)
            .await?;
        Ok(known > 0)
    }

    /// Whether the user is a member of the organization as far as is known here. If not,
    /// but a fresh session says so, [`Identity::sync_user`] may know better.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn knows_membership(
        &self,
        user: &UserId,
        organization: &OrganizationId,
    ) -> Result<bool, StoreError> {
        let subject = Subject::user(user.as_str());
        let transaction = self.inner.begin(Mode::Read, subject).await?;
        let known = membership::Entity::find()
            .filter(membership::Column::OrganizationId.eq(organization.as_str()))
            .filter(membership::Column::UserId.eq(user.as_str()))
            .count(&transaction)
            .await?;
        Ok(known > 0)
    }

    /// Takes over a user and *all* his memberships as read from Clerk's backend API, where
    /// the reading began at `as_of_ms` (unix milliseconds, this server's clock). Local
    /// memberships that the reading lacks are removed, unless they are so young that they
    /// may have come after it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`]; then nothing changed.
    pub async fn sync_user(
        &self,
        user: &User,
        memberships: &[OrganizationMembership],
        as_of_ms: i64,
    ) -> Result<(), StoreError> {
        sync::apply(self.inner, user, memberships, as_of_ms).await
    }
}
