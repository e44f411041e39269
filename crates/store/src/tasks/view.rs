use super::{Day, Progress, Status};
use crate::{ChecklistItemId, CommentId, Label, ProjectId, TaskId};
use clerk::ids::UserId;

/// A task of a project. Times are unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Unique within the organization.
    pub id: TaskId,
    /// Counts the organization's tasks from 1, for people to name it by. Never used again.
    pub number: i64,
    /// The project it belongs to.
    pub project_id: ProjectId,
    /// 1 to 200 characters.
    pub title: String,
    /// The column it stands in.
    pub status: Status,
    /// Who is to do it. They may have left since.
    pub assignee: Option<UserId>,
    /// When it is to be done.
    pub due_on: Option<Day>,
    /// Rises with each change of title, description, assignee, labels and due date.
    pub version: i64,
    /// Rises with each move: another status, another place in the column.
    pub place_version: i64,
    /// Who created it. They may have left since.
    pub created_by: UserId,
    /// When it was created.
    pub created_at: i64,
    /// When it last changed; comments and the checklist count.
    pub updated_at: i64,
    /// When it was last done or canceled, if it is.
    pub completed_at: Option<i64>,
}

/// A task as boards and lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskCard {
    /// The task.
    pub task: Task,
    /// Its project's name.
    pub project: String,
    /// Its labels, by name.
    pub labels: Vec<Label>,
    /// Items of its checklist.
    pub checklist: Progress,
    /// How many comments it has.
    pub comments: u64,
}

/// A task with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskDetails {
    /// The task.
    pub task: Task,
    /// Its project's name.
    pub project: String,
    /// Whether its project is put away.
    pub archived: bool,
    /// Markdown, up to 20,000 characters; may be empty.
    pub description: String,
    /// Its labels, by name.
    pub labels: Vec<Label>,
    /// Its checklist, in order.
    pub checklist: Vec<ChecklistItem>,
    /// Its comments, oldest first.
    pub comments: Vec<Comment>,
}

/// One thing to tick off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistItem {
    /// Unique within the organization.
    pub id: ChecklistItemId,
    /// 1 to 200 characters.
    pub text: String,
    /// Whether it is ticked off.
    pub done: bool,
    /// Rises with each change of the text.
    pub version: i64,
}

/// What somebody said about a task. Times are unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Unique within the organization.
    pub id: CommentId,
    /// Markdown, 1 to 10,000 characters.
    pub body: String,
    /// Who is mentioned in it, by id. They were members when it was written.
    pub mentions: Vec<UserId>,
    /// Who wrote it. They may have left since.
    pub created_by: UserId,
    /// When it was written.
    pub created_at: i64,
    /// When it was last edited, if it was.
    pub edited_at: Option<i64>,
    /// Rises with each edit.
    pub version: i64,
}

/// What is there now, to somebody who meant to change what was there before. Nothing of it was
/// overwritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Current {
    /// A task and its description.
    Task {
        /// The task.
        task: Task,
        /// Markdown; may be empty.
        description: String,
    },
    /// An item of a checklist.
    ChecklistItem(ChecklistItem),
    /// A comment.
    Comment(Comment),
}
