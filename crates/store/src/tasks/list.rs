use super::{TaskCard, TaskCursor};

/// One page of tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskPage {
    /// At most [`PAGE_SIZE`](crate::PAGE_SIZE) of them.
    pub items: Vec<TaskCard>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<TaskCursor>,
}
