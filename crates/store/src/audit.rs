//! The audit log: one entry for each change, in the change's own transaction.
//!
//! An organization's entries form a chain ([`chain`]); [`verify`] walks it.

mod chain;
mod erase;
mod verify;

pub(crate) use erase::erase_origins;
pub use verify::{AuditFault, AuditVerdict};

use crate::{
    StoreError,
    entities::{audit_event, audit_head},
    scope::Scope,
};
use chain::{Entry, OriginSeal};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use serde_json::Value;
use std::{fmt::Display, net::IpAddr};

/// Where a request came from, as far as the server knows. Kept with what the request changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The browser's or program's address.
    pub ip: Option<IpAddr>,
    /// What it calls itself. Kept up to [`Origin::MAX_USER_AGENT`] bytes.
    pub user_agent: Option<String>,
}

impl Origin {
    /// The longest user agent that is kept, in bytes.
    pub const MAX_USER_AGENT: usize = 512;
}

/// What an audit entry says was done.
#[derive(Debug, Clone, Copy)]
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
    MemberRoleChanged,
    MemberRemoved,
    MemberLeft,
    OrganizationRenamed,
    OrganizationDeleted,
    OrganizationRestored,
    OrganizationExported,
}

impl Change {
    fn key(self) -> &'static str {
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
            Self::MemberRoleChanged => "member.role_changed",
            Self::MemberRemoved => "member.removed",
            Self::MemberLeft => "member.left",
            Self::OrganizationRenamed => "organization.renamed",
            Self::OrganizationDeleted => "organization.deleted",
            Self::OrganizationRestored => "organization.restored",
            Self::OrganizationExported => "organization.exported",
        }
    }

    fn target_kind(self) -> &'static str {
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
            Self::MemberRoleChanged | Self::MemberRemoved | Self::MemberLeft => "user",
            Self::OrganizationRenamed
            | Self::OrganizationDeleted
            | Self::OrganizationRestored
            | Self::OrganizationExported => "organization",
        }
    }
}

/// What the target was like before and after the change, where there is something to say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Difference {
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

/// Adds the entry of a change, by the scope's person. `at` is unix milliseconds.
///
/// From here to the end of the transaction no other change of this organization can be recorded:
/// call it last.
pub(crate) async fn record(
    scope: &Scope,
    change: Change,
    target: impl Display,
    at: i64,
    difference: Difference,
) -> Result<(), StoreError> {
    let (seq, previous) = take_number(scope).await?;
    let origin = OriginSeal::of(&scope.origin)?;
    let text = |value: Option<Value>| value.map(|value| value.to_string());
    let mut event = audit_event::Model {
        organization_id: scope.organization_id().to_owned(),
        seq,
        at,
        actor_kind: "person".to_owned(),
        actor_id: scope.user_id().to_owned(),
        action: change.key().to_owned(),
        target_kind: change.target_kind().to_owned(),
        target_id: target.to_string(),
        before: text(difference.before),
        after: text(difference.after),
        ip: origin.ip,
        user_agent: origin.user_agent,
        origin_salt: Some(origin.salt),
        origin_digest: origin.digest,
        hash: Vec::new(),
    };
    event.hash = Entry(&event).hash(&previous);
    let hash = event.hash.clone();
    audit_event::Entity::insert(audit_event::ActiveModel::from(event))
        .exec_without_returning(&scope.transaction)
        .await?;
    audit_head::Entity::update_many()
        .col_expr(audit_head::Column::Hash, Expr::value(hash))
        .filter(audit_head::Column::OrganizationId.eq(scope.organization_id()))
        .exec(&scope.transaction)
        .await?;
    Ok(())
}

/// The number of the next entry and the hash of the last, locked until the transaction ends.
async fn take_number(scope: &Scope) -> Result<(i64, Vec<u8>), StoreError> {
    let head = audit_head::Entity::insert(audit_head::ActiveModel {
        organization_id: Set(scope.organization_id().to_owned()),
        seq: Set(1),
        hash: Set(chain::BEGINNING.to_vec()),
    })
    .on_conflict(
        OnConflict::column(audit_head::Column::OrganizationId)
            .value(
                audit_head::Column::Seq,
                Expr::col((audit_head::Entity, audit_head::Column::Seq)).add(1),
            )
            .to_owned(),
    )
    .exec_with_returning(&scope.transaction)
    .await?;
    Ok((head.seq, head.hash))
}
