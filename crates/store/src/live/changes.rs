use crate::{
    Action, ProjectId, StoreError, Tenant,
    entities::{audit_event, task},
    scope::Scope,
};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid,
};
use std::collections::HashMap;

/// The most changes that are told one by one to who has missed them.
pub const CHANGES_LIMIT: u64 = 100;

/// That something was changed: what and which, but not what it is like since. Whoever wants to
/// know reads it, as far as they may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeNote {
    /// Its number in the organization's audit log.
    pub seq: i64,
    /// What was done: one of [`audit_actions`](crate::audit_actions).
    pub action: String,
    /// What it was done to: `project`, `task`, `user`, …
    pub target_kind: String,
    /// That one's id.
    pub target_id: String,
    /// A task's project. A deleted task has none.
    pub project: Option<ProjectId>,
    /// Whether the scope's person did it.
    pub own: bool,
}

/// What was changed since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Those that the person may know of, in order; empty after a reset.
    pub notes: Vec<ChangeNote>,
    /// Up to which number they are known now.
    pub seq: i64,
    /// There were too many, or the number was never given out: everything may be different.
    pub reset: bool,
}

impl Tenant {
    /// The number of the organization's newest change, as of entering: whatever is read in this
    /// scope is at least as new.
    pub fn seq(&self) -> i64 {
        self.0.seq
    }

    /// What was changed after the one with the number `seq`: at most [`CHANGES_LIMIT`], or a reset.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn changes_since(&self, seq: i64) -> Result<Changes, StoreError> {
        let newest = self.seq();
        if seq > newest || seq < 0 {
            return Ok(Changes::reset(newest));
        }
        let rows = entries(&self.0, seq).await?;
        if rows.len() as u64 > CHANGES_LIMIT {
            return Ok(Changes::reset(newest));
        }
        let projects = projects(&self.0, &rows).await?;
        let me = self.0.user_id();
        Ok(Changes {
            seq: rows.last().map_or(seq, |row| row.seq),
            reset: false,
            notes: rows
                .into_iter()
                .filter(|row| self.may_know(&row.target_kind))
                .map(|row| ChangeNote {
                    seq: row.seq,
                    project: project_of(&projects, &row),
                    own: row.actor_kind == "person" && row.actor_id == me,
                    action: row.action,
                    target_kind: row.target_kind,
                    target_id: row.target_id,
                })
                .collect(),
        })
    }

    /// Whether the person may know that there is such a thing.
    fn may_know(&self, target_kind: &str) -> bool {
        match target_kind {
            "organization" => true,
            "project" => self.can(Action::ProjectRead),
            "task" | "label" => self.can(Action::TaskRead),
            "user" | "role" => self.can(Action::MemberRead),
            "invitation" => self.can(Action::MemberInvite),
            _ => false,
        }
    }
}

impl Changes {
    fn reset(seq: i64) -> Self {
        Self {
            notes: Vec::new(),
            seq,
            reset: true,
        }
    }
}

#[derive(FromQueryResult)]
struct Row {
    seq: i64,
    actor_kind: String,
    actor_id: String,
    action: String,
    target_kind: String,
    target_id: String,
}

/// The entries after `seq`, one more than may be.
async fn entries(scope: &Scope, seq: i64) -> Result<Vec<Row>, StoreError> {
    use audit_event::Column;
    let rows = audit_event::Entity::find()
        .select_only()
        .columns([
            Column::Seq,
            Column::ActorKind,
            Column::ActorId,
            Column::Action,
            Column::TargetKind,
            Column::TargetId,
        ])
        .filter(Column::OrganizationId.eq(scope.organization_id()))
        .filter(Column::Seq.gt(seq))
        .order_by_asc(Column::Seq)
        .limit(CHANGES_LIMIT + 1)
        .into_model::<Row>()
        .all(&scope.transaction)
        .await?;
    Ok(rows)
}

/// The projects of the tasks that `rows` are about, and that are still there.
async fn projects(scope: &Scope, rows: &[Row]) -> Result<HashMap<Uuid, Uuid>, StoreError> {
    let tasks: Vec<Uuid> = rows.iter().filter_map(task_of).collect();
    if tasks.is_empty() {
        return Ok(HashMap::new());
    }
    let pairs: Vec<(Uuid, Uuid)> = task::Entity::find()
        .select_only()
        .columns([task::Column::Id, task::Column::ProjectId])
        .filter(task::Column::OrganizationId.eq(scope.organization_id()))
        .filter(task::Column::Id.is_in(tasks))
        .into_tuple()
        .all(&scope.transaction)
        .await?;
    Ok(pairs.into_iter().collect())
}

fn task_of(row: &Row) -> Option<Uuid> {
    let is_task = row.target_kind == "task";
    is_task.then(|| Uuid::parse_str(&row.target_id).ok())?
}

fn project_of(projects: &HashMap<Uuid, Uuid>, row: &Row) -> Option<ProjectId> {
    let project = projects.get(&task_of(row)?)?;
    Some(ProjectId(*project))
}
