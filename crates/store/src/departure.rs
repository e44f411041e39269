use crate::{
    Inner, MyOrganization, Role, Store, StoreError,
    entities::membership,
    identity, organizations, postgres,
    scope::{Mode, Subject},
};
use clerk::session::Session;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, PaginatorTrait,
    QueryFilter,
};
use std::{fmt, sync::Arc};
use tokio::sync::OwnedMutexGuard;

/// Somebody is about to leave altogether: while this is held, nobody changes the members of an
/// organization that they are an admin of, so that none of them loses its last admin.
///
/// Clerk is asked between [`Store::depart`] and [`Departure::finish`], as in a
/// [`Turn`](crate::Turn).
#[must_use = "what Clerk has deleted goes here by `finish`"]
pub struct Departure {
    inner: Arc<Inner>,
    user: String,
    alone_in: Vec<MyOrganization>,
    _transaction: DatabaseTransaction,
    _turns: Vec<OwnedMutexGuard<()>>,
}

impl Store {
    /// Waits for one's turn in every organization that the session's person is an admin of.
    ///
    /// # Errors
    /// [`StoreError::Busy`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn depart(&self, session: &Session) -> Result<Departure, StoreError> {
        let mut candidates = self.administered(session).await?;
        // In the same order for everybody, so that no two wait for each other.
        candidates.sort_by(|a, b| a.id.as_str().cmp(b.id.as_str()));
        let mut turns = Vec::new();
        for organization in &candidates {
            turns.push(self.inner.turns.wait_for(organization.id.as_str()).await?);
        }
        let user = session.user_id().as_str();
        let transaction = self.inner.begin(Mode::Read, Subject::user(user)).await?;
        let alone_in = without_others(&transaction, user, candidates, true).await?;
        Ok(Departure {
            inner: Arc::clone(&self.inner),
            user: user.to_owned(),
            alone_in,
            _transaction: transaction,
            _turns: turns,
        })
    }

    /// The organizations whose only admin is the session's person, by name: what has to be handed
    /// over or deleted before they can leave altogether.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn sole_admin_of(
        &self,
        session: &Session,
    ) -> Result<Vec<MyOrganization>, StoreError> {
        let candidates = self.administered(session).await?;
        let user = session.user_id().as_str();
        let transaction = self.inner.begin(Mode::Read, Subject::user(user)).await?;
        without_others(&transaction, user, candidates, false).await
    }

    async fn administered(&self, session: &Session) -> Result<Vec<MyOrganization>, StoreError> {
        let user = session.user_id().as_str();
        let transaction = self.inner.begin(Mode::Read, Subject::user(user)).await?;
        let mut mine = organizations::of_user(&transaction, user).await?;
        mine.retain(|organization| organization.role == Role::Admin);
        Ok(mine)
    }
}

impl Departure {
    /// The organizations that would lose their last admin. Who leaves nevertheless leaves them
    /// to nobody.
    pub fn alone_in(&self) -> &[MyOrganization] {
        &self.alone_in
    }

    /// Repeats here that Clerk has deleted the person.
    ///
    /// # Errors
    /// [`StoreError::LastAdmin`] when an organization would lose its last admin;
    /// [`StoreError::Unavailable`] or [`StoreError::Database`]: then the webhook brings it.
    pub async fn finish(self) -> Result<(), StoreError> {
        if !self.alone_in.is_empty() {
            return Err(StoreError::LastAdmin);
        }
        identity::user_ended(&self.inner, &self.user).await
    }
}

/// Those of `organizations` that have no other admin than `user`, as they are once nobody changes
/// them (`lock`), or now.
async fn without_others(
    transaction: &DatabaseTransaction,
    user: &str,
    organizations: Vec<MyOrganization>,
    lock: bool,
) -> Result<Vec<MyOrganization>, StoreError> {
    let mut alone = Vec::new();
    for organization in organizations {
        let id = organization.id.as_str();
        if transaction.get_database_backend() == DbBackend::Postgres {
            let subject = Subject {
                organization: Some(id),
                user: Some(user),
            };
            postgres::act_for(transaction, subject).await?;
            if lock {
                postgres::lock_members(transaction, id).await?;
            }
        }
        let others = membership::Entity::find()
            .filter(membership::Column::OrganizationId.eq(id))
            .filter(membership::Column::Role.eq(Role::ADMIN))
            .filter(membership::Column::UserId.ne(user))
            .count(transaction)
            .await?;
        if others == 0 {
            alone.push(organization);
        }
    }
    Ok(alone)
}

impl fmt::Debug for Departure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Departure")
            .field("user", &self.user)
            .field("alone_in", &self.alone_in)
            .finish_non_exhaustive()
    }
}
