//! The tenant-aware repositories: the only place that sees a database connection.
//!
//! No row of an organization's leaves this crate without a scope, and a scope ([`Tenant`]
//! to read, [`TenantMut`] to change) is made only by [`Store::enter`] and
//! [`Store::enter_for`], from a verified [`clerk::session::Session`] *and* a membership row
//! read in that very call. A scope owns one transaction; on PostgreSQL the transaction
//! carries the settings that row-level security goes by.
//!
//! ```ignore
//! let tenant = store.enter(&session, "acme").await?;
//! let page = tenant.projects().list(ProjectFilter::Active, None).await?;
//!
//! let tenant = store.enter_for(&session, "acme", Action::ProjectCreate, origin).await?;
//! tenant.projects().create(NewProject { name, request_id: None }).await?;
//! tenant.commit().await?;
//! ```
//!
//! Users, organizations and memberships change through [`Store::identity`] alone, which
//! repeats what Clerk says under a worker scope: one that names whom it acts for and why. On
//! PostgreSQL that is another role, and the role of requests can't write those tables.
//! [`Store::survey`] lists what is there, to compare it with Clerk. Times are unix
//! milliseconds.

mod actions;
mod audit;
pub mod catalog;
mod connect;
mod departure;
mod entities;
mod error;
mod export;
mod grants;
mod guard;
mod identity;
mod ids;
mod insights;
mod labels;
mod live;
mod members;
mod news;
mod organizations;
mod page;
mod policy;
mod postgres;
mod preferences;
mod projects;
mod scope;
mod search;
mod sqlite;
mod survey;
mod tasks;
mod text;
mod worker;

pub use actions::{Action, Resource, Role};
pub use audit::{
    AuditActor, AuditEntry, AuditFault, AuditFilter, AuditLog, AuditPage, AuditVerdict, Origin,
    audit_actions,
};
pub use connect::ConnectOptions;
pub use departure::Departure;
pub use error::StoreError;
pub use export::{ExportPiece, ExportPlace, PersonExport};
pub use grants::{Grants, Permissions};
pub use identity::{Applied, Counts, Identity, Reconciliation, Repairs, Unseen};
pub use ids::{ChecklistItemId, CommentId, LabelId, ProjectId, TaskId};
pub use insights::{Attention, Insights, QUIET_DAYS, Spot, WEEKS_LIMIT, WeekCounts};
pub use labels::{Colour, LABELS_LIMIT, Label, Labels, LabelsMut};
pub use live::{CHANGES_LIMIT, ChangeNote, Changes, InProcess, Signal, Signals};
pub use members::{
    Member, MemberChange, MemberFilter, MemberPage, Members, MembershipView, NAMED_LIMIT, Told,
    Turn,
};
pub use news::{About, DayCount, News, NewsItem};
pub use organizations::{
    DeletedOrganization, MyOrganization, OrganizationView, Purge, SecurityPolicy,
};
pub use page::{Cursor, PAGE_SIZE, Page};
pub use policy::{POLICY, Rule};
pub use preferences::{Me, Preferences};
pub use projects::{
    NewProject, Project, ProjectCursor, ProjectFilter, ProjectSort, Projects, ProjectsMut,
};
pub use scope::{Tenant, TenantMut};
pub use search::{Hit, Piece, SEARCH_LIMIT, Target};
pub use survey::{Known, KnownMembership, Survey};
pub use tasks::{
    Activity, AssigneeFilter, Board, BoardColumn, CHECKLIST_LIMIT, COLUMN_LIMIT, COLUMN_SIZE,
    ChecklistItem, Comment, Current, Day, DueFilter, MENTIONS_LIMIT, Move, NewComment, NewTask,
    Person, Place, Progress, Status, StatusFilter, Task, TaskCard, TaskCursor, TaskDetails,
    TaskFilter, TaskLine, TaskPage, TaskSort, Tasks, TasksMut,
};
pub use text::{CommentBody, Description, ItemText, LabelName, ProjectName, TaskTitle, TextError};
pub use uuid::Uuid;

use clerk::{clock::SharedClock, ids::OrganizationId, session::Session};
use connect::{Connections, Pool};
use ids::IdGenerator;
use members::Turns;
use scope::{Mode, Scope, Subject};
use std::{fmt, sync::Arc};

/// The database, shared by every request. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

/// What every scope needs besides its transaction.
struct Inner {
    /// For requests.
    app: Pool,
    /// For work in the background: on PostgreSQL as the worker's role, on SQLite the same.
    worker: Pool,
    clock: SharedClock,
    ids: IdGenerator,
    turns: Turns,
    /// Told after each commit.
    signals: Arc<dyn Signals>,
}

impl Store {
    /// Opens the database at `url`: `sqlite:FILE` (which `migrations` has made) or
    /// `postgres://…`, which needs [`ConnectOptions::worker_url`] as well. Nothing is created
    /// or migrated.
    ///
    /// # Errors
    /// [`StoreError::UnknownScheme`], [`StoreError::InvalidUrl`], [`StoreError::File`],
    /// [`StoreError::Unavailable`], and on PostgreSQL [`StoreError::NoWorkerUrl`],
    /// [`StoreError::UnsafeRole`] for a role that row-level security would not bind, and
    /// [`StoreError::SharedRole`] for an application that is, or may become, the worker.
    pub async fn connect(url: &str, options: &ConnectOptions) -> Result<Self, StoreError> {
        let Connections { app, worker } = connect::open(url, options).await?;
        Ok(Self {
            inner: Arc::new(Inner {
                app,
                worker,
                clock: options.clock.clone(),
                ids: IdGenerator::default(),
                turns: Turns::default(),
                signals: Arc::clone(&options.signals),
            }),
        })
    }

    /// Makes one round trip to the database, as each role.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it does not answer.
    pub async fn ping(&self) -> Result<(), StoreError> {
        for pool in [&self.inner.app, &self.inner.worker] {
            pool.db.ping().await.map_err(StoreError::unavailable)?;
        }
        Ok(())
    }

    /// Enters the organization with this slug to read.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when no organization has the slug, and just so when the
    /// user is not a member of the one that has. To a member:
    /// [`StoreError::NoActiveOrganization`] or [`StoreError::OrganizationMismatch`] when
    /// the session has no active organization or another one.
    pub async fn enter(&self, session: &Session, slug: &str) -> Result<Tenant, StoreError> {
        Scope::enter(&self.inner, session, slug, Mode::Read)
            .await
            .map(Tenant)
    }

    /// Enters the organization with this slug to change something there, on a request from
    /// `origin`, which the audit log keeps. What is changed counts from [`TenantMut::commit`] on;
    /// dropping the scope undoes it.
    ///
    /// # Errors
    /// Those of [`Store::enter`], and [`StoreError::Forbidden`] when the member's role and
    /// permissions do not allow `action`.
    pub async fn enter_for(
        &self,
        session: &Session,
        slug: &str,
        action: Action,
        origin: Origin,
    ) -> Result<TenantMut, StoreError> {
        let mut scope = Scope::enter(&self.inner, session, slug, Mode::Write).await?;
        scope.require(action)?;
        scope.origin = origin;
        Ok(TenantMut(scope))
    }

    /// From now on, each commit of the organization's: no more than that there was one.
    pub fn watch(&self, organization: &OrganizationId) -> Signal {
        self.inner.signals.watch(organization.as_str())
    }

    /// Waits for one's turn to change who belongs to the organization with this slug.
    ///
    /// # Errors
    /// Those of [`Store::enter`], and [`StoreError::Busy`] or [`StoreError::Unavailable`]
    /// when others take too long.
    pub async fn take_turn(
        &self,
        session: &Session,
        slug: &str,
        origin: Origin,
    ) -> Result<Turn, StoreError> {
        Turn::take(&self.inner, session, slug, origin).await
    }

    /// The organizations that the session's user is a member of, by name.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn organizations_of(
        &self,
        session: &Session,
    ) -> Result<Vec<MyOrganization>, StoreError> {
        let user = session.user_id().as_str();
        let transaction = self.inner.begin(Mode::Read, Subject::user(user)).await?;
        organizations::of_user(&transaction, user).await
    }

    /// The slug of today of the organization that once had this one, if the session's user is a
    /// member of it: for those who come by an old link.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn moved_to(
        &self,
        session: &Session,
        slug: &str,
    ) -> Result<Option<String>, StoreError> {
        if slug.contains('\0') {
            return Ok(None);
        }
        let user = session.user_id().as_str();
        let transaction = self.inner.begin(Mode::Read, Subject::user(user)).await?;
        Ok(organizations::moved_to(&transaction, user, slug).await?)
    }

    /// Lists what is known locally of Clerk's organizations, users and memberships.
    /// Background work: it logs `reason`, and no page may ask for it.
    pub fn survey(&self, reason: &str) -> Survey<'_> {
        tracing::info!(reason, "a survey of organizations and users begins");
        Survey::new(&self.inner)
    }

    /// The deleted organizations that the session's user can bring back, by name.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn deleted_organizations_of(
        &self,
        session: &Session,
    ) -> Result<Vec<DeletedOrganization>, StoreError> {
        organizations::deleted_of_user(&self.inner, session.user_id().as_str()).await
    }

    /// Brings back the deleted organization with this slug.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none that the user can bring back;
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn restore_organization(
        &self,
        session: &Session,
        slug: &str,
        origin: Origin,
    ) -> Result<OrganizationView, StoreError> {
        let user = session.user_id().as_str();
        organizations::restore(&self.inner, user, slug, &origin).await
    }

    /// The purge of deleted organizations.
    pub fn purge(&self) -> Purge<'_> {
        Purge::new(&self.inner)
    }

    /// Begins to compare the local copy with Clerk: notes what is here now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn reconcile(&self) -> Result<Reconciliation<'_>, StoreError> {
        Reconciliation::begin(&self.inner, self.survey("reconciliation with Clerk")).await
    }

    /// The side that repeats what Clerk says about users, organizations and memberships.
    pub fn identity(&self) -> Identity<'_> {
        Identity::new(&self.inner)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("backend", &self.inner.app.db.get_database_backend())
            .finish_non_exhaustive()
    }
}
