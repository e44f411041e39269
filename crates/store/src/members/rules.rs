//! What a change of an organization's members has to keep: nobody grants, or takes away, more
//! than they hold themselves, and the organization keeps an admin.

use super::Member;
use crate::{Action, Grants, Permissions, Role, StoreError};
use clerk::ids::UserId;

/// A change of who belongs to an organization, and as what.
#[derive(Debug, Clone, Copy)]
pub enum MemberChange<'a> {
    /// Somebody is invited to a role that gives this.
    Invite {
        /// What they would hold.
        given: &'a Grants,
    },
    /// An invitation is taken back.
    Revoke,
    /// A member gets a role that gives this.
    GiveRole {
        /// Who.
        user: &'a UserId,
        /// What they would hold.
        given: &'a Grants,
    },
    /// A member is removed.
    Remove {
        /// Who.
        user: &'a UserId,
    },
    /// One ends one's own membership.
    Leave,
    /// One makes another member an admin and steps down.
    Transfer {
        /// Who becomes an admin.
        to: &'a UserId,
    },
}

impl MemberChange<'_> {
    /// What has to be allowed for it.
    pub fn action(&self) -> Action {
        match self {
            Self::Invite { .. } | Self::Revoke => Action::MemberInvite,
            Self::GiveRole { .. } => Action::MemberChangeRole,
            Self::Remove { .. } => Action::MemberRemove,
            Self::Leave => Action::OrganizationLeave,
            Self::Transfer { .. } => Action::OrganizationTransfer,
        }
    }
}

/// Whether `actor` may make the change among these members.
///
/// # Errors
/// [`StoreError::NotFound`] when the actor or who is meant is no member;
/// [`StoreError::Forbidden`]; [`StoreError::AboveOneself`]; [`StoreError::LastAdmin`].
pub(super) fn decide(
    members: &[Member],
    actor: &UserId,
    change: MemberChange<'_>,
) -> Result<(), StoreError> {
    let own = &find(members, actor)?.grants;
    let action = change.action();
    if !own.can(action) {
        return Err(StoreError::Forbidden { action });
    }
    let admin = Grants::new(Role::ADMIN, Permissions::default());
    let (held, given) = match change {
        MemberChange::Invite { given } => (None, Some(given)),
        MemberChange::Revoke => (None, None),
        MemberChange::GiveRole { user, given } => (Some(&find(members, user)?.grants), Some(given)),
        MemberChange::Remove { user } => (Some(&find(members, user)?.grants), None),
        MemberChange::Leave => (Some(own), None),
        MemberChange::Transfer { to } if to == actor => return Err(StoreError::NotFound),
        // The new admin comes before the old one steps down.
        MemberChange::Transfer { to } => (Some(&find(members, to)?.grants), Some(&admin)),
    };
    if [held, given].into_iter().flatten().any(|it| !own.cover(it)) {
        return Err(StoreError::AboveOneself);
    }
    let is_admin = |grants: Option<&Grants>| grants.is_some_and(|it| it.role() == Role::Admin);
    let admins = members
        .iter()
        .filter(|member| is_admin(Some(&member.grants)));
    if is_admin(held) && !is_admin(given) && admins.count() <= 1 {
        return Err(StoreError::LastAdmin);
    }
    Ok(())
}

/// The member with this id.
pub(super) fn find<'a>(members: &'a [Member], user: &UserId) -> Result<&'a Member, StoreError> {
    members
        .iter()
        .find(|member| member.user_id == *user)
        .ok_or(StoreError::NotFound)
}

#[cfg(test)]
mod tests;
