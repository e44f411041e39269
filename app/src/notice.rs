//! What a page tells a person after something worked. A notice travels as a key in the URL, never
//! as text: a URL must not be able to put words on our pages.

/// The query parameter that names the notice.
pub const QUERY: &str = "notice";

/// Something that just happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// A project was created.
    ProjectCreated,
    /// A project has another name.
    ProjectRenamed,
    /// A project was put away.
    ProjectArchived,
    /// A project was taken back from the archive.
    ProjectRestored,
    /// A project is gone for good.
    ProjectDeleted,
    /// An organization was created.
    OrganizationCreated,
    /// Somebody was invited.
    MemberInvited,
    /// An invitation was taken back.
    InvitationRevoked,
    /// A member has another role.
    RoleChanged,
    /// Somebody is no member any more.
    MemberRemoved,
    /// An organization has another name or slug.
    OrganizationRenamed,
    /// Somebody else is its admin now.
    OrganizationTransferred,
    /// The person is in it no more.
    OrganizationLeft,
    /// It is out of sight.
    OrganizationDeleted,
    /// It was brought back.
    OrganizationRestored,
    /// A task was created.
    TaskCreated,
    /// A task stands elsewhere on its board.
    TaskMoved,
    /// A task says something else.
    TaskChanged,
    /// A task is gone for good.
    TaskDeleted,
    /// Something was said about a task.
    CommentAdded,
    /// It was said otherwise.
    CommentEdited,
    /// It is gone.
    CommentDeleted,
}

const ALL: [Notice; 22] = [
    Notice::ProjectCreated,
    Notice::ProjectRenamed,
    Notice::ProjectArchived,
    Notice::ProjectRestored,
    Notice::ProjectDeleted,
    Notice::OrganizationCreated,
    Notice::MemberInvited,
    Notice::InvitationRevoked,
    Notice::RoleChanged,
    Notice::MemberRemoved,
    Notice::OrganizationRenamed,
    Notice::OrganizationTransferred,
    Notice::OrganizationLeft,
    Notice::OrganizationDeleted,
    Notice::OrganizationRestored,
    Notice::TaskCreated,
    Notice::TaskMoved,
    Notice::TaskChanged,
    Notice::TaskDeleted,
    Notice::CommentAdded,
    Notice::CommentEdited,
    Notice::CommentDeleted,
];

impl Notice {
    /// The notice with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        ALL.into_iter().find(|notice| notice.key() == key)
    }

    /// Its key in a URL.
    pub fn key(self) -> &'static str {
        match self {
            Self::ProjectCreated => "project-created",
            Self::ProjectRenamed => "project-renamed",
            Self::ProjectArchived => "project-archived",
            Self::ProjectRestored => "project-restored",
            Self::ProjectDeleted => "project-deleted",
            Self::OrganizationCreated => "organization-created",
            Self::MemberInvited => "member-invited",
            Self::InvitationRevoked => "invitation-revoked",
            Self::RoleChanged => "role-changed",
            Self::MemberRemoved => "member-removed",
            Self::OrganizationRenamed => "organization-renamed",
            Self::OrganizationTransferred => "organization-transferred",
            Self::OrganizationLeft => "organization-left",
            Self::OrganizationDeleted => "organization-deleted",
            Self::OrganizationRestored => "organization-restored",
            Self::TaskCreated => "task-created",
            Self::TaskMoved => "task-moved",
            Self::TaskChanged => "task-changed",
            Self::TaskDeleted => "task-deleted",
            Self::CommentAdded => "comment-added",
            Self::CommentEdited => "comment-edited",
            Self::CommentDeleted => "comment-deleted",
        }
    }

    /// What the person reads.
    pub fn text(self) -> &'static str {
        match self {
            Self::ProjectCreated => "Project created.",
            Self::ProjectRenamed => "Project renamed.",
            Self::ProjectArchived => "Project archived. You find it under Archived.",
            Self::ProjectRestored => "Project restored. You find it under Active.",
            Self::ProjectDeleted => "Project deleted.",
            Self::OrganizationCreated => "Organization created. You are its admin.",
            Self::MemberInvited => "Invitation sent.",
            Self::InvitationRevoked => "Invitation revoked.",
            Self::RoleChanged => "Role changed.",
            Self::MemberRemoved => "Member removed.",
            Self::OrganizationRenamed => "Saved.",
            Self::OrganizationTransferred => "Transferred. You are a member now.",
            Self::OrganizationLeft => "You left the organization.",
            Self::OrganizationDeleted => {
                "Organization deleted. Its admins can restore it below for a while."
            }
            Self::OrganizationRestored => "Organization restored.",
            Self::TaskCreated => "Task created.",
            Self::TaskMoved => "Task moved.",
            Self::TaskChanged => "Saved.",
            Self::TaskDeleted => "Task deleted.",
            Self::CommentAdded => "Comment added.",
            Self::CommentEdited => "Comment saved.",
            Self::CommentDeleted => "Comment deleted.",
        }
    }
}
