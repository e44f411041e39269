use super::{ChecklistItem, Place, TasksMut};
use crate::{ChecklistItemId, ItemText, StoreError, TaskId};

/// The most items that one checklist has.
pub const CHECKLIST_LIMIT: u64 = 200;

/// Changes of a task's checklist.
impl TasksMut<'_> {
    /// Adds an item at the end. The form's `request_id` keeps it from being added twice.
    ///
    /// # Errors
    /// [`StoreError::LimitReached`] at [`CHECKLIST_LIMIT`] items; [`StoreError::NotFound`]
    /// (foreign or missing), [`StoreError::Forbidden`], [`StoreError::Unavailable`] or
    /// [`StoreError::Database`].
    pub async fn add_item(
        &self,
        task: TaskId,
        text: ItemText,
        request_id: Option<uuid::Uuid>,
    ) -> Result<ChecklistItem, StoreError> {
        let _ = (task, text, request_id);
        todo!()
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
        let _ = (task, item, done);
        todo!()
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
        let _ = (task, item, based_on, text);
        todo!()
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
        let _ = (task, item, to);
        todo!()
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
        let _ = (task, item);
        todo!()
    }
}
