//! Stopping when the terminal or the system asks for it.

use std::{future, time::Duration};

use tokio::sync::watch;

/// How long requests under way may take to end.
const PATIENCE: Duration = Duration::from_secs(5);

/// Tells when the process has to stop; clones hear of the same signal.
#[derive(Clone)]
pub struct Stop(watch::Receiver<bool>);

/// Listens for Ctrl-C and for SIGTERM.
pub fn on_signal() -> Stop {
    let (tell, hear) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            () = interrupted() => {}
            () = terminated() => {}
        }
        tell.send_replace(true);
        // Whoever begins to listen later hears of it as well.
        future::pending::<()>().await;
    });
    Stop(hear)
}

impl Stop {
    /// Completes when the process has to stop.
    pub async fn asked(mut self) {
        // The sender lives as long as the process.
        let _ = self.0.wait_for(|asked| *asked).await;
    }

    /// Completes when the process should have stopped.
    pub async fn overdue(self) {
        self.asked().await;
        tokio::time::sleep(PATIENCE).await;
    }
}

/// Without a way to hear of it, the process ends as the system ends it.
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        future::pending::<()>().await;
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signals) => {
            signals.recv().await;
        }
        Err(_) => future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    future::pending().await
}
