use super::Insights;
use crate::{
    Action, Day, Status, StoreError,
    audit::Change,
    entities::{audit_event, task},
};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, SimpleExpr},
};

/// The most weeks of one answer, the one that has not ended counted.
pub const WEEKS_LIMIT: u32 = 53;

const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// What happened in one week: from Monday to Sunday, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekCounts {
    /// Its Monday.
    pub begins: Day,
    /// How many people changed something: those with an entry of their own in the audit log.
    pub active: u64,
    /// How many tasks were created, deleted ones counted.
    pub created: u64,
    /// How many tasks were done in it and still are.
    pub finished: u64,
    /// How many people joined: accepted an invitation, or were added at Clerk.
    pub joined: u64,
}

impl Insights<'_> {
    /// The counts of the last `count` weeks (at most [`WEEKS_LIMIT`]), oldest first. The last is
    /// the week of `today`, a day of UTC. A week without anything is in it with zeros.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn weeks(&self, today: Day, count: u32) -> Result<Vec<WeekCounts>, StoreError> {
        self.scope.require(Action::InsightsRead)?;
        let count = i64::from(count.clamp(1, WEEKS_LIMIT));
        let last = today.begin_of_week();
        let first = last.later(-7 * (count - 1));
        let mut weeks: Vec<WeekCounts> = (0..count)
            .map(|week| WeekCounts {
                begins: first.later(7 * week),
                active: 0,
                created: 0,
                finished: 0,
                joined: 0,
            })
            .collect();
        let span = Span {
            from: first.begins_at(),
            until: last.later(7).begins_at(),
        };
        for (week, people) in self.active(span).await? {
            if let Some(week) = at(&mut weeks, week) {
                week.active = people;
            }
        }
        for (week, action, times) in self.recorded(span).await? {
            let Some(week) = at(&mut weeks, week) else {
                continue;
            };
            if action == Change::MemberJoined.key() {
                week.joined = times;
            } else {
                week.created = times;
            }
        }
        for (week, tasks) in self.finished(span).await? {
            if let Some(week) = at(&mut weeks, week) {
                week.finished = tasks;
            }
        }
        Ok(weeks)
    }

    /// People by week.
    async fn active(&self, span: Span) -> Result<Vec<(i64, u64)>, StoreError> {
        use audit_event::Column;
        let rows: Vec<(i64, i64)> = audit_event::Entity::find()
            .select_only()
            .column_as(span.week_of(Column::At), WEEK)
            .column_as(Expr::col(Column::ActorId).count_distinct(), "people")
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::At.gte(span.from))
            .filter(Column::At.lt(span.until))
            .filter(Column::ActorKind.eq("person"))
            .group_by(Expr::col(WEEK))
            .into_tuple()
            .all(&self.scope.transaction)
            .await?;
        Ok(unsigned(rows))
    }

    /// What the audit log alone remembers, by week.
    async fn recorded(&self, span: Span) -> Result<Vec<(i64, String, u64)>, StoreError> {
        use audit_event::Column;
        let rows: Vec<(i64, String, i64)> = audit_event::Entity::find()
            .select_only()
            .column_as(span.week_of(Column::At), WEEK)
            .column(Column::Action)
            .column_as(Column::Seq.count(), "times")
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::At.gte(span.from))
            .filter(Column::At.lt(span.until))
            .filter(
                Column::Action.is_in([Change::TaskCreated, Change::MemberJoined].map(Change::key)),
            )
            .group_by(Expr::col(WEEK))
            .group_by(Column::Action)
            .into_tuple()
            .all(&self.scope.transaction)
            .await?;
        Ok(rows
            .into_iter()
            .map(|(week, action, times)| (week, action, times.unsigned_abs()))
            .collect())
    }

    /// Tasks by the week in which they were done.
    async fn finished(&self, span: Span) -> Result<Vec<(i64, u64)>, StoreError> {
        use task::Column;
        let rows: Vec<(i64, i64)> = task::Entity::find()
            .select_only()
            .column_as(span.week_of(Column::CompletedAt), WEEK)
            .column_as(Column::Id.count(), "tasks")
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::CompletedAt.gte(span.from))
            .filter(Column::CompletedAt.lt(span.until))
            .filter(Column::Status.eq(Status::Done.as_str()))
            .group_by(Expr::col(WEEK))
            .into_tuple()
            .all(&self.scope.transaction)
            .await?;
        Ok(unsigned(rows))
    }
}

/// What the number of a row's week is called in the queries.
const WEEK: &str = "week";

/// Whole weeks: from a moment until before another (unix milliseconds).
#[derive(Clone, Copy)]
struct Span {
    from: i64,
    until: i64,
}

impl Span {
    /// The number of the week, from 0, that a column's moment within the span is in. Both
    /// databases divide whole numbers without a rest.
    fn week_of(self, moment: impl ColumnTrait) -> SimpleExpr {
        moment.into_expr().sub(self.from).div(WEEK_MS)
    }
}

fn at(weeks: &mut [WeekCounts], number: i64) -> Option<&mut WeekCounts> {
    usize::try_from(number)
        .ok()
        .and_then(|number| weeks.get_mut(number))
}

fn unsigned(rows: Vec<(i64, i64)>) -> Vec<(i64, u64)> {
    rows.into_iter()
        .map(|(week, count)| (week, count.unsigned_abs()))
        .collect()
}
