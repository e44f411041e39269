use super::{Status, TaskCard};

/// The most tasks that one board shows.
pub const BOARD_LIMIT: u64 = 2_000;

/// A project's tasks, by status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// One for each status, in their order; each in the order that people gave it.
    pub columns: Vec<(Status, Vec<TaskCard>)>,
    /// Whether there are more than [`BOARD_LIMIT`], of which the last ones of the last columns are
    /// missing.
    pub truncated: bool,
}
