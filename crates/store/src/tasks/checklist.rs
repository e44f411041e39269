use super::{ChecklistItem, Current, Place, TasksMut, order::Line};
use crate::{
    ChecklistItemId, ItemText, StoreError, TaskId,
    audit::{Change, Difference},
    entities::checklist_item::{ActiveModel, Column, Entity, Model},
    scope::Scope,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select,
    prelude::Uuid,
};
use serde_json::{Value, json};

/// The most items that one checklist has.
pub const CHECKLIST_LIMIT: u64 = 200;

/// Changes of a task's checklist. The task is locked meanwhile, so that its items keep an order.
impl TasksMut<'_> {
    /// Adds an item at the end, or answers with the one that the same form added before.
    ///
    /// # Errors
    /// [`StoreError::LimitReached`] at [`CHECKLIST_LIMIT`] items; [`StoreError::NotFound`]
    /// (foreign or missing), [`StoreError::Forbidden`], [`StoreError::Unavailable`] or
    /// [`StoreError::Database`].
    pub async fn add_item(
        &self,
        task: TaskId,
        text: ItemText,
        request_id: Option<Uuid>,
    ) -> Result<ChecklistItem, StoreError> {
        self.to_edit(task).await?;
        if let Some(request_id) = request_id {
            let made = items(self.scope, task).filter(Column::RequestId.eq(request_id));
            if let Some(made) = made.one(&self.scope.transaction).await? {
                return Ok(made.into());
            }
        }
        let there = items(self.scope, task)
            .count(&self.scope.transaction)
            .await?;
        if there >= CHECKLIST_LIMIT {
            return Err(StoreError::LimitReached {
                max: CHECKLIST_LIMIT,
            });
        }
        let now = self.now();
        let row = Model {
            organization_id: self.scope.organization_id().to_owned(),
            id: self.scope.inner.ids.next(now),
            task_id: task.0,
            text: text.as_str().to_owned(),
            done_at: None,
            place: line(self.scope, task).room(Place::Last).await?,
            version: 1,
            request_id,
        };
        Entity::insert(ActiveModel::from(row.clone()))
            .exec_without_returning(&self.scope.transaction)
            .await?;
        let after = json!({ "text": row.text });
        self.record_item(Change::ChecklistItemAdded, task, None, Some(after))
            .await?;
        Ok(row.into())
    }

    /// Ticks an item off, or not. Two people who tick it off both mean the same.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (foreign or missing, or of another task),
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn set_item_done(
        &self,
        task: TaskId,
        item: ChecklistItemId,
        done: bool,
    ) -> Result<ChecklistItem, StoreError> {
        let mut row = self.item(task, item).await?;
        if row.done_at.is_some() == done {
            return Ok(row.into());
        }
        row.done_at = done.then(|| self.now());
        let change = ActiveModel {
            done_at: Set(row.done_at),
            ..ActiveModel::default()
        };
        self.update_item(item, change).await?;
        let says = |done: bool| Some(json!({ "text": row.text, "done": done }));
        let (before, after) = (says(!done), says(done));
        self.record_item(Change::ChecklistItemDone, task, before, after)
            .await?;
        Ok(row.into())
    }

    /// Writes an item anew. `based_on` is the [`version`](ChecklistItem::version) that was seen.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else has rewritten it since; those of
    /// [`TasksMut::set_item_done`].
    pub async fn rename_item(
        &self,
        task: TaskId,
        item: ChecklistItemId,
        based_on: i64,
        text: ItemText,
    ) -> Result<ChecklistItem, StoreError> {
        let mut row = self.item(task, item).await?;
        if row.text == text.as_str() {
            return Ok(row.into());
        }
        if row.version != based_on {
            let current = Current::ChecklistItem(row.into());
            return Err(StoreError::Conflict(Box::new(current)));
        }
        let before = json!({ "text": row.text });
        row.text = text.as_str().to_owned();
        row.version += 1;
        let change = ActiveModel {
            text: Set(row.text.clone()),
            version: Set(row.version),
            ..ActiveModel::default()
        };
        self.update_item(item, change).await?;
        let after = json!({ "text": row.text });
        self.record_item(
            Change::ChecklistItemRenamed,
            task,
            Some(before),
            Some(after),
        )
        .await?;
        Ok(row.into())
    }

    /// Puts an item elsewhere in its checklist.
    ///
    /// # Errors
    /// Those of [`TasksMut::set_item_done`].
    pub async fn move_item(
        &self,
        task: TaskId,
        item: ChecklistItemId,
        to: Place<ChecklistItemId>,
    ) -> Result<(), StoreError> {
        let row = self.item(task, item).await?;
        let place = line(self.scope, task)
            .room_for(item.0, Some(&row.place), to.map(|id| id.0))
            .await?;
        let Some(place) = place else {
            return Ok(());
        };
        let change = ActiveModel {
            place: Set(place),
            ..ActiveModel::default()
        };
        self.update_item(item, change).await?;
        let after = json!({ "text": row.text });
        self.record_item(Change::ChecklistItemMoved, task, None, Some(after))
            .await
    }

    /// Takes an item away, and answers with what it was.
    ///
    /// # Errors
    /// Those of [`TasksMut::set_item_done`].
    pub async fn remove_item(
        &self,
        task: TaskId,
        item: ChecklistItemId,
    ) -> Result<ChecklistItem, StoreError> {
        let row = self.item(task, item).await?;
        Entity::delete_many()
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::Id.eq(item.0))
            .exec(&self.scope.transaction)
            .await?;
        let before = json!({ "text": row.text });
        self.record_item(Change::ChecklistItemRemoved, task, Some(before), None)
            .await?;
        Ok(row.into())
    }

    /// An item of this very task, which is locked first.
    async fn item(&self, task: TaskId, item: ChecklistItemId) -> Result<Model, StoreError> {
        self.to_edit(task).await?;
        items(self.scope, task)
            .filter(Column::Id.eq(item.0))
            .one(&self.scope.transaction)
            .await?
            .ok_or(StoreError::NotFound)
    }

    async fn update_item(
        &self,
        id: ChecklistItemId,
        change: ActiveModel,
    ) -> Result<(), StoreError> {
        Entity::update_many()
            .set(change)
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::Id.eq(id.0))
            .exec(&self.scope.transaction)
            .await?;
        Ok(())
    }

    async fn record_item(
        &self,
        change: Change,
        task: TaskId,
        before: Option<Value>,
        after: Option<Value>,
    ) -> Result<(), StoreError> {
        let now = self.now();
        self.touch(task, now).await?;
        self.record(change, task, now, Difference { before, after })
            .await
    }
}

/// A task's checklist, in order.
pub(super) async fn of(scope: &Scope, task: TaskId) -> Result<Vec<ChecklistItem>, StoreError> {
    let rows = items(scope, task)
        .order_by_asc(Column::Place)
        .all(&scope.transaction)
        .await?;
    Ok(rows.into_iter().map(ChecklistItem::from).collect())
}

fn items(scope: &Scope, task: TaskId) -> Select<Entity> {
    Entity::find()
        .filter(Column::OrganizationId.eq(scope.organization_id()))
        .filter(Column::TaskId.eq(task.0))
}

fn line(scope: &Scope, task: TaskId) -> Line<'_, Entity> {
    Line {
        scope,
        rows: items(scope, task),
        organization_id: Column::OrganizationId,
        id: Column::Id,
        place: Column::Place,
    }
}

impl From<Model> for ChecklistItem {
    fn from(row: Model) -> Self {
        Self {
            id: ChecklistItemId(row.id),
            text: row.text,
            done: row.done_at.is_some(),
            version: row.version,
        }
    }
}
