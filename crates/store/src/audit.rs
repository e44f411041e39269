use crate::{StoreError, entities::audit_event, scope::Scope};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::Value;
use uuid::Uuid;

/// What an audit row says was done.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::enum_variant_names,
    reason = "projects are the first of several kinds of target"
)]
pub(crate) enum Change {
    ProjectCreated,
    ProjectRenamed,
    ProjectArchived,
    ProjectUnarchived,
    ProjectDeleted,
}

impl Change {
    fn key(self) -> &'static str {
        match self {
            Self::ProjectCreated => "project.created",
            Self::ProjectRenamed => "project.renamed",
            Self::ProjectArchived => "project.archived",
            Self::ProjectUnarchived => "project.unarchived",
            Self::ProjectDeleted => "project.deleted",
        }
    }

    fn target_kind(self) -> &'static str {
        match self {
            Self::ProjectCreated
            | Self::ProjectRenamed
            | Self::ProjectArchived
            | Self::ProjectUnarchived
            | Self::ProjectDeleted => "project",
        }
    }
}

/// Adds the audit row of a change, in the change's own transaction and by its actor.
/// `at` is unix milliseconds.
pub(crate) async fn record(
    scope: &Scope,
    change: Change,
    target: Uuid,
    at: i64,
    detail: Value,
) -> Result<(), StoreError> {
    audit_event::Entity::insert(audit_event::ActiveModel {
        organization_id: Set(scope.organization_id().to_owned()),
        id: Set(scope.inner.ids.next(at)),
        actor_id: Set(scope.user_id().to_owned()),
        action: Set(change.key().to_owned()),
        target_kind: Set(change.target_kind().to_owned()),
        target_id: Set(target.hyphenated().to_string()),
        at: Set(at),
        detail: Set(detail.to_string()),
    })
    .exec_without_returning(&scope.transaction)
    .await?;
    Ok(())
}
