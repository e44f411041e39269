use super::{Comment, NewComment, TasksMut};
use crate::{CommentBody, CommentId, StoreError, TaskId};
use clerk::ids::UserId;

/// Changes of what is said about a task.
impl TasksMut<'_> {
    /// Adds a comment, or answers with the one that the same form added before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a foreign or missing task, and for somebody mentioned who is
    /// no member; [`StoreError::LimitReached`] for too many mentions; [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn comment(&self, task: TaskId, new: NewComment) -> Result<Comment, StoreError> {
        let _ = (task, new);
        todo!()
    }

    /// Writes one's own comment anew. `based_on` is the [`version`](Comment::version) that was
    /// seen.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was edited since; [`StoreError::Forbidden`] for somebody
    /// else's; those of [`TasksMut::comment`].
    pub async fn edit_comment(
        &self,
        task: TaskId,
        comment: CommentId,
        based_on: i64,
        body: CommentBody,
        mentions: Vec<UserId>,
    ) -> Result<Comment, StoreError> {
        let _ = (task, comment, based_on, body, mentions);
        todo!()
    }

    /// Deletes one's own comment, or, as somebody who may moderate, anybody's.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (foreign or missing, or of another task),
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn delete_comment(&self, task: TaskId, comment: CommentId) -> Result<(), StoreError> {
        let _ = (task, comment);
        todo!()
    }
}
