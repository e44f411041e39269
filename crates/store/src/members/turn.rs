use super::{
    Member, MemberChange,
    read::members,
    rules::{decide, find},
};
use crate::{
    Action, Inner, OrganizationView, Origin, StoreError,
    audit::{self, Change, Difference},
    connect::PATIENCE,
    identity,
    organizations::mark_deleted,
    postgres,
    scope::{Mode, Scope},
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
        let mut scope = match inner.app.db.get_database_backend() {
            DbBackend::Postgres => {
                let scope = Scope::enter(inner, session, slug, Mode::Write).await?;
                postgres::lock_members(&scope.transaction, scope.organization_id()).await?;
                scope
            }
            _ => Scope::enter(inner, session, slug, Mode::Read).await?,
        };
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

    /// Repeats here what Clerk answered, and records each change in the audit log.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`]. What Clerk did is done all the
    /// same, and its webhooks bring here what is missing.
    pub async fn finish(mut self, told: &[Told<'_>]) -> Result<(), StoreError> {
        for told in told {
            self.repeat(*told).await?;
        }
        self.begin_recording().await?;
        for told in told {
            self.record(*told).await?;
        }
        Ok(self.scope.transaction.commit().await?)
    }

    /// As the worker, who alone writes what Clerk says.
    async fn repeat(&self, told: Told<'_>) -> Result<(), StoreError> {
        let inner = &self.scope.inner;
        match told {
            Told::Invited(_) | Told::Revoked(_) => Ok(()),
            Told::RoleGiven(membership) => identity::membership_changed(inner, membership).await,
            Told::Removed(membership) => identity::membership_ended(inner, membership).await,
            Told::Renamed(organization) => {
                identity::organization_changed(inner, organization).await
            }
        }
    }

    /// Deletes the organization, which can be brought back for `grace_ms` milliseconds.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::NotFound`] for who is no member any more,
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn delete_organization(mut self, grace_ms: i64) -> Result<(), StoreError> {
        self.require(Action::OrganizationDelete)?;
        let inner = &self.scope.inner;
        let now = inner.clock.now_ms();
        let purge_at = now.saturating_add(grace_ms);
        mark_deleted(inner, &self.organization().id, now, purge_at).await?;
        self.begin_recording().await?;
        let difference = Difference {
            before: Some(json!({ "name": self.organization().name })),
            after: Some(json!({ "purge_at": purge_at })),
        };
        let id = self.organization().id.to_string();
        audit::record(
            &self.scope,
            Change::OrganizationDeleted,
            id,
            now,
            difference,
        )
        .await?;
        Ok(self.scope.transaction.commit().await?)
    }

    /// On SQLite the transaction so far only read.
    async fn begin_recording(&mut self) -> Result<(), StoreError> {
        if self.scope.transaction.get_database_backend() != DbBackend::Postgres {
            self.scope.begin_writing().await?;
        }
        Ok(())
    }

    async fn record(&self, told: Told<'_>) -> Result<(), StoreError> {
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
        };
        let now = scope.inner.clock.now_ms();
        let difference = Difference { before, after };
        audit::record(scope, change, target, now, difference).await
    }
}

/// Who is changing which organization's members in this process.
#[derive(Default)]
pub(crate) struct Turns(Mutex<HashMap<String, Weak<AsyncMutex<()>>>>);

impl Turns {
    /// Waits until nobody else of this process changes the organization's members.
    async fn wait_for(&self, organization: &str) -> Result<OwnedMutexGuard<()>, StoreError> {
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
