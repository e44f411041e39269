//! Which tasks a list shows, in which order, from where on.

use super::{Day, Status};
use crate::{LabelId, ProjectId, StoreError};
use clerk::ids::UserId;
use std::fmt;
use uuid::Uuid;

/// Which tasks a list shows: those that meet every part. The default is all open tasks of
/// projects in use.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskFilter {
    /// Of this project alone, archived or not; otherwise of all projects that are in use.
    pub project: Option<ProjectId>,
    /// By who is to do it.
    pub assignee: AssigneeFilter,
    /// With this label.
    pub label: Option<LabelId>,
    /// By where they stand.
    pub status: StatusFilter,
    /// By when they are due.
    pub due: Option<DueFilter>,
}

/// Tasks by who is to do them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum AssigneeFilter {
    /// Whoever is to do them, if anybody.
    #[default]
    Anyone,
    /// Nobody yet.
    Nobody,
    /// Whoever asks.
    Me,
    /// This person.
    User(UserId),
}

/// Tasks by where they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StatusFilter {
    /// Neither done nor canceled.
    #[default]
    Open,
    /// Wherever they stand.
    All,
    /// In this column.
    Only(Status),
}

/// Tasks by when they are due. The page says which day it is where the person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueFilter {
    /// Open and due before today.
    Overdue(Day),
    /// Due from today to Sunday.
    Week(Day),
    /// Due on no day.
    Unset,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TaskSort {
    /// The youngest first.
    #[default]
    Newest,
    /// What changed last first.
    Updated,
    /// What is due soonest first, what is due on no day last.
    Due,
}

/// The place after a task of a list in one order. Opaque: it can be written into a URL and read
/// back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskCursor {
    pub(super) key: Key,
    pub(super) id: Uuid,
}

/// What a list is ordered by before the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Newest,
    Updated(i64),
    Due(Option<Day>),
}

impl TaskCursor {
    /// Reads what [`Display`](fmt::Display) wrote.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`] for any other text.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        Self::read(text)
            // There is one way to write it.
            .filter(|cursor| cursor.to_string() == text)
            .ok_or(StoreError::InvalidCursor)
    }

    fn read(text: &str) -> Option<Self> {
        let (key, id) = text.rsplit_once('_')?;
        let key = match key.split_at_checked(1)? {
            ("n", "") => Key::Newest,
            ("u", at) => Key::Updated(at.parse().ok()?),
            ("d", "") => Key::Due(None),
            ("d", day) => Key::Due(Some(Day::parse(day)?)),
            _ => return None,
        };
        let id = Uuid::try_parse(id).ok()?;
        Some(Self { key, id })
    }
}

impl fmt::Display for TaskCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.id.simple();
        match self.key {
            Key::Newest => write!(f, "n_{id}"),
            Key::Updated(at) => write!(f, "u{at}_{id}"),
            Key::Due(None) => write!(f, "d_{id}"),
            Key::Due(Some(day)) => write!(f, "d{day}_{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_a_url_and_nothing_else_is_one() {
        for key in [
            Key::Newest,
            Key::Updated(1_790_000_000_000),
            Key::Updated(-1),
            Key::Due(None),
            Key::Due(Day::parse("2026-11-22")),
        ] {
            let id = Uuid::from_u128(7);
            let cursor = TaskCursor { key, id };
            assert_eq!(TaskCursor::parse(&cursor.to_string()).unwrap(), cursor);
        }
        for text in [
            "",
            "n",
            "_",
            "n_",
            "n_7",
            "x_00000000000000000000000000000007",
            "ü_00000000000000000000000000000007",
            "n1_00000000000000000000000000000007",
            "u_00000000000000000000000000000007",
            "u+1_00000000000000000000000000000007",
            "d2026-02-30_00000000000000000000000000000007",
            "n_00000000-0000-0000-0000-000000000007",
            "' OR 1=1 --",
        ] {
            assert!(
                matches!(TaskCursor::parse(text), Err(StoreError::InvalidCursor)),
                "{text}"
            );
        }
    }
}
