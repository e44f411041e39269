use crate::{Grants, Role};
use clerk::ids::UserId;

/// The signed-in user's place in the organization entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipView {
    /// The member.
    pub user_id: UserId,
    /// What the local row gives, read when the scope was made.
    pub grants: Grants,
}

impl MembershipView {
    /// The role of the local row.
    pub fn role(&self) -> Role {
        self.grants.role()
    }
}

/// Somebody who belongs to the organization entered, as the local rows have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The member.
    pub user_id: UserId,
    /// Given and family name, as far as known; may be empty.
    pub name: String,
    /// The main email address, if known.
    pub email: Option<String>,
    /// Clerk's key of the role: `org:admin`.
    pub role: String,
    /// What the role gives.
    pub grants: Grants,
}
