//! What is there now, for a program that meant to change what was there before.

use serde::{Deserialize, Serialize};
use store::Current;

/// The present state of what somebody else changed. People see it on the page itself, read anew.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Present {
    /// What the next change has to be based on.
    pub version: i64,
    /// The same for the next move of a task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place_version: Option<i64>,
    /// A task's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A task's column: `in_progress`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Who is to do a task, by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// When a task is due: `2026-11-22`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<String>,
    /// A task's description, a comment, or an item of a checklist.
    pub text: String,
}

impl From<Current> for Present {
    fn from(current: Current) -> Self {
        match current {
            Current::Task { task, description } => Self {
                version: task.version,
                place_version: Some(task.place_version),
                title: Some(task.title),
                status: Some(task.status.as_str().to_owned()),
                assignee: task.assignee.map(|user| user.to_string()),
                due_on: task.due_on.map(|day| day.to_string()),
                text: description,
            },
            Current::ChecklistItem(item) => Self {
                version: item.version,
                text: item.text,
                ..Self::default()
            },
            Current::Comment(comment) => Self {
                version: comment.version,
                text: comment.body,
                ..Self::default()
            },
        }
    }
}
