use super::Insights;
use crate::{
    Action, Day, ProjectId, Role, Status, StoreError,
    entities::{audit_event, membership, project, task},
};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait,
    prelude::Uuid,
    sea_query::{Expr, Func, SimpleExpr},
};
use std::collections::HashMap;

/// After how many days without a change a member or a project counts as quiet.
pub const QUIET_DAYS: i64 = 30;

/// What deserves attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attention {
    /// How many members there are.
    pub members: u64,
    /// How many of them are admins.
    pub admins: u64,
    /// How many others joined more than [`QUIET_DAYS`] ago and changed nothing since then.
    pub idle: u64,
    /// Open tasks that were due before today.
    pub overdue: Option<Spot>,
    /// Open tasks that nobody is to do.
    pub unassigned: Option<Spot>,
    /// Projects of which nothing changed for [`QUIET_DAYS`], and the one that changed least
    /// recently.
    pub quiet: Option<Spot>,
}

/// Something that there is more than none of in the projects in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// How much there is in all.
    pub count: u64,
    /// The project with the most of it.
    pub project: ProjectId,
    /// What that is called.
    pub name: String,
}

impl Insights<'_> {
    /// What deserves attention, as of `today`, the reader's. Archived projects are left out.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn attention(&self, today: Day) -> Result<Attention, StoreError> {
        self.scope.require(Action::InsightsRead)?;
        let since = today.later(-QUIET_DAYS).begins_at();
        let (members, admins, idle) = self.people(since).await?;
        let work = self.work(today).await?;
        let projects: Vec<Summary> = self
            .projects()
            .await?
            .into_iter()
            .map(|(id, name, changed)| {
                let work = work.get(&id).copied().unwrap_or_default();
                Summary {
                    id: ProjectId(id),
                    name,
                    changed: Ord::max(changed, work.changed),
                    work,
                }
            })
            .collect();
        let quiet = projects.iter().filter(|project| project.changed < since);
        let quiet_count = quiet.clone().count() as u64;
        let quietest = quiet.min_by_key(|project| (project.changed, project.id.0));
        Ok(Attention {
            members,
            admins,
            idle,
            overdue: most(&projects, |work| work.overdue),
            unassigned: most(&projects, |work| work.unassigned),
            quiet: quietest.map(|project| project.spot(quiet_count)),
        })
    }

    /// Members, admins, and those others who joined before a moment and changed nothing since.
    async fn people(&self, since: i64) -> Result<(u64, u64, u64), StoreError> {
        use membership::Column;
        let active = audit_event::Entity::find()
            .select_only()
            .column(audit_event::Column::ActorId)
            .filter(audit_event::Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(audit_event::Column::At.gte(since))
            .into_query();
        let idle = Column::CreatedAt
            .lt(since)
            .and(Column::UserId.ne(self.scope.user_id()))
            .and(Column::UserId.not_in_subquery(active));
        let row: Option<(i64, i64, i64)> = membership::Entity::find()
            .select_only()
            .column_as(Column::UserId.count(), "members")
            .column_as(count_of(Column::Role.eq(Role::ADMIN)), "admins")
            .column_as(count_of(idle), "idle")
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .into_tuple()
            .one(&self.scope.transaction)
            .await?;
        let (members, admins, idle) = row.unwrap_or_default();
        Ok((
            members.unsigned_abs(),
            admins.unsigned_abs(),
            idle.unsigned_abs(),
        ))
    }

    /// The tasks of each project that has some.
    async fn work(&self, today: Day) -> Result<HashMap<Uuid, Work>, StoreError> {
        use task::Column;
        let closed = [Status::Done, Status::Canceled].map(Status::as_str);
        let open = || Column::Status.is_not_in(closed);
        let overdue = open().and(Column::DueOn.lt(today.to_string()));
        let unassigned = open().and(Column::AssigneeId.is_null());
        let rows: Vec<(Uuid, i64, i64, i64)> = task::Entity::find()
            .select_only()
            .column(Column::ProjectId)
            .column_as(count_of(overdue), "overdue")
            .column_as(count_of(unassigned), "unassigned")
            .column_as(Column::UpdatedAt.max(), "changed")
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .group_by(Column::ProjectId)
            .into_tuple()
            .all(&self.scope.transaction)
            .await?;
        let rows = rows.into_iter();
        Ok(rows
            .map(|(project, overdue, unassigned, changed)| {
                let work = Work {
                    overdue: overdue.unsigned_abs(),
                    unassigned: unassigned.unsigned_abs(),
                    changed,
                };
                (project, work)
            })
            .collect())
    }

    /// Id, name and last change of the projects in use.
    async fn projects(&self) -> Result<Vec<(Uuid, String, i64)>, StoreError> {
        use project::Column;
        Ok(project::Entity::find()
            .select_only()
            .columns([Column::Id, Column::Name, Column::UpdatedAt])
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::ArchivedAt.is_null())
            .into_tuple()
            .all(&self.scope.transaction)
            .await?)
    }
}

/// A project in use.
struct Summary {
    id: ProjectId,
    name: String,
    /// When it or a task of it last changed (unix milliseconds).
    changed: i64,
    work: Work,
}

/// A project's tasks.
#[derive(Clone, Copy, Default)]
struct Work {
    overdue: u64,
    unassigned: u64,
    changed: i64,
}

impl Summary {
    fn spot(&self, count: u64) -> Spot {
        Spot {
            count,
            project: self.id,
            name: self.name.clone(),
        }
    }
}

/// How much there is in all, and the project with the most of it.
fn most(projects: &[Summary], much: impl Fn(&Work) -> u64) -> Option<Spot> {
    let count: u64 = projects.iter().map(|project| much(&project.work)).sum();
    let project = projects
        .iter()
        .max_by_key(|project| (much(&project.work), project.id.0))?;
    (count > 0).then(|| project.spot(count))
}

/// How many rows meet a condition.
fn count_of(condition: SimpleExpr) -> SimpleExpr {
    Func::count(Expr::case(condition, 1)).into()
}
