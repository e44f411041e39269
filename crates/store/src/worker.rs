use crate::{
    Inner, Signals, StoreError, postgres,
    scope::{Mode, Subject},
};
use clerk::clock::SharedClock;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};
use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::OwnedMutexGuard;

/// Why work is done that no signed-in person asked for: the whole list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason<'a> {
    /// A webhook's event is applied; the id is its delivery's.
    ClerkEvent { id: &'a str },
    /// What the backend API answered about one user is taken over.
    ClerkReading,
    /// What the backend API answered to a change is taken over.
    ClerkAnswer,
    /// An organization is deleted, brought back, or purged; or says what it demands of sessions.
    Lifecycle,
    /// The local copy is compared with all that Clerk has.
    Reconciliation,
    /// What is no longer needed to keep events in order is removed.
    Pruning,
}

impl Reason<'_> {
    /// Whether it repeats what Clerk says without having been asked. Somebody may be waiting for
    /// Clerk's answer to the very same change; then it is theirs, and so is its audit entry.
    fn waits_for_turns(self) -> bool {
        match self {
            Self::ClerkEvent { .. } | Self::Reconciliation => true,
            // A reading is of several organizations, and somebody waits for it.
            Self::ClerkReading | Self::ClerkAnswer | Self::Lifecycle | Self::Pruning => false,
        }
    }
}

impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClerkEvent { id } => write!(f, "Clerk's event {id}"),
            Self::ClerkReading => f.write_str("a reading from Clerk"),
            Self::ClerkAnswer => f.write_str("an answer of Clerk's"),
            Self::Lifecycle => f.write_str("an organization's deletion"),
            Self::Reconciliation => f.write_str("a reconciliation with Clerk"),
            Self::Pruning => f.write_str("old deliveries are forgotten"),
        }
    }
}

/// A write transaction in the background, on behalf of the organization and the user it
/// names: on PostgreSQL it runs as the worker's role and sees their rows alone.
pub(crate) struct Worker {
    transaction: DatabaseTransaction,
    clock: SharedClock,
    signals: Arc<dyn Signals>,
    /// The organizations that it acts, or acted, for.
    organizations: Mutex<BTreeSet<String>>,
    _alone: Option<OwnedMutexGuard<()>>,
}

impl Worker {
    /// Begins on behalf of `subject`, and logs that and why.
    pub(crate) async fn begin(
        inner: &Inner,
        reason: Reason<'_>,
        subject: Subject<'_>,
    ) -> Result<Self, StoreError> {
        tracing::info!(
            %reason,
            organization = subject.organization,
            user = subject.user,
            "background work begins"
        );
        let organization = subject.organization.filter(|_| reason.waits_for_turns());
        let alone = match organization {
            // Before a connection is taken: who has the turn needs one, too.
            Some(organization) => Some(inner.turns.wait_for(organization).await?),
            None => None,
        };
        let transaction = inner.begin_worker(Mode::Write, subject).await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            if let Some(organization) = organization {
                postgres::lock_members(&transaction, organization).await?;
            }
            postgres::lock_identity(&transaction).await?;
        }
        let worker = Self {
            transaction,
            clock: inner.clock.clone(),
            signals: Arc::clone(&inner.signals),
            organizations: Mutex::default(),
            _alone: alone,
        };
        worker.note(subject);
        Ok(worker)
    }

    /// Acts for `subject` from here on: one reading is about several organizations.
    pub(crate) async fn act_for(&self, subject: Subject<'_>) -> Result<(), StoreError> {
        if self.transaction.get_database_backend() == DbBackend::Postgres {
            postgres::act_for(&self.transaction, subject).await?;
        }
        self.note(subject);
        Ok(())
    }

    /// The organization is told of what is committed.
    fn note(&self, subject: Subject<'_>) {
        if let Some(organization) = subject.organization {
            let organizations = self.organizations.lock();
            let mut organizations = organizations.unwrap_or_else(PoisonError::into_inner);
            organizations.insert(organization.to_owned());
        }
    }

    /// The time, in unix milliseconds.
    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    pub(crate) fn transaction(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.transaction.commit().await?;
        let organizations = self.organizations.into_inner();
        for organization in organizations.unwrap_or_else(PoisonError::into_inner) {
            self.signals.committed(&organization);
        }
        Ok(())
    }
}
