use crate::{StoreError, entities::audit_event, scope::Scope};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::Value;
use std::fmt::Display;

/// What an audit row says was done.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Change {
    ProjectCreated,
    ProjectRenamed,
    ProjectArchived,
    ProjectUnarchived,
    ProjectDeleted,
    MemberInvited,
    InvitationRevoked,
    MemberRoleChanged,
    MemberRemoved,
    MemberLeft,
    OrganizationRenamed,
    OrganizationDeleted,
    OrganizationRestored,
}

impl Change {
    fn key(self) -> &'static str {
        match self {
            Self::ProjectCreated => "project.created",
            Self::ProjectRenamed => "project.renamed",
            Self::ProjectArchived => "project.archived",
            Self::ProjectUnarchived => "project.unarchived",
            Self::ProjectDeleted => "project.deleted",
            Self::MemberInvited => "member.invited",
            Self::InvitationRevoked => "invitation.revoked",
            Self::MemberRoleChanged => "member.role_changed",
            Self::MemberRemoved => "member.removed",
            Self::MemberLeft => "member.left",
            Self::OrganizationRenamed => "organization.renamed",
            Self::OrganizationDeleted => "organization.deleted",
            Self::OrganizationRestored => "organization.restored",
        }
    }

    fn target_kind(self) -> &'static str {
        match self {
            Self::ProjectCreated
            | Self::ProjectRenamed
            | Self::ProjectArchived
            | Self::ProjectUnarchived
            | Self::ProjectDeleted => "project",
            Self::MemberInvited | Self::InvitationRevoked => "invitation",
            Self::MemberRoleChanged | Self::MemberRemoved | Self::MemberLeft => "user",
            Self::OrganizationRenamed | Self::OrganizationDeleted | Self::OrganizationRestored => {
                "organization"
            }
        }
    }
}

/// Adds the audit row of a change, in the change's own transaction and by its actor.
/// `at` is unix milliseconds.
pub(crate) async fn record(
    scope: &Scope,
    change: Change,
    target: impl Display,
    at: i64,
    detail: Value,
) -> Result<(), StoreError> {
    audit_event::Entity::insert(audit_event::ActiveModel {
        organization_id: Set(scope.organization_id().to_owned()),
        id: Set(scope.inner.ids.next(at)),
        actor_id: Set(scope.user_id().to_owned()),
        action: Set(change.key().to_owned()),
        target_kind: Set(change.target_kind().to_owned()),
        target_id: Set(target.to_string()),
        at: Set(at),
        detail: Set(detail.to_string()),
    })
    .exec_without_returning(&scope.transaction)
    .await?;
    Ok(())
}
