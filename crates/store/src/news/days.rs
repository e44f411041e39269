use super::News;
use crate::{Action, Day, StoreError, entities::audit_event};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, sea_query::Expr};

/// The most days of one answer.
const LIMIT: u32 = 92;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// How much changed on one day of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCount {
    /// The day.
    pub day: Day,
    /// How many changes people made to projects and tasks.
    pub changes: u64,
}

impl News<'_> {
    /// How much people changed in projects and tasks on each of the last `count` days (at most
    /// 92), oldest first; the last is `today`, a day of UTC.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn days(&self, today: Day, count: u32) -> Result<Vec<DayCount>, StoreError> {
        use audit_event::Column;
        const DAY: &str = "day";
        self.scope.require(Action::TaskRead)?;
        let count = i64::from(count.clamp(1, LIMIT));
        let first = today.later(1 - count);
        let from = first.begins_at();
        let rows: Vec<(i64, i64)> = audit_event::Entity::find()
            .select_only()
            .column_as(Column::At.into_expr().sub(from).div(DAY_MS), DAY)
            .column_as(Column::Seq.count(), "changes")
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::At.gte(from))
            .filter(Column::At.lt(today.later(1).begins_at()))
            .filter(Column::ActorKind.eq("person"))
            .filter(Column::TargetKind.is_in(["project", "task"]))
            .group_by(Expr::col(DAY))
            .into_tuple()
            .all(&self.scope.transaction)
            .await?;
        let mut days: Vec<DayCount> = (0..count)
            .map(|day| DayCount {
                day: first.later(day),
                changes: 0,
            })
            .collect();
        for (day, changes) in rows {
            let day = usize::try_from(day).ok().and_then(|day| days.get_mut(day));
            if let Some(day) = day {
                day.changes = changes.unsigned_abs();
            }
        }
        Ok(days)
    }
}
