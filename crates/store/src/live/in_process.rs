use super::{Signal, Signals};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::sync::watch;

/// Signals within one process. Only organizations that somebody watches take memory.
#[derive(Debug, Default)]
pub struct InProcess(Mutex<HashMap<String, watch::Sender<()>>>);

impl InProcess {
    /// A panic elsewhere leaves a map that is as good as before.
    fn locked(&self) -> MutexGuard<'_, HashMap<String, watch::Sender<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Signals for InProcess {
    fn committed(&self, organization: &str) {
        if let Some(sender) = self.locked().get(organization) {
            sender.send_replace(());
        }
    }

    fn watch(&self, organization: &str) -> Signal {
        let mut watched = self.locked();
        watched.retain(|_, sender| sender.receiver_count() > 0);
        let sender = watched.entry(organization.to_owned()).or_default();
        Signal::new(sender.subscribe())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{pin::pin, task::Poll};

    async fn is_awake(signal: &mut Signal) -> bool {
        let mut changed = pin!(signal.changed());
        std::future::poll_fn(|context| Poll::Ready(changed.as_mut().poll(context).is_ready())).await
    }

    #[tokio::test]
    async fn whoever_watches_an_organization_wakes_for_it_alone() {
        let signals = InProcess::default();
        let (mut acme, mut globex) = (signals.watch("org_acme"), signals.watch("org_globex"));
        assert!(!is_awake(&mut acme).await, "nothing happened yet");
        signals.committed("org_acme");
        signals.committed("org_acme");
        assert!(is_awake(&mut acme).await);
        assert!(!is_awake(&mut acme).await, "two commits are one waking");
        assert!(!is_awake(&mut globex).await);
    }

    #[test]
    fn who_watches_no_more_takes_no_memory() {
        let signals = InProcess::default();
        for number in 0..100 {
            drop(signals.watch(&number.to_string()));
            signals.committed(&number.to_string());
        }
        assert_eq!(signals.locked().len(), 1);
    }
}
