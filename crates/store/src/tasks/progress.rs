/// How many of some things are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Done.
    pub done: u64,
    /// All of them.
    pub total: u64,
}
