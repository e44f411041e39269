//! [`Unit`]: several operations that become true together, or not at all.

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use clerk::clock::Clock;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
    prelude::async_trait::async_trait,
};
use tokio::sync::OwnedMutexGuard;

use super::{Inner, State};
use crate::error::{LocalError, Result};

/// Operations of a [`State`] that are one transaction: each of them that fails is undone alone, and
/// dropping the unit without [`Unit::commit`] undoes them all, as does the end of the process.
///
/// Dereferences to the state in which they happen. While it lives nobody else writes, so nothing slow
/// belongs inside, and nothing may be written through another state meanwhile: it would wait for ever.
#[must_use]
pub struct Unit(State);

impl Deref for Unit {
    type Target = State;

    fn deref(&self) -> &State {
        &self.0
    }
}

impl State {
    /// Begins a unit; inside of another one, a part of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unit(&self) -> Result<Unit> {
        let part = self.open_part().await?;
        Ok(Unit(State {
            place: Place::Part(Arc::new(part)),
            inner: Arc::clone(&self.inner),
        }))
    }

    /// Begins a transaction, or, inside of a unit, a part of its transaction.
    pub(super) async fn open_part(&self) -> Result<Part> {
        self.instance().signing_key.made().await?;
        self.open_part_at_once().await
    }

    /// The same where no signing key is needed.
    pub(super) async fn open_part_at_once(&self) -> Result<Part> {
        let (tx, now, whole, turn) = match &self.place {
            Place::Part(whole) => {
                let tx = whole.tx.begin().await?;
                (tx, whole.now, Some(Arc::clone(whole)), None)
            }
            Place::Pool(pool) => {
                let turn = Arc::clone(&self.inner.writer).lock_owned().await;
                let options = TransactionOptions {
                    // A second process (say, a seed run beside a server) waits here, not at its commit.
                    sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                    ..Default::default()
                };
                let tx = pool.begin_with_options(options).await?;
                (tx, self.inner.clock.now_ms(), None, Some(turn))
            }
        };
        Ok(Part {
            tx,
            now,
            events: AtomicBool::new(false),
            mails: AtomicBool::new(false),
            whole,
            _turn: turn,
        })
    }
}

impl Unit {
    /// Makes everything that happened in the unit true, and rings for the events and mails.
    ///
    /// # Errors
    /// When the database fails, upon which nothing has happened.
    pub async fn commit(self) -> Result<()> {
        let State { place, inner } = self.0;
        let part = match place {
            Place::Part(part) => Arc::into_inner(part),
            Place::Pool(_) => None,
        };
        let still_used = || LocalError::Invalid("a unit was committed while in use".to_owned());
        part.ok_or_else(still_used)?.commit(&inner).await
    }
}

/// A transaction, or a part of one that can be undone alone.
pub(super) struct Part {
    // Dropped in this order: first the transaction ends, then the next writer has its turn.
    pub(super) tx: DatabaseTransaction,
    whole: Option<Arc<Part>>,
    _turn: Option<OwnedMutexGuard<()>>,
    /// The time of every row it writes.
    pub(super) now: i64,
    /// Whether events were stored.
    events: AtomicBool,
    /// Whether mails were stored.
    mails: AtomicBool,
}

impl Part {
    pub(super) fn note_event(&self) {
        self.events.store(true, Ordering::Relaxed);
    }

    pub(super) fn note_mail(&self) {
        self.mails.store(true, Ordering::Relaxed);
    }

    /// Ends it. Of a part, the whole rings once it is committed itself.
    pub(super) async fn commit(self, inner: &Inner) -> Result<()> {
        self.tx.commit().await?;
        let (events, mails) = (self.events.into_inner(), self.mails.into_inner());
        match &self.whole {
            Some(whole) => {
                whole.events.fetch_or(events, Ordering::Relaxed);
                whole.mails.fetch_or(mails, Ordering::Relaxed);
            }
            None => {
                if events {
                    inner.deliveries.notify_one();
                }
                if mails {
                    inner.mails_waiting.notify_one();
                }
            }
        }
        Ok(())
    }
}

/// Where a [`State`] reads and writes.
#[derive(Clone)]
pub(super) enum Place {
    /// Reads anywhere, writes in a transaction of its own.
    Pool(DatabaseConnection),
    /// All inside of a unit.
    Part(Arc<Part>),
}

#[async_trait]
impl ConnectionTrait for Place {
    fn get_database_backend(&self) -> DbBackend {
        DbBackend::Sqlite
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Pool(pool) => pool.execute_raw(statement).await,
            Self::Part(part) => part.tx.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Pool(pool) => pool.execute_unprepared(sql).await,
            Self::Part(part) => part.tx.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Pool(pool) => pool.query_one_raw(statement).await,
            Self::Part(part) => part.tx.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Pool(pool) => pool.query_all_raw(statement).await,
            Self::Part(part) => part.tx.query_all_raw(statement).await,
        }
    }
}
