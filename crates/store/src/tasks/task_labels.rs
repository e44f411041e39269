use super::{
    Task, TasksMut,
    cards::{Of, labels},
};
use crate::{
    LabelId, StoreError, TaskId,
    audit::Change,
    entities::{
        label,
        task_label::{ActiveModel, Column, Entity},
    },
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, prelude::Uuid,
    sea_query::LockType,
};
use serde_json::json;
use std::collections::BTreeSet;

impl TasksMut<'_> {
    /// Gives the task these labels and no others. `based_on` is the [`version`](Task::version)
    /// that was seen.
    ///
    /// # Errors
    /// Those of [`TasksMut::edit`]; [`StoreError::NotFound`] also for a foreign or missing label.
    pub async fn set_labels(
        &self,
        id: TaskId,
        based_on: i64,
        wanted: &[LabelId],
    ) -> Result<Task, StoreError> {
        let row = self.to_edit(id).await?;
        self.require_labels(wanted).await?;
        let mut had = labels(self.scope, &Of::Tasks(vec![id.0])).await?;
        let had = had.remove(&id.0).unwrap_or_default();
        let old: BTreeSet<LabelId> = had.iter().map(|label| label.id).collect();
        let new: BTreeSet<LabelId> = wanted.iter().copied().collect();
        let ids = |ids: &BTreeSet<LabelId>| {
            let ids: Vec<String> = ids.iter().map(LabelId::to_string).collect();
            json!({ "labels": ids })
        };
        let (same, before) = (old == new, ids(&old));
        if !same && row.version == based_on {
            let gone: Vec<Uuid> = old.difference(&new).map(|label| label.0).collect();
            Entity::delete_many()
                .filter(Column::OrganizationId.eq(self.scope.organization_id()))
                .filter(Column::TaskId.eq(id.0))
                .filter(Column::LabelId.is_in(gone))
                .exec(&self.scope.transaction)
                .await?;
            let added: Vec<LabelId> = new.difference(&old).copied().collect();
            self.add_labels(id, &added).await?;
        }
        self.change(row, based_on, same, Change::TaskLabeled, before, |_| {
            ids(&new)
        })
        .await
    }

    /// Refuses labels that the organization does not have; the others stay until the
    /// transaction ends.
    pub(super) async fn require_labels(&self, wanted: &[LabelId]) -> Result<(), StoreError> {
        let wanted: BTreeSet<Uuid> = wanted.iter().map(|label| label.0).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let count = wanted.len();
        let known: Vec<Uuid> = label::Entity::find()
            .select_only()
            .column(label::Column::Id)
            .filter(label::Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(label::Column::Id.is_in(wanted))
            .lock(LockType::KeyShare)
            .into_tuple()
            .all(&self.scope.transaction)
            .await?;
        match known.len() == count {
            true => Ok(()),
            false => Err(StoreError::NotFound),
        }
    }

    /// Gives the task labels that it does not have.
    pub(super) async fn add_labels(
        &self,
        id: TaskId,
        labels: &[LabelId],
    ) -> Result<(), StoreError> {
        let labels: BTreeSet<LabelId> = labels.iter().copied().collect();
        if labels.is_empty() {
            return Ok(());
        }
        let rows = labels.into_iter().map(|label| ActiveModel {
            organization_id: Set(self.scope.organization_id().to_owned()),
            task_id: Set(id.0),
            label_id: Set(label.0),
        });
        Entity::insert_many(rows)
            .exec_without_returning(&self.scope.transaction)
            .await?;
        Ok(())
    }
}
