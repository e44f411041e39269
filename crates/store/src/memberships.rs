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
