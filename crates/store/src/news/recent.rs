use super::News;
use crate::{
    Action, AuditActor, AuditEntry, ProjectId, Status, StoreError, TaskId,
    audit::Change,
    entities::{audit_event, project, task},
};
use clerk::ids::UserId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid};
use std::collections::HashMap;

/// How many entries are looked at for each that is wanted: some are about what is gone, some
/// repeat each other.
const LOOKED_AT: u64 = 4;

/// What people care about, of projects and tasks.
const OF_WORK: [Change; 8] = [
    Change::ProjectCreated,
    Change::ProjectRenamed,
    Change::ProjectArchived,
    Change::ProjectUnarchived,
    Change::TaskCreated,
    Change::TaskAssigned,
    Change::TaskMoved,
    Change::CommentAdded,
];
/// The same of people, for those who may see who the members are.
const OF_PEOPLE: [Change; 3] = [
    Change::MemberJoined,
    Change::MemberRemoved,
    Change::MemberLeft,
];

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsItem {
    /// When (unix milliseconds).
    pub at: i64,
    /// Who did it.
    pub actor: AuditActor,
    /// What was done, as the audit log calls it: `task.created`.
    pub action: String,
    /// What it was done to.
    pub about: About,
    /// Where a task was moved to.
    pub status: Option<Status>,
}

/// What news are about. Projects and tasks are as they are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A project.
    Project {
        /// Its id.
        id: ProjectId,
        /// Its name.
        name: String,
    },
    /// A task.
    Task {
        /// Its id.
        id: TaskId,
        /// Its number.
        number: i64,
        /// Its title.
        title: String,
    },
    /// Somebody who joined or left.
    Person(UserId),
}

impl News<'_> {
    /// What changed last, latest first, at most `limit` items. What was done to something that is
    /// gone is left out, and so is what somebody did to the same thing in the same way right
    /// before. Who joined and left sees only who may see the members.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn recent(&self, limit: u64) -> Result<Vec<NewsItem>, StoreError> {
        self.scope.require(Action::ProjectRead)?;
        self.scope.require(Action::TaskRead)?;
        let people = match self.scope.require(Action::MemberRead) {
            Ok(()) => &OF_PEOPLE[..],
            Err(_) => &[],
        };
        let actions = OF_WORK.iter().chain(people).map(|change| change.key());
        let rows = audit_event::Entity::find()
            .filter(audit_event::Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(audit_event::Column::Action.is_in(actions))
            .order_by_desc(audit_event::Column::Seq)
            .limit(limit.saturating_mul(LOOKED_AT))
            .all(&self.scope.transaction)
            .await?;
        let mut entries: Vec<AuditEntry> = rows.into_iter().map(AuditEntry::from).collect();
        // The newest comes first and stays.
        entries.dedup_by(|older, newer| {
            older.actor == newer.actor
                && older.action == newer.action
                && older.target_id == newer.target_id
        });
        let projects = self.projects(&entries).await?;
        let tasks = self.tasks(&entries).await?;
        let items = entries.into_iter().filter_map(|entry| {
            let about = match entry.target_kind.as_str() {
                "user" => About::Person(UserId::new(entry.target_id)),
                "project" => {
                    let id = Uuid::try_parse(&entry.target_id).ok()?;
                    About::Project {
                        id: ProjectId(id),
                        name: projects.get(&id)?.clone(),
                    }
                }
                _ => {
                    let id = Uuid::try_parse(&entry.target_id).ok()?;
                    let (number, title) = tasks.get(&id)?.clone();
                    About::Task {
                        id: TaskId(id),
                        number,
                        title,
                    }
                }
            };
            let status = entry.after.as_ref().and_then(|after| after.get("status"));
            Some(NewsItem {
                at: entry.at,
                actor: entry.actor,
                action: entry.action,
                about,
                status: status
                    .and_then(|status| status.as_str())
                    .and_then(Status::parse),
            })
        });
        Ok(items
            .take(usize::try_from(limit).unwrap_or(usize::MAX))
            .collect())
    }

    async fn projects(&self, entries: &[AuditEntry]) -> Result<HashMap<Uuid, String>, StoreError> {
        use project::Column;
        let ids = targets(entries, "project");
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<(Uuid, String)> = project::Entity::find()
            .select_only()
            .columns([Column::Id, Column::Name])
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::Id.is_in(ids))
            .into_tuple()
            .all(&self.scope.transaction)
            .await?;
        Ok(rows.into_iter().collect())
    }

    async fn tasks(
        &self,
        entries: &[AuditEntry],
    ) -> Result<HashMap<Uuid, (i64, String)>, StoreError> {
        use task::Column;
        let ids = targets(entries, "task");
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<(Uuid, i64, String)> = task::Entity::find()
            .select_only()
            .columns([Column::Id, Column::Number, Column::Title])
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::Id.is_in(ids))
            .into_tuple()
            .all(&self.scope.transaction)
            .await?;
        let rows = rows.into_iter();
        Ok(rows
            .map(|(id, number, title)| (id, (number, title)))
            .collect())
    }
}

fn targets(entries: &[AuditEntry], kind: &str) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = entries
        .iter()
        .filter(|entry| entry.target_kind == kind)
        .filter_map(|entry| Uuid::try_parse(&entry.target_id).ok())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
