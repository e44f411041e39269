mod known;

use super::{
    events::{membership_gone, organization_deleted, organization_told, user_deleted, user_told},
    repairs::{Drift, Repairs},
    roles,
    sync::{SKEW_MS, put_membership},
};
use crate::{
    Inner, KnownMembership, StoreError, Survey,
    scope::Subject,
    worker::{Reason, Worker},
};
use clerk::{
    ids::{OrganizationId, UserId},
    models::{Organization, OrganizationMembership, Role, User},
};
use known::{Known, membership_now, organization_now, user_now};

/// The local copy compared with everything that Clerk has, and mended. Made by
/// [`Store::reconcile`](crate::Store::reconcile).
///
/// Whoever walks Clerk's lists tells each object ([`Reconciliation::user`] and so on), in any
/// order. What Clerk did not list on a walk that came to its *end* is [`Unseen`]; only of that,
/// and only after Clerk was asked for it by its id and does not know it, may be said that it is
/// gone ([`Reconciliation::user_gone`] and so on).
///
/// Webhooks may be applied meanwhile, and win: each row is mended in a transaction of its own,
/// under the rules for events (nothing yields to an older `updated_at`, nothing comes back from
/// under a tombstone), and what changed since the walk began is not removed.
pub struct Reconciliation<'a> {
    inner: &'a Inner,
    /// Before the first list was read (unix milliseconds, this server's clock).
    began_ms: i64,
    /// The local rows that were not told yet.
    known: Known,
    /// Whether any of the local users or organizations was told, and whether there were any.
    recognized: bool,
    was_empty: bool,
    repairs: Repairs,
}

/// What a complete walk did not see of the local rows.
#[derive(Debug, Default)]
pub struct Unseen {
    /// Users.
    pub users: Vec<UserId>,
    /// Organizations.
    pub organizations: Vec<OrganizationId>,
    /// Memberships.
    pub memberships: Vec<KnownMembership>,
}

impl<'a> Reconciliation<'a> {
    pub(crate) async fn begin(inner: &'a Inner, survey: Survey<'a>) -> Result<Self, StoreError> {
        let began_ms = inner.clock.now_ms();
        let known = Known::by(survey).await?;
        Ok(Self {
            inner,
            began_ms,
            was_empty: known.users.is_empty() && known.organizations.is_empty(),
            known,
            recognized: false,
            repairs: Repairs::default(),
        })
    }

    /// Clerk has this role. To be told before the memberships that have it.
    ///
    /// # Errors
    /// As [`Reconciliation::user`].
    pub async fn role(&mut self, told: &Role) -> Result<(), StoreError> {
        self.repairs.roles.checked += 1;
        // As it was read, unless something newer was told since.
        let at = told.updated_at.max(self.began_ms.saturating_sub(SKEW_MS));
        let learned = roles::learn(self.inner, Reason::Reconciliation, told, at).await?;
        let worker = self.worker(Subject::default()).await?;
        let drifted = roles::follow(&worker, &learned).await?;
        worker.commit().await?;
        if drifted {
            self.repairs
                .roles
                .mended(&Drift::Stale, true, "role", &told.id);
        }
        Ok(())
    }

    /// Clerk has this user.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`]; then the row is as it was.
    pub async fn user(&mut self, told: &User) -> Result<(), StoreError> {
        self.repairs.users.checked += 1;
        let known = self.known.users.remove(&told.id);
        self.recognized |= known.is_some();
        if known.is_some_and(|known| known >= told.updated_at) {
            return Ok(());
        }
        let id = told.id.as_str();
        let worker = self.worker(Subject::user(id)).await?;
        let drift = Drift::of(user_now(&worker, id).await?, told.updated_at);
        user_told(&worker, told).await?;
        // Known from a survey, or put in just now: else a tombstone keeps it out.
        let now = user_now(&worker, id).await?;
        worker.commit().await?;
        self.repairs.users.mended(&drift, now.is_some(), "user", id);
        Ok(())
    }

    /// Clerk has this organization.
    ///
    /// # Errors
    /// As [`Reconciliation::user`].
    pub async fn organization(&mut self, told: &Organization) -> Result<(), StoreError> {
        self.repairs.organizations.checked += 1;
        let known = self.known.organizations.remove(&told.id);
        self.recognized |= known.is_some();
        if known.is_some_and(|known| known >= told.updated_at) {
            return Ok(());
        }
        let id = told.id.as_str();
        let worker = self.worker(Subject::organization(id)).await?;
        let drift = Drift::of(organization_now(&worker, id).await?, told.updated_at);
        organization_told(&worker, told).await?;
        let now = organization_now(&worker, id).await?;
        worker.commit().await?;
        let counts = &mut self.repairs.organizations;
        counts.mended(&drift, now.is_some(), "organization", id);
        Ok(())
    }

    /// Clerk has this membership.
    ///
    /// # Errors
    /// As [`Reconciliation::user`].
    pub async fn membership(&mut self, told: &OrganizationMembership) -> Result<(), StoreError> {
        self.repairs.memberships.checked += 1;
        let known = self.known.memberships.remove(told.id.as_str());
        if known.is_some_and(|known| known.updated_at >= told.updated_at) {
            return Ok(());
        }
        let id = told.id.as_str();
        let organization = told.organization.id.as_str();
        let worker = self.worker(Subject::membership(told)).await?;
        let before = membership_now(&worker, organization, id).await?;
        let drift = Drift::of(before, told.updated_at);
        put_membership(&worker, told).await?;
        let now = membership_now(&worker, organization, id).await?;
        worker.commit().await?;
        let counts = &mut self.repairs.memberships;
        counts.mended(&drift, now.is_some(), "membership", id);
        Ok(())
    }

    /// Whether Clerk told none of the users and organizations that are here: then its keys are
    /// those of another instance, and what is missing there proves nothing.
    pub fn is_another_instance(&self) -> bool {
        !self.was_empty && !self.recognized
    }

    /// What was not told so far and is old enough that it should have been. Only a walk that came
    /// to its end makes it mean anything.
    pub fn unseen(&self) -> Unseen {
        let old = |updated_at: i64| self.is_old(updated_at);
        let users = self.known.users.iter().filter(|(_, at)| old(**at));
        let organizations = self.known.organizations.iter().filter(|(_, at)| old(**at));
        let memberships = self.known.memberships.values();
        Unseen {
            users: users.map(|(id, _)| id.clone()).collect(),
            organizations: organizations.map(|(id, _)| id.clone()).collect(),
            memberships: memberships
                .filter(|known| old(known.updated_at))
                .cloned()
                .collect(),
        }
    }

    /// Clerk says that there is no such user: he is removed, with his memberships, unless
    /// something newer was told since the walk began.
    ///
    /// # Errors
    /// As [`Reconciliation::user`].
    pub async fn user_gone(&mut self, id: &UserId) -> Result<(), StoreError> {
        self.known.users.remove(id);
        self.known
            .memberships
            .retain(|_, known| known.user_id != *id);
        let worker = self.worker(Subject::user(id.as_str())).await?;
        let now = user_now(&worker, id.as_str()).await?;
        if !now.is_some_and(|updated_at| self.is_old(updated_at)) {
            return Ok(());
        }
        user_deleted(&worker, id.as_str(), self.for_good()).await?;
        worker.commit().await?;
        self.repairs.users.removed("user", id.as_str());
        Ok(())
    }

    /// Clerk says that there is no such organization: it is removed with all that it owns, as
    /// [`Reconciliation::user_gone`].
    ///
    /// # Errors
    /// As [`Reconciliation::user`].
    pub async fn organization_gone(&mut self, id: &OrganizationId) -> Result<(), StoreError> {
        self.known.organizations.remove(id);
        self.known
            .memberships
            .retain(|_, known| known.organization_id != *id);
        let worker = self.worker(Subject::organization(id.as_str())).await?;
        let now = organization_now(&worker, id.as_str()).await?;
        if !now.is_some_and(|updated_at| self.is_old(updated_at)) {
            return Ok(());
        }
        organization_deleted(&worker, id.as_str(), self.for_good()).await?;
        worker.commit().await?;
        let counts = &mut self.repairs.organizations;
        counts.removed("organization", id.as_str());
        Ok(())
    }

    /// Clerk says that there is no such membership: it ends, as [`Reconciliation::user_gone`].
    ///
    /// # Errors
    /// As [`Reconciliation::user`].
    pub async fn membership_gone(&mut self, known: &KnownMembership) -> Result<(), StoreError> {
        let (id, organization) = (known.id.as_str(), known.organization_id.as_str());
        self.known.memberships.remove(id);
        let worker = self.worker(Subject::organization(organization)).await?;
        let now = membership_now(&worker, organization, id).await?;
        if !now.is_some_and(|updated_at| self.is_old(updated_at)) {
            return Ok(());
        }
        membership_gone(&worker, organization, id, self.for_good()).await?;
        worker.commit().await?;
        self.repairs.memberships.removed("membership", id);
        Ok(())
    }

    /// What was mended so far.
    pub fn repairs(&self) -> Repairs {
        self.repairs
    }

    async fn worker(&self, subject: Subject<'_>) -> Result<Worker, StoreError> {
        Worker::begin(self.inner, Reason::Reconciliation, subject).await
    }

    /// Whether the walk had to see a row of this age.
    fn is_old(&self, updated_at: i64) -> bool {
        updated_at.saturating_add(SKEW_MS) <= self.began_ms
    }

    /// A time that no word about what is gone can be later than: Clerk never gives an id twice.
    fn for_good(&self) -> i64 {
        self.inner.clock.now_ms().saturating_add(SKEW_MS)
    }
}
