//! The tasks' rows: what every query of them starts from, and what becomes of them outside.

use super::{Day, Status, Task};
use crate::{ProjectId, StoreError, TaskId, entities::task, scope::Scope};
use clerk::ids::UserId;
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select,
    prelude::Uuid, sea_query::LockType,
};

/// The organization's tasks.
pub(super) fn own(scope: &Scope) -> Select<task::Entity> {
    task::Entity::find().filter(task::Column::OrganizationId.eq(scope.organization_id()))
}

/// One task, locked until the transaction ends (SQLite has the whole file locked).
pub(super) async fn locked(scope: &Scope, id: TaskId) -> Result<task::Model, StoreError> {
    own(scope)
        .filter(task::Column::Id.eq(id.0))
        .lock(LockType::NoKeyUpdate)
        .one(&scope.transaction)
        .await?
        .ok_or(StoreError::NotFound)
}

/// A task's row without its description, which lists do not show.
#[derive(FromQueryResult)]
pub(super) struct TaskRow {
    id: Uuid,
    number: i64,
    project_id: Uuid,
    title: String,
    status: String,
    assignee_id: Option<String>,
    due_on: Option<String>,
    version: i64,
    place_version: i64,
    created_by: String,
    created_at: i64,
    updated_at: i64,
    completed_at: Option<i64>,
}

impl TaskRow {
    /// The columns it is made of.
    pub(super) const COLUMNS: [task::Column; 13] = {
        use task::Column as C;
        [
            C::Id,
            C::Number,
            C::ProjectId,
            C::Title,
            C::Status,
            C::AssigneeId,
            C::DueOn,
            C::Version,
            C::PlaceVersion,
            C::CreatedBy,
            C::CreatedAt,
            C::UpdatedAt,
            C::CompletedAt,
        ]
    };
}

impl TryFrom<TaskRow> for Task {
    type Error = DbErr;

    fn try_from(row: TaskRow) -> Result<Self, DbErr> {
        let day = |text: String| Day::parse(&text).ok_or_else(|| unreadable("due_on"));
        Ok(Self {
            id: TaskId(row.id),
            number: row.number,
            project_id: ProjectId(row.project_id),
            title: row.title,
            status: Status::parse(&row.status).ok_or_else(|| unreadable("status"))?,
            assignee: row.assignee_id.map(UserId::new),
            due_on: row.due_on.map(day).transpose()?,
            version: row.version,
            place_version: row.place_version,
            created_by: UserId::new(row.created_by),
            created_at: row.created_at,
            updated_at: row.updated_at,
            completed_at: row.completed_at,
        })
    }
}

impl TryFrom<task::Model> for Task {
    type Error = DbErr;

    fn try_from(row: task::Model) -> Result<Self, DbErr> {
        TaskRow {
            id: row.id,
            number: row.number,
            project_id: row.project_id,
            title: row.title,
            status: row.status,
            assignee_id: row.assignee_id,
            due_on: row.due_on,
            version: row.version,
            place_version: row.place_version,
            created_by: row.created_by,
            created_at: row.created_at,
            updated_at: row.updated_at,
            completed_at: row.completed_at,
        }
        .try_into()
    }
}

/// A value that nothing of ours writes.
pub(crate) fn unreadable(column: &str) -> DbErr {
    DbErr::Type(format!("{column}: not a value that was written here"))
}
