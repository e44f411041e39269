use crate::{Action, Current};
use clerk::ids::OrganizationId;
use sea_orm::{DbErr, RuntimeErr, SqlxError};
use std::path::PathBuf;

/// Why the store did not do what it was asked. No message holds a password or content.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing of that name is visible to this user, whether or not it exists.
    #[error("not found")]
    NotFound,
    /// The user is a member of the organization in the URL, but another one is active in
    /// the session: switch, then ask again.
    #[error("the session's active organization is another one")]
    OrganizationMismatch {
        /// The organization of the URL, to switch to.
        organization: OrganizationId,
    },
    /// The user is a member of the organization in the URL, but none is active in the
    /// session: activate it, then ask again.
    #[error("the session has no active organization")]
    NoActiveOrganization {
        /// The organization of the URL, to activate.
        organization: OrganizationId,
    },
    /// The member's role and permissions do not allow the action.
    #[error("the role does not allow {action:?}")]
    Forbidden {
        /// What was tried.
        action: Action,
    },
    /// The organization wants two-step verification, and the session has shown one factor only.
    #[error("the organization wants a second factor")]
    SecondFactorNeeded,
    /// The organization wants a sign-in that is younger than the session's.
    #[error("the organization wants a sign-in of the last {hours} hours")]
    SignInTooOld {
        /// For how many hours a sign-in is good there.
        hours: u32,
    },
    /// More would be given, or taken from somebody who holds more, than one holds oneself.
    #[error("the role goes beyond one's own")]
    AboveOneself,
    /// The organization would be left without an admin.
    #[error("the organization would lose its last admin")]
    LastAdmin,
    /// Others who change the same take too long; trying again may help.
    #[error("others are changing the same")]
    Busy,
    /// Somebody else was faster: what was to be changed is no longer what was seen. Nothing was
    /// overwritten.
    #[error("it was changed by somebody else since")]
    Conflict(Box<Current>),
    /// Something else in the organization has that name.
    #[error("the name is taken")]
    NameTaken,
    /// There are as many of them as there may be.
    #[error("there are {max} already")]
    LimitReached {
        /// The most that there may be.
        max: u64,
    },
    /// The cursor is not one that a page handed out.
    #[error("the page cursor is not valid")]
    InvalidCursor,
    /// The database URL is for a database that is not supported.
    #[error(
        "{variable}: the scheme `{scheme}` is not supported; write `sqlite:…` or `postgres://…`"
    )]
    UnknownScheme {
        /// The setting.
        variable: &'static str,
        /// What stands before the first colon.
        scheme: String,
    },
    /// The database URL has a known scheme but can't be used.
    #[error("{variable}: {reason}")]
    InvalidUrl {
        /// The setting.
        variable: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The SQLite file can't be opened, or is not a database.
    #[error("DATABASE_URL: the database file {} can't be opened: {reason}", path.display())]
    File {
        /// The file as the URL names it.
        path: PathBuf,
        /// The system's or SQLite's complaint.
        reason: String,
    },
    /// On PostgreSQL background work has a role of its own, and none is named.
    #[error(
        "WORKER_DATABASE_URL: on PostgreSQL what Clerk says is written by a role of its own; name \
         it, as in `postgres://tenantry_worker:password@localhost/tenantry`, and `tenantry \
         migrate` makes it"
    )]
    NoWorkerUrl,
    /// Row-level security would not bind this PostgreSQL role.
    #[error(
        "{variable}: the PostgreSQL role `{role}` {reason}, so row-level security would not hold; \
         connect as an ordinary role that owns nothing, as `tenantry migrate` makes it"
    )]
    UnsafeRole {
        /// The setting.
        variable: &'static str,
        /// The role of the connection.
        role: String,
        /// Which attribute makes it unsafe.
        reason: &'static str,
    },
    /// The application's PostgreSQL role is the worker's, or may become it (SET ROLE).
    #[error(
        "DATABASE_URL: the PostgreSQL role `{role}` is the worker's (WORKER_DATABASE_URL) or may \
         become it; give the application a role of its own, as `tenantry migrate` makes it"
    )]
    SharedRole {
        /// The application's role.
        role: String,
    },
    /// The database does not answer or is too busy; trying again may help.
    #[error("the database is not available: {0}")]
    Unavailable(#[source] DbErr),
    /// A statement failed.
    #[error("the database refused a statement: {0}")]
    Database(#[source] DbErr),
}

impl StoreError {
    /// For operations that fail only because the database is away.
    pub(crate) fn unavailable(error: DbErr) -> Self {
        Self::Unavailable(error)
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if may_pass(&error) {
            Self::Unavailable(error)
        } else {
            Self::Database(error)
        }
    }
}

/// Whether the same statement may succeed a little later.
fn may_pass(error: &DbErr) -> bool {
    let sqlx = match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => return true,
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            error
        }
        _ => return false,
    };
    match sqlx.as_ref() {
        SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed => true,
        SqlxError::WorkerCrashed => true,
        // PostgreSQL: classes 08 (connection), 53 (resources), 57P (shut down or
        // cancelled), and 40 (deadlock, serialization); 55P03 (a lock's time-out). SQLite: BUSY with its extensions.
        SqlxError::Database(error) => error.code().is_some_and(|code| {
            ["08", "53", "57P", "40"]
                .iter()
                .any(|class| code.len() == 5 && code.starts_with(class))
                || code == "55P03"
                || ["5", "261", "517", "773"].contains(&code.as_ref())
        }),
        _ => false,
    }
}
