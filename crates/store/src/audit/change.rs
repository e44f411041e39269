use sea_orm::EnumIter;

/// What an audit entry says was done.
#[derive(Debug, Clone, Copy, EnumIter)]
pub(crate) enum Change {
    ProjectCreated,
    ProjectRenamed,
    ProjectArchived,
    ProjectUnarchived,
    ProjectDeleted,
    TaskCreated,
    TaskEdited,
    TaskAssigned,
    TaskDueSet,
    TaskLabeled,
    TaskMoved,
    TaskDeleted,
    ChecklistItemAdded,
    ChecklistItemDone,
    ChecklistItemRenamed,
    ChecklistItemMoved,
    ChecklistItemRemoved,
    CommentAdded,
    CommentEdited,
    CommentDeleted,
    LabelCreated,
    LabelChanged,
    LabelDeleted,
    MemberInvited,
    InvitationRevoked,
    MemberJoined,
    MemberRoleChanged,
    MemberPermissionsChanged,
    MemberRemoved,
    MemberLeft,
    RolePermissionsChanged,
    OrganizationCreated,
    OrganizationRenamed,
    OrganizationLogoChanged,
    OrganizationDeleted,
    OrganizationRestored,
    OrganizationExported,
    OrganizationSecured,
}

impl Change {
    /// Its name in the log.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::ProjectCreated => "project.created",
            Self::ProjectRenamed => "project.renamed",
            Self::ProjectArchived => "project.archived",
            Self::ProjectUnarchived => "project.unarchived",
            Self::ProjectDeleted => "project.deleted",
            Self::TaskCreated => "task.created",
            Self::TaskEdited => "task.edited",
            Self::TaskAssigned => "task.assigned",
            Self::TaskDueSet => "task.due_set",
            Self::TaskLabeled => "task.labeled",
            Self::TaskMoved => "task.moved",
            Self::TaskDeleted => "task.deleted",
            Self::ChecklistItemAdded => "task.checklist_item_added",
            Self::ChecklistItemDone => "task.checklist_item_done",
            Self::ChecklistItemRenamed => "task.checklist_item_renamed",
            Self::ChecklistItemMoved => "task.checklist_item_moved",
            Self::ChecklistItemRemoved => "task.checklist_item_removed",
            Self::CommentAdded => "task.commented",
            Self::CommentEdited => "task.comment_edited",
            Self::CommentDeleted => "task.comment_deleted",
            Self::LabelCreated => "label.created",
            Self::LabelChanged => "label.changed",
            Self::LabelDeleted => "label.deleted",
            Self::MemberInvited => "member.invited",
            Self::InvitationRevoked => "invitation.revoked",
            Self::MemberJoined => "member.joined",
            Self::MemberRoleChanged => "member.role_changed",
            Self::MemberPermissionsChanged => "member.permissions_changed",
            Self::MemberRemoved => "member.removed",
            Self::MemberLeft => "member.left",
            Self::RolePermissionsChanged => "role.permissions_changed",
            Self::OrganizationCreated => "organization.created",
            Self::OrganizationRenamed => "organization.renamed",
            Self::OrganizationLogoChanged => "organization.logo_changed",
            Self::OrganizationDeleted => "organization.deleted",
            Self::OrganizationRestored => "organization.restored",
            Self::OrganizationExported => "organization.exported",
            Self::OrganizationSecured => "organization.security_changed",
        }
    }

    /// What it is done to.
    pub(super) fn target_kind(self) -> &'static str {
        match self {
            Self::ProjectCreated
            | Self::ProjectRenamed
            | Self::ProjectArchived
            | Self::ProjectUnarchived
            | Self::ProjectDeleted => "project",
            Self::TaskCreated
            | Self::TaskEdited
            | Self::TaskAssigned
            | Self::TaskDueSet
            | Self::TaskLabeled
            | Self::TaskMoved
            | Self::TaskDeleted
            | Self::ChecklistItemAdded
            | Self::ChecklistItemDone
            | Self::ChecklistItemRenamed
            | Self::ChecklistItemMoved
            | Self::ChecklistItemRemoved
            | Self::CommentAdded
            | Self::CommentEdited
            | Self::CommentDeleted => "task",
            Self::LabelCreated | Self::LabelChanged | Self::LabelDeleted => "label",
            Self::MemberInvited | Self::InvitationRevoked => "invitation",
            Self::MemberJoined
            | Self::MemberRoleChanged
            | Self::MemberPermissionsChanged
            | Self::MemberRemoved
            | Self::MemberLeft => "user",
            Self::RolePermissionsChanged => "role",
            Self::OrganizationCreated
            | Self::OrganizationRenamed
            | Self::OrganizationLogoChanged
            | Self::OrganizationDeleted
            | Self::OrganizationRestored
            | Self::OrganizationExported
            | Self::OrganizationSecured => "organization",
        }
    }
}
