use super::{
    Member, MemberChange,
    read::members,
    rules::{decide, find},
};
use crate::{
    Inner, OrganizationView, StoreError,
    audit::{self, Change},
    connect::PATIENCE,
    identity, postgres,
    scope::{Mode, Scope},
};
use clerk::{
    ids::UserId,
    models::{OrganizationInvitation, OrganizationMembership},
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
}

impl Turn {
    /// Waits for one's turn, then reads the members.
    pub(crate) async fn take(
        inner: &Arc<Inner>,
        session: &Session,
        slug: &str,
    ) -> Result<Self, StoreError> {
        // Whether the session's organization is the slug's is decided on entering it.
        let organization = session.organization().map(|active| active.id.as_str());
        let alone = inner
            .turns
            .wait_for(organization.unwrap_or_default())
            .await?;
        let scope = match inner.db.get_database_backend() {
            DbBackend::Postgres => {
                let scope = Scope::enter(inner, session, slug, Mode::Write).await?;
                postgres::lock_members(&scope.transaction, scope.organization_id()).await?;
                scope
            }
            _ => Scope::enter(inner, session, slug, Mode::Read).await?,
        };
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

    /// Whether the change may be made, by the members as they are now.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`]; [`StoreError::NotFound`] when who is meant is no member;
    /// [`StoreError::AboveOneself`] when more would be given or taken than one holds;
    /// [`StoreError::LastAdmin`] when no admin would be left.
    pub fn decide(&self, change: MemberChange<'_>) -> Result<(), StoreError> {
        decide(&self.members, self.user_id(), change)
    }

    /// Repeats here what Clerk answered, each with its audit entry, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`]. Then the memberships follow
    /// with Clerk's webhooks.
    pub async fn finish(mut self, told: &[Told<'_>]) -> Result<(), StoreError> {
        if self.scope.transaction.get_database_backend() != DbBackend::Postgres {
            self.scope.begin_writing().await?;
        }
        for told in told {
            self.repeat(*told).await?;
        }
        Ok(self.scope.transaction.commit().await?)
    }

    async fn repeat(&self, told: Told<'_>) -> Result<(), StoreError> {
        let scope = &self.scope;
        let role_before = |membership: &OrganizationMembership| {
            let member = self.member(&membership.public_user_data.user_id);
            member.map_or_else(|_| membership.role.clone(), |member| member.role.clone())
        };
        let (change, target, detail) = match told {
            Told::Invited(invitation) => {
                let detail = json!({ "role": invitation.role });
                (Change::MemberInvited, invitation.id.as_str(), detail)
            }
            Told::Revoked(invitation) => {
                let detail = json!({ "role": invitation.role });
                (Change::InvitationRevoked, invitation.id.as_str(), detail)
            }
            Told::RoleGiven(membership) => {
                identity::membership_changed(scope, membership).await?;
                let user = membership.public_user_data.user_id.as_str();
                let detail = json!({ "from": role_before(membership), "to": membership.role });
                (Change::MemberRoleChanged, user, detail)
            }
            Told::Removed(membership) => {
                identity::membership_ended(scope, membership).await?;
                let user = membership.public_user_data.user_id.as_str();
                let change = if user == scope.user_id() {
                    Change::MemberLeft
                } else {
                    Change::MemberRemoved
                };
                (change, user, json!({ "role": role_before(membership) }))
            }
        };
        let now = scope.inner.clock.now_ms();
        audit::record(scope, change, target, now, detail).await
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
