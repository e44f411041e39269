use crate::{
    Action, Inner, Members, MembershipView, OrganizationView, Origin, Preferences, Projects,
    ProjectsMut, SecurityPolicy, StoreError, connect::Pool, guard::TenantTransaction,
    organizations, postgres, sqlite,
};
use clerk::{models::OrganizationMembership, session::Session};
use sea_orm::{DatabaseTransaction, DbBackend, DbErr};
use std::{fmt, sync::Arc};

/// Leave to read in one organization. Its transaction is read-only on PostgreSQL and ends
/// when the scope is dropped. Made by [`Store::enter`](crate::Store::enter) alone.
pub struct Tenant(pub(crate) Scope);

/// Leave to change things in one organization, in one transaction. Made by
/// [`Store::enter_for`](crate::Store::enter_for) alone.
#[must_use = "dropping the scope undoes what was done in it: call `commit`"]
pub struct TenantMut(pub(crate) Scope);

impl Tenant {
    /// The organization entered.
    pub fn organization(&self) -> &OrganizationView {
        &self.0.organization
    }

    /// The membership that it was entered by.
    pub fn membership(&self) -> &MembershipView {
        &self.0.membership
    }

    /// What the organization demands of its members' sessions. This one's has met it.
    pub fn security(&self) -> SecurityPolicy {
        self.0.security
    }

    /// How the member likes pages.
    pub fn preferences(&self) -> &Preferences {
        &self.0.preferences
    }

    /// Whether the member's role or permissions allow the action.
    pub fn can(&self, action: Action) -> bool {
        self.0.membership.grants.can(action)
    }

    /// The organization's members.
    pub fn members(&self) -> Members<'_> {
        Members::new(&self.0)
    }

    /// The organization's projects, to read.
    pub fn projects(&self) -> Projects<'_> {
        Projects::new(&self.0)
    }
}

impl TenantMut {
    /// The organization entered.
    pub fn organization(&self) -> &OrganizationView {
        &self.0.organization
    }

    /// The membership that it was entered by.
    pub fn membership(&self) -> &MembershipView {
        &self.0.membership
    }

    /// Whether the member's role or permissions allow the action.
    pub fn can(&self, action: Action) -> bool {
        self.0.membership.grants.can(action)
    }

    /// The organization's projects, to change.
    pub fn projects(&self) -> ProjectsMut<'_> {
        ProjectsMut::new(&self.0)
    }

    /// Makes everything done in this scope count.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`]; then nothing counts.
    pub async fn commit(self) -> Result<(), StoreError> {
        let Scope {
            transaction,
            inner,
            organization,
            ..
        } = self.0;
        transaction.commit().await?;
        inner.signals.committed(organization.id.as_str());
        Ok(())
    }
}

/// What both kinds of scope are made of. Repositories get it by reference.
pub(crate) struct Scope {
    pub(crate) transaction: TenantTransaction,
    pub(crate) inner: Arc<Inner>,
    pub(crate) organization: OrganizationView,
    pub(crate) membership: MembershipView,
    pub(crate) security: SecurityPolicy,
    pub(crate) preferences: Preferences,
    /// Where the request came from that changes something.
    pub(crate) origin: Origin,
    /// The number of the newest change, as of entering; 0 if there was none.
    pub(crate) seq: i64,
}

impl Scope {
    /// The one place where a scope comes from: the session's word and the membership's row
    /// have to agree.
    pub(crate) async fn enter(
        inner: &Arc<Inner>,
        session: &Session,
        slug: &str,
        mode: Mode,
    ) -> Result<Self, StoreError> {
        // PostgreSQL's text can't hold this character, so no slug has it.
        if slug.contains('\0') {
            return Err(StoreError::NotFound);
        }
        let user = session.user_id().as_str();
        let active = session.organization().map(|active| &active.id);
        let subject = Subject {
            organization: active.map(|id| id.as_str()),
            user: Some(user),
        };
        let transaction = inner.begin(mode, subject).await?;
        let entered = organizations::entered(&transaction, user, slug)
            .await?
            .ok_or(StoreError::NotFound)?;
        let organization = entered.organization;
        match active {
            Some(active) if *active == organization.id => {
                entered.security.check(session)?;
                Ok(Self {
                    transaction: TenantTransaction::new(transaction, organization.id.as_str()),
                    inner: Arc::clone(inner),
                    organization,
                    membership: entered.membership,
                    security: entered.security,
                    preferences: entered.preferences,
                    seq: entered.seq,
                    origin: Origin::default(),
                })
            }
            Some(_) => Err(StoreError::OrganizationMismatch {
                organization: organization.id,
            }),
            None => Err(StoreError::NoActiveOrganization {
                organization: organization.id,
            }),
        }
    }

    pub(crate) fn organization_id(&self) -> &str {
        self.organization.id.as_str()
    }

    pub(crate) fn user_id(&self) -> &str {
        self.membership.user_id.as_str()
    }

    /// Refuses what the member's role and permissions do not allow.
    pub(crate) fn require(&self, action: Action) -> Result<(), StoreError> {
        if self.membership.grants.can(action) {
            Ok(())
        } else {
            Err(StoreError::Forbidden { action })
        }
    }
}

/// Whether a transaction may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Read,
    Write,
}

/// On whose behalf a transaction runs, as row-level security knows it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Subject<'a> {
    pub(crate) organization: Option<&'a str>,
    pub(crate) user: Option<&'a str>,
}

impl<'a> Subject<'a> {
    pub(crate) fn user(id: &'a str) -> Self {
        Self {
            organization: None,
            user: Some(id),
        }
    }

    pub(crate) fn organization(id: &'a str) -> Self {
        Self {
            organization: Some(id),
            user: None,
        }
    }

    /// The organization and the user that a membership joins.
    pub(crate) fn membership(told: &'a OrganizationMembership) -> Self {
        Self {
            organization: Some(told.organization.id.as_str()),
            user: Some(told.public_user_data.user_id.as_str()),
        }
    }
}

impl Inner {
    /// Every transaction of a request begins here.
    pub(crate) async fn begin(
        &self,
        mode: Mode,
        subject: Subject<'_>,
    ) -> Result<DatabaseTransaction, DbErr> {
        begin(&self.app, mode, subject).await
    }

    /// Every transaction in the background begins here: only [`Worker`](crate::worker::Worker),
    /// [`Survey`](crate::Survey) and [`Store::verify_audit`](crate::Store::verify_audit) call it.
    pub(crate) async fn begin_worker(
        &self,
        mode: Mode,
        subject: Subject<'_>,
    ) -> Result<DatabaseTransaction, DbErr> {
        begin(&self.worker, mode, subject).await
    }
}

async fn begin(
    pool: &Pool,
    mode: Mode,
    subject: Subject<'_>,
) -> Result<DatabaseTransaction, DbErr> {
    match pool.db.get_database_backend() {
        DbBackend::Postgres => postgres::begin(pool, mode, subject).await,
        _ => sqlite::begin(&pool.db, mode).await,
    }
}

impl fmt::Debug for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tenant").field(&self.0).finish()
    }
}

impl fmt::Debug for TenantMut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TenantMut").field(&self.0).finish()
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope")
            .field("organization", &self.organization)
            .field("membership", &self.membership)
            .finish_non_exhaustive()
    }
}
