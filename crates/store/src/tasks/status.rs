/// Where a task stands: the columns of a board, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Status {
    /// Thought of, not planned.
    Backlog,
    /// Planned.
    #[default]
    Todo,
    /// Somebody works on it.
    InProgress,
    /// Finished.
    Done,
    /// Given up.
    Canceled,
}

impl Status {
    /// Every status, in the order of a board's columns.
    pub const ALL: [Self; 5] = [
        Self::Backlog,
        Self::Todo,
        Self::InProgress,
        Self::Done,
        Self::Canceled,
    ];

    /// How it is written in rows and URLs: `in_progress`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Backlog => "backlog",
            Self::Todo => "todo",
            Self::InProgress => "in_progress",
            Self::Done => "done",
            Self::Canceled => "canceled",
        }
    }

    /// Reads what [`Status::as_str`] wrote; nothing else is a status.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// Whether there is something left to do.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::Canceled)
    }
}
