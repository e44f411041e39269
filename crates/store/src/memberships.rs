use crate::Role;
use clerk::ids::UserId;

/// The signed-in user's place in the organization entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipView {
    /// The member.
    pub user_id: UserId,
    /// The role of the local row, read when the scope was made.
    pub role: Role,
}
