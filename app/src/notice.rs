//! What a page tells a person after something worked. A notice travels as a key in the URL, never
//! as text: a URL must not be able to put words on our pages. The words stand in
//! `locales/*/notices.ftl`.

use crate::{forms::query_value, language::Texts};

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
    /// Several people were invited.
    MembersInvited,
    /// Somebody was invited once more.
    InvitationResent,
    /// The person accepted an invitation.
    InvitationAccepted,
    /// An invitation was taken back.
    InvitationRevoked,
    /// A member has another role.
    RoleChanged,
    /// Somebody is no member any more.
    MemberRemoved,
    /// An organization has another name or slug.
    OrganizationRenamed,
    /// It has another logo.
    LogoChanged,
    /// It has no logo any more.
    LogoRemoved,
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
    /// The person likes pages otherwise.
    PreferencesSaved,
    /// The person is no longer known.
    AccountDeleted,
    /// The organization demands something else of sessions.
    SecurityChanged,
}

const ALL: [Notice; 30] = [
    Notice::ProjectCreated,
    Notice::ProjectRenamed,
    Notice::ProjectArchived,
    Notice::ProjectRestored,
    Notice::ProjectDeleted,
    Notice::OrganizationCreated,
    Notice::MemberInvited,
    Notice::MembersInvited,
    Notice::InvitationResent,
    Notice::InvitationAccepted,
    Notice::InvitationRevoked,
    Notice::RoleChanged,
    Notice::MemberRemoved,
    Notice::OrganizationRenamed,
    Notice::LogoChanged,
    Notice::LogoRemoved,
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
    Notice::PreferencesSaved,
    Notice::AccountDeleted,
    Notice::SecurityChanged,
];

impl Notice {
    /// The notice that the page being rendered is to show.
    pub fn of_request() -> Option<Self> {
        Self::from_key(&query_value(QUERY)?)
    }

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
            Self::MembersInvited => "members-invited",
            Self::InvitationResent => "invitation-resent",
            Self::InvitationAccepted => "invitation-accepted",
            Self::InvitationRevoked => "invitation-revoked",
            Self::RoleChanged => "role-changed",
            Self::MemberRemoved => "member-removed",
            Self::OrganizationRenamed => "organization-renamed",
            Self::LogoChanged => "logo-changed",
            Self::LogoRemoved => "logo-removed",
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
            Self::PreferencesSaved => "preferences-saved",
            Self::AccountDeleted => "account-deleted",
            Self::SecurityChanged => "security-changed",
        }
    }

    /// What the person reads.
    pub fn text(self, texts: &Texts) -> String {
        match self {
            Self::ProjectCreated => texts.notice_project_created(),
            Self::ProjectRenamed => texts.notice_project_renamed(),
            Self::ProjectArchived => texts.notice_project_archived(),
            Self::ProjectRestored => texts.notice_project_restored(),
            Self::ProjectDeleted => texts.notice_project_deleted(),
            Self::OrganizationCreated => texts.notice_organization_created(),
            Self::MemberInvited => texts.notice_member_invited(),
            Self::MembersInvited => texts.notice_members_invited(),
            Self::InvitationResent => texts.notice_invitation_resent(),
            Self::InvitationAccepted => texts.notice_invitation_accepted(),
            Self::InvitationRevoked => texts.notice_invitation_revoked(),
            Self::RoleChanged => texts.notice_role_changed(),
            Self::MemberRemoved => texts.notice_member_removed(),
            Self::OrganizationRenamed => texts.notice_organization_renamed(),
            Self::LogoChanged => texts.notice_logo_changed(),
            Self::LogoRemoved => texts.notice_logo_removed(),
            Self::OrganizationTransferred => texts.notice_organization_transferred(),
            Self::OrganizationLeft => texts.notice_organization_left(),
            Self::OrganizationDeleted => texts.notice_organization_deleted(),
            Self::OrganizationRestored => texts.notice_organization_restored(),
            Self::TaskCreated => texts.notice_task_created(),
            Self::TaskMoved => texts.notice_task_moved(),
            Self::TaskChanged => texts.notice_task_changed(),
            Self::TaskDeleted => texts.notice_task_deleted(),
            Self::CommentAdded => texts.notice_comment_added(),
            Self::CommentEdited => texts.notice_comment_edited(),
            Self::CommentDeleted => texts.notice_comment_deleted(),
            Self::PreferencesSaved => texts.notice_preferences_saved(),
            Self::AccountDeleted => texts.notice_account_deleted(),
            Self::SecurityChanged => texts.notice_security_changed(),
        }
    }
}
