/// Something that a member may or may not do in an organization. Who may is written in
/// [`POLICY`](crate::POLICY).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// See projects.
    ProjectRead,
    /// Create a project.
    ProjectCreate,
    /// Rename a project.
    ProjectRename,
    /// Archive a project or bring it back.
    ProjectArchive,
    /// Delete a project for good.
    ProjectDelete,
    /// See tasks, their checklists and comments, and what was done with them.
    TaskRead,
    /// Create a task.
    TaskCreate,
    /// Change a task: its text, who is to do it, its labels, its due date, its checklist, its
    /// place on the board.
    TaskEdit,
    /// Delete a task for good.
    TaskDelete,
    /// Comment on a task; edit and delete what one wrote oneself.
    CommentCreate,
    /// Delete what others wrote.
    CommentModerate,
    /// Make, change and delete labels.
    LabelManage,
    /// See who the members are.
    MemberRead,
    /// Invite somebody, see who is invited, and take an invitation back.
    MemberInvite,
    /// Give a member another role.
    MemberChangeRole,
    /// End somebody else's membership.
    MemberRemove,
    /// End one's own membership.
    OrganizationLeave,
    /// Change the organization's name or slug.
    OrganizationRename,
    /// Make another member an admin in one's own place.
    OrganizationTransfer,
    /// Delete the organization, or bring it back before it is purged.
    OrganizationDelete,
    /// Take all of the organization's data along.
    OrganizationExport,
    /// Say what the organization demands of its members' sessions.
    OrganizationSecure,
    /// Read the audit log.
    AuditRead,
    /// See how much is done week by week, what is expected, and what could be better.
    InsightsRead,
}

/// What an action is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Resource {
    /// Projects.
    Project,
    /// Tasks, with their checklists.
    Task,
    /// Comments on tasks.
    Comment,
    /// The labels for tasks.
    Label,
    /// Memberships and invitations.
    Member,
    /// The organization itself.
    Organization,
}

/// A member's role, as the local membership row has it (the token's is never asked).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Clerk's `org:admin`.
    Admin,
    /// Clerk's `org:member`.
    Member,
    /// A role that the instance defines itself: what it may do beyond looking follows from
    /// its permissions.
    Custom,
}

impl Action {
    /// Every action, in the order of the policy table.
    pub const ALL: [Self; 24] = [
        Self::ProjectRead,
        Self::ProjectCreate,
        Self::ProjectRename,
        Self::ProjectArchive,
        Self::ProjectDelete,
        Self::TaskRead,
        Self::TaskCreate,
        Self::TaskEdit,
        Self::TaskDelete,
        Self::CommentCreate,
        Self::CommentModerate,
        Self::LabelManage,
        Self::MemberRead,
        Self::MemberInvite,
        Self::MemberChangeRole,
        Self::MemberRemove,
        Self::OrganizationLeave,
        Self::OrganizationRename,
        Self::OrganizationTransfer,
        Self::OrganizationDelete,
        Self::OrganizationExport,
        Self::OrganizationSecure,
        Self::AuditRead,
        Self::InsightsRead,
    ];
}

impl Role {
    /// The key of [`Role::Admin`].
    pub const ADMIN: &'static str = "org:admin";
    /// The key of [`Role::Member`].
    pub const MEMBER: &'static str = "org:member";

    /// Reads Clerk's role key (`org:admin`).
    pub fn parse(key: &str) -> Self {
        match key {
            Self::ADMIN => Self::Admin,
            Self::MEMBER => Self::Member,
            _ => Self::Custom,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_role_gets_the_least() {
        assert_eq!(Role::parse("org:admin"), Role::Admin);
        assert_eq!(Role::parse("org:member"), Role::Member);
        for key in ["org:owner", "admin", "ORG:ADMIN", "org:admin ", ""] {
            assert_eq!(Role::parse(key), Role::Custom, "{key:?}");
        }
    }
}
