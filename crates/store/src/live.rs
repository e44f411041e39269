//! Telling those who wait that something of an organization's was committed, and what it was.
//!
//! [`Signals`] is the port: it says no more than "look again". Whoever looks enters a scope, as
//! every request does, and reads the audit log from the entry on that they know
//! ([`Tenant::changes_since`](crate::Tenant::changes_since)). So nothing is told to who may not
//! know it, nothing before it counts, and a signal that came twice or late does no harm.

mod changes;
mod in_process;

pub use changes::{CHANGES_LIMIT, ChangeNote, Changes};
pub use in_process::InProcess;

use tokio::sync::watch;

/// Who waits for changes of an organization, and who makes them. [`InProcess`] is enough for one
/// server; several on one database need one that reaches the others.
pub trait Signals: Send + Sync + 'static {
    /// Something of the organization's was committed. Must not block.
    fn committed(&self, organization: &str);

    /// From now on, each commit of the organization's. Watch first and read then: what is
    /// committed in between wakes.
    fn watch(&self, organization: &str) -> Signal;
}

/// Wakes when something was committed. Many commits may be one waking.
#[derive(Debug, Clone)]
pub struct Signal(watch::Receiver<()>);

impl Signal {
    /// A signal that is given by the sender of `receiver`.
    pub fn new(receiver: watch::Receiver<()>) -> Self {
        Self(receiver)
    }

    /// Resolves at the next commit, or at once if there was one since it last did.
    pub async fn changed(&mut self) {
        if self.0.changed().await.is_err() {
            // Nobody is left who could give it.
            std::future::pending::<()>().await;
        }
    }
}
