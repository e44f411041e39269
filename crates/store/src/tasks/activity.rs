use super::{Tasks, rows::own};
use crate::{Action, StoreError, TaskId, entities::audit_event};
use clerk::ids::UserId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;

/// The most entries of one history.
const LIMIT: u64 = 100;

/// One entry of a task's history, from the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// When it happened (unix milliseconds).
    pub at: i64,
    /// Who did it, if it was a person. They may have left since.
    pub actor: Option<UserId>,
    /// What was done: `task.created`, `task.moved`, …
    pub action: String,
    /// What was like that before, as an object: `{"status": "todo"}`.
    pub before: Option<Value>,
    /// What it is like since.
    pub after: Option<Value>,
}

impl Tasks<'_> {
    /// What was done with a task, newest first, 100 entries at most.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (foreign or missing), [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn activity(&self, id: TaskId) -> Result<Vec<Activity>, StoreError> {
        self.scope.require(Action::TaskRead)?;
        let known = own(self.scope)
            .select_only()
            .column(crate::entities::task::Column::Id)
            .filter(crate::entities::task::Column::Id.eq(id.0))
            .into_tuple::<sea_orm::prelude::Uuid>()
            .one(&self.scope.transaction)
            .await?;
        known.ok_or(StoreError::NotFound)?;
        let rows = audit_event::Entity::find()
            .filter(audit_event::Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(audit_event::Column::TargetId.eq(id.to_string()))
            .filter(audit_event::Column::TargetKind.eq("task"))
            .order_by_desc(audit_event::Column::Seq)
            .limit(LIMIT)
            .all(&self.scope.transaction)
            .await?;
        Ok(rows.into_iter().map(Activity::from).collect())
    }
}

impl From<audit_event::Model> for Activity {
    fn from(row: audit_event::Model) -> Self {
        let json = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
        Self {
            at: row.at,
            actor: (row.actor_kind == "person").then(|| UserId::new(row.actor_id)),
            action: row.action,
            before: json(row.before),
            after: json(row.after),
        }
    }
}
