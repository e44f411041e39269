//! One search over what an organization has: projects, tasks, comments and members.
//!
//! What can be found is kept as words in `search_documents`, in the transaction that writes it
//! ([`put`]). PostgreSQL makes a `tsvector` of them, SQLite has triggers that keep its FTS5 index
//! in step. Both get the words as [`words`] takes them from texts and queries, so that they find
//! the same.

mod documents;
mod excerpt;
mod found;
mod matching;
mod members;
mod words;

pub(crate) use documents::{Document, put};

use crate::{Action, CommentId, ProjectId, Status, StoreError, TaskId, Tenant};
use clerk::ids::UserId;
use words::Wanted;

/// The most hits that one search answers with.
pub const SEARCH_LIMIT: u64 = 100;

/// The most members among them.
const MEMBERS: u64 = 5;

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is and where it leads.
    pub target: Target,
    /// Its title or name; the title of the task, for a comment.
    pub title: Vec<Piece>,
    /// The part of its text that was looked for, if it has one. Plain text: Markdown is not
    /// rendered. For a member the email address.
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
        id: CommentId,
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
    /// Whether it is a word that was looked for.
    pub found: bool,
}

impl Tenant {
    /// Looks for words, or their beginnings, in projects, tasks, comments and members of this
    /// organization: what has all of them, members first, then the best, `limit` hits at most
    /// (and never more than [`SEARCH_LIMIT`]). Capitals and accents make no difference. Any text
    /// may be asked for; without a letter or digit it finds nothing. Members are found by who may
    /// see the members.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn search(&self, query: &str, limit: u64) -> Result<Vec<Hit>, StoreError> {
        self.0.require(Action::ProjectRead)?;
        self.0.require(Action::TaskRead)?;
        let wanted = Wanted::parse(query);
        let limit = limit.min(SEARCH_LIMIT);
        if wanted.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let mut hits = match self.can(Action::MemberRead) {
            true => members::matching(&self.0, &wanted, limit.min(MEMBERS)).await?,
            false => Vec::new(),
        };
        let left = limit.saturating_sub(hits.len() as u64);
        let matches = matching::documents(&self.0, &wanted, left).await?;
        hits.extend(found::hits(&self.0, &wanted, matches).await?);
        Ok(hits)
    }
}
