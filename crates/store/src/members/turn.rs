use super::{
    Member, MemberChange,
    read::members,
    rules::{decide, find},
};
use crate::{
    Action, Inner, OrganizationView, Origin, SecurityPolicy, StoreError,
    audit::{self, Actor, Change, Difference},
    connect::PATIENCE,
    identity,
    organizations::{mark_deleted, set_security},
    postgres,
    scope::{Mode, Scope, Subject},
    worker::{Reason, Worker},
};
use clerk::{
    ids::UserId,
    models::{Organization, OrganizationInvitation, OrganizationMembership},
    session::Session,
};
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::json;
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError, Weak},
};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

/// One's turn to change who belongs to an organization. Nobody else changes that meanwhile,
/// in this process or another: what was decided still holds when Clerk has answered.
///
/// Clerk is asked between [`Turn::decide`] and [`Turn::finish`]. On PostgreSQL a transaction
/// is open all the while, with a lock on the organization. SQLite's one write lock would keep
/// everybody waiting for Clerk; its file belongs to one process, so a lock of the process does.
#[must_use = "what Clerk was told takes effect here by `finish`"]
pub struct Turn {
    scope: Scope,
    members: Vec<Member>,
    _alone: OwnedMutexGuard<()>,
}

/// What Clerk answered to a change.
#[derive(Debug, Clone, Copy)]
pub enum Told<'a> {
    /// Somebody is invited.
    Invited(&'a OrganizationInvitation),
    /// An invitation was taken back.
    Revoked(&'a OrganizationInvitation),
    /// A member has this role now.
    RoleGiven(&'a OrganizationMembership),
    /// A membership, as it was, is over.
    Removed(&'a OrganizationMembership),
    /// The organization has this name and slug now.
    Renamed(&'a Organization),
    /// The organization has this logo now, or none any more.
    LogoChanged(&'a Organization),
}

impl Turn {
    /// Waits for one's turn, then reads the members.
    pub(crate) async fn take(
        inner: &Arc<Inner>,
        session: &Session,
        slug: &str,
        origin: Origin,
    ) -> Result<Self, StoreError> {
        // Whether the session's organization is the slug's is decided on entering it.
        let organization = session.organization().map(|active| active.id.as_str());
        let alone = inner
            .turns
            .wait_for(organization.unwrap_or_default())
            .await?;
        let mut scope = Scope::enter(inner, session, slug, Mode::Read).await?;
        if scope.transaction.get_database_backend() == DbBackend::Postgres {
            postgres::lock_members(&scope.transaction, scope.organization_id()).await?;
        }
        scope.origin = origin;
        // Read again, now that nobody changes them any more: the scope's own membership is
        // from before the wait.
        let members = members(&scope, None).await?;
        Ok(Self {
            scope,
            members,
            _alone: alone,
        })
    }

    /// The organization.
    pub fn organization(&self) -> &OrganizationView {
        &self.scope.organization
    }

    /// Whose turn it is.
    pub fn user_id(&self) -> &UserId {
        &self.scope.membership.user_id
    }

    /// A member.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anybody else, known elsewhere or not.
    pub fn member(&self, user: &UserId) -> Result<&Member, StoreError> {
        find(&self.members, user)
    }

    /// Whether one may do this, by one's membership as it is now.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], or [`StoreError::NotFound`] for who is no member any more.
    pub fn require(&self, action: Action) -> Result<(), StoreError> {
        if self.member(self.user_id())?.grants.can(action) {
            Ok(())
        } else {
            Err(StoreError::Forbidden { action })
        }
    }

    /// Whether the change may be made, by the members as they are now.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`]; [`StoreError::NotFound`] when who is meant is no member;
    /// [`StoreError::AboveOneself`] when more would be given or taken than one holds;
    /// [`StoreError::LastAdmin`] when no admin would be left.
    pub fn decide(&self, change: MemberChange<'_>) -> Result<(), StoreError> {
        decide(&self.members, self.user_id(), change)
    }

    /// Repeats here what Clerk answered, each change with its entry in the audit log, in one
    /// transaction: the worker's, who alone writes what Clerk says.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`]; then nothing of it is here. What
    /// Clerk did is done all the same, and its webhooks bring it.
    pub async fn finish(self, told: &[Told<'_>]) -> Result<(), StoreError> {
        let subject = Subject::organization(self.scope.organization_id());
        let worker = Worker::begin(&self.scope.inner, Reason::ClerkAnswer, subject).await?;
        for told in told {
            match told {
                Told::Invited(_) | Told::Revoked(_) => worker.act_for(subject).await?,
                Told::RoleGiven(told) => identity::membership_changed(&worker, told).await?,
                Told::Removed(told) => identity::membership_ended(&worker, told).await?,
                Told::Renamed(told) | Told::LogoChanged(told) => {
                    identity::organization_changed(&worker, told).await?;
                }
            }
            self.record(&worker, *told).await?;
        }
        worker.commit().await
    }

    /// Deletes the organization, which can be brought back for `grace_ms` milliseconds.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::NotFound`] for who is no member any more,
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn delete_organization(self, grace_ms: i64) -> Result<(), StoreError> {
        self.require(Action::OrganizationDelete)?;
        let organization = self.scope.organization_id();
        let subject = Subject::organization(organization);
        let worker = Worker::begin(&self.scope.inner, Reason::Lifecycle, subject).await?;
        let purge_at = worker.now_ms().saturating_add(grace_ms);
        mark_deleted(&worker, organization, purge_at).await?;
        let difference = Difference {
            before: Some(json!({ "name": self.organization().name })),
            after: Some(json!({ "purge_at": purge_at })),
        };
        let change = Change::OrganizationDeleted;
        self.commit_with_entry(worker, change, difference).await
    }

    /// Demands this of the sessions that the organization is entered with, from now on. Whoever
    /// does has to meet it with their own `session`, so that nobody locks everybody out.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::NotFound`] for who is no member any more,
    /// [`StoreError::SecondFactorNeeded`], [`StoreError::SignInTooOld`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn secure(self, session: &Session, policy: SecurityPolicy) -> Result<(), StoreError> {
        self.require(Action::OrganizationSecure)?;
        policy.check(session)?;
        let before = self.scope.security;
        if policy == before {
            return Ok(());
        }
        let organization = self.scope.organization_id();
        let subject = Subject::organization(organization);
        let worker = Worker::begin(&self.scope.inner, Reason::Lifecycle, subject).await?;
        set_security(&worker, organization, policy).await?;
        let told = |policy: SecurityPolicy| {
            Some(json!({
                "second_factor": policy.second_factor,
                "sign_in_hours": policy.sign_in_hours,
            }))
        };
        let difference = Difference {
            before: told(before),
            after: told(policy),
        };
        let change = Change::OrganizationSecured;
        self.commit_with_entry(worker, change, difference).await
    }

    /// Ends what was done to the organization itself, with its entry in the audit log.
    async fn commit_with_entry(
        &self,
        worker: Worker,
        change: Change,
        difference: Difference,
    ) -> Result<(), StoreError> {
        let id = self.scope.organization_id();
        audit::record_by(&worker, id, self.actor(), change, id, difference).await?;
        worker.commit().await
    }

    fn actor(&self) -> Actor<'_> {
        Actor::Person {
            id: self.scope.user_id(),
            origin: &self.scope.origin,
        }
    }

    async fn record(&self, worker: &Worker, told: Told<'_>) -> Result<(), StoreError> {
        let scope = &self.scope;
        let role_before = |membership: &OrganizationMembership| {
            let member = self.member(&membership.public_user_data.user_id);
            member.map_or_else(|_| membership.role.clone(), |member| member.role.clone())
        };
        let (change, target, before, after) = match told {
            Told::Invited(invitation) => {
                let after = json!({ "role": invitation.role });
                let id = invitation.id.as_str();
                (Change::MemberInvited, id, None, Some(after))
            }
            Told::Revoked(invitation) => {
                let before = json!({ "role": invitation.role });
                let id = invitation.id.as_str();
                (Change::InvitationRevoked, id, Some(before), None)
            }
            Told::RoleGiven(membership) => {
                let user = membership.public_user_data.user_id.as_str();
                let before = json!({ "role": role_before(membership) });
                let after = json!({ "role": membership.role });
                (Change::MemberRoleChanged, user, Some(before), Some(after))
            }
            Told::Removed(membership) => {
                let user = membership.public_user_data.user_id.as_str();
                let change = if user == scope.user_id() {
                    Change::MemberLeft
                } else {
                    Change::MemberRemoved
                };
                let before = json!({ "role": role_before(membership) });
                (change, user, Some(before), None)
            }
            Told::Renamed(organization) => {
                let before = self.organization();
                let before = json!({ "name": before.name, "slug": before.slug });
                let after = json!({ "name": organization.name, "slug": organization.slug });
                let id = organization.id.as_str();
                (Change::OrganizationRenamed, id, Some(before), Some(after))
            }
            Told::LogoChanged(organization) => {
                let before = json!({ "logo": self.organization().logo_url });
                let after = json!({ "logo": identity::logo(organization) });
                let (change, id) = (Change::OrganizationLogoChanged, organization.id.as_str());
                (change, id, Some(before), Some(after))
            }
        };
        let organization = scope.organization_id();
        let difference = Difference { before, after };
        audit::record_by(
            worker,
            organization,
            self.actor(),
            change,
            target,
            difference,
        )
        .await
    }
}

/// Who is changing which organization's members in this process.
#[derive(Default)]
pub(crate) struct Turns(Mutex<HashMap<String, Weak<AsyncMutex<()>>>>);

impl Turns {
    /// Waits until nobody else of this process changes the organization's members.
    pub(crate) async fn wait_for(
        &self,
        organization: &str,
    ) -> Result<OwnedMutexGuard<()>, StoreError> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            turns.retain(|_, turn| turn.strong_count() > 0);
            let known = turns.get(organization).and_then(Weak::upgrade);
            known.unwrap_or_else(|| {
                let turn = Arc::new(AsyncMutex::new(()));
                turns.insert(organization.to_owned(), Arc::downgrade(&turn));
                turn
            })
        };
        tokio::time::timeout(PATIENCE, turn.lock_owned())
            .await
            .map_err(|_| StoreError::Busy)
    }
}

impl fmt::Debug for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Turn")
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}
