use clerk::ids::UserId;
use serde_json::Value;

/// One entry of a task's history, from the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// When it happened (unix milliseconds).
    pub at: i64,
    /// Who did it, if it was a person. They may have left since.
    pub actor: Option<UserId>,
    /// What was done: `task.created`, `task.moved`, …
    pub action: String,
    /// What was like that before, as an object: `{"status": "todo"}`.
    pub before: Option<Value>,
    /// What it is like since.
    pub after: Option<Value>,
}
