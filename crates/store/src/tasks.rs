//! The tasks of projects, with their labels, checklists and comments.

mod activity;
mod board;
mod cards;
mod checklist;
mod comments;
mod day;
mod draft;
mod edit;
mod filter;
mod list;
mod moves;
mod order;
mod people;
mod position;
mod progress;
mod read;
mod rows;
mod status;
mod task_labels;
mod view;
mod write;

pub use activity::Activity;
pub use board::{Board, BoardColumn, COLUMN_LIMIT, COLUMN_SIZE};
pub use checklist::CHECKLIST_LIMIT;
pub use day::Day;
pub use draft::{MENTIONS_LIMIT, Move, NewComment, NewTask, Place};
pub use filter::{AssigneeFilter, DueFilter, StatusFilter, TaskCursor, TaskFilter, TaskSort};
pub use list::{TaskLine, TaskPage};
pub use people::Person;
pub use progress::Progress;
pub use read::Tasks;
pub use status::Status;
pub use view::{ChecklistItem, Comment, Current, Task, TaskCard, TaskDetails};
pub use write::TasksMut;

pub(crate) use rows::unreadable;

use crate::{Tenant, TenantMut};

impl Tenant {
    /// The organization's tasks, to read.
    pub fn tasks(&self) -> Tasks<'_> {
        Tasks::new(&self.0)
    }
}

impl TenantMut {
    /// The organization's tasks, to change.
    pub fn tasks(&self) -> TasksMut<'_> {
        TasksMut::new(&self.0)
    }
}
