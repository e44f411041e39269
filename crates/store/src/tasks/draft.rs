//! What tasks and comments are made from.

use super::{Day, Status};
use crate::{CommentBody, Description, LabelId, ProjectId, TaskId, TaskTitle};
use clerk::ids::UserId;
use uuid::Uuid;

/// The most people that one comment mentions.
pub const MENTIONS_LIMIT: usize = 50;

/// What a task is created from.
#[derive(Debug, Clone)]
pub struct NewTask {
    /// The project it belongs to.
    pub project_id: ProjectId,
    /// The title.
    pub title: TaskTitle,
    /// The description; may be empty.
    pub description: Description,
    /// The column it begins in, at its end.
    pub status: Status,
    /// Who is to do it: a member.
    pub assignee: Option<UserId>,
    /// When it is to be done.
    pub due_on: Option<Day>,
    /// Its labels.
    pub labels: Vec<LabelId>,
    /// The id of the form it was sent with. The same form sent again makes no second task.
    pub request_id: Option<Uuid>,
}

impl NewTask {
    /// A task with nothing but a title, to be done some day.
    pub fn titled(project_id: ProjectId, title: TaskTitle) -> Self {
        Self {
            project_id,
            title,
            description: Description::none(),
            status: Status::default(),
            assignee: None,
            due_on: None,
            labels: Vec::new(),
            request_id: None,
        }
    }
}

/// Where a task goes on its board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The column.
    pub status: Status,
    /// The place in it.
    pub place: Place,
}

/// A place in an order: a column of a board, or a checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<Id = TaskId> {
    /// Before all others.
    First,
    /// After all others.
    Last,
    /// Directly before this one; at the end, if that one is not there any more.
    Before(Id),
    /// Directly after this one; at the end, if that one is not there any more.
    After(Id),
}

/// What a comment is made from.
#[derive(Debug, Clone)]
pub struct NewComment {
    /// The text.
    pub body: CommentBody,
    /// Who is mentioned in it: members, [`MENTIONS_LIMIT`] at most.
    pub mentions: Vec<UserId>,
    /// The id of the form it was sent with. The same form sent again makes no second comment.
    pub request_id: Option<Uuid>,
}

impl<Id> Place<Id> {
    /// The same place by another name of its neighbour.
    pub(super) fn map<Other>(self, name: impl FnOnce(Id) -> Other) -> Place<Other> {
        match self {
            Self::First => Place::First,
            Self::Last => Place::Last,
            Self::Before(id) => Place::Before(name(id)),
            Self::After(id) => Place::After(name(id)),
        }
    }
}
