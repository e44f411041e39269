//! One search over what an organization has: projects, tasks, comments and members.

use crate::{ProjectId, Status, StoreError, TaskId, Tenant};
use clerk::ids::UserId;

/// The most hits that one search answers with.
pub const SEARCH_LIMIT: u64 = 100;

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is and where it leads.
    pub target: Target,
    /// Its title or name; the title of the task, for a comment.
    pub title: Vec<Piece>,
    /// The part of its text that was looked for, if it has one. Plain text: Markdown is not
    /// rendered.
    pub excerpt: Vec<Piece>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A project.
    Project(ProjectId),
    /// A task.
    Task {
        /// Its id.
        id: TaskId,
        /// Its number.
        number: i64,
        /// Where it stands.
        status: Status,
    },
    /// A comment.
    Comment {
        /// Its id.
        id: crate::CommentId,
        /// The task it is about.
        task: TaskId,
        /// That task's number.
        number: i64,
    },
    /// A member.
    Member(UserId),
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it says. To be escaped like any text.
    pub text: String,
    /// Whether it is what was looked for.
    pub found: bool,
}

impl Tenant {
    /// Looks for words, or their beginnings, in projects, tasks, comments and members of this
    /// organization: what has all of them, the best first, `limit` hits at most (and never more
    /// than [`SEARCH_LIMIT`]). Any text may be asked for; without a letter or digit it finds
    /// nothing. Members are found by who may see the members.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn search(&self, query: &str, limit: u64) -> Result<Vec<Hit>, StoreError> {
        let _ = (query, limit);
        todo!()
    }
}
