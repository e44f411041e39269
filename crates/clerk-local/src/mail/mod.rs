//! Mails to a real SMTP server, beside the outbox: off the request's path, repeated until the server
//! takes them.
//!
//! The queue is the table `mail_dispatch`, filled with each mail when the instance has a server.

mod smtp;

use std::{future, time::Duration};

pub use smtp::SmtpServer;

use self::smtp::Transport;
use crate::{LocalState, error::Result};

/// Waits between attempts, in milliseconds; then the mail is given up. A code is of no use after
/// some minutes, an invitation is for days.
const RETRY_AFTER_MS: [i64; 6] = [5_000, 30_000, 120_000, 600_000, 3_600_000, 14_400_000];
/// The longest nap; a clock that is set forward is noticed after it.
const LONGEST_NAP: Duration = Duration::from_secs(60);
/// The nap after the database failed.
const NAP_AFTER_ERROR: Duration = Duration::from_secs(5);

/// Sends what is due, then sleeps until a mail is stored or a retry is due; never ends.
pub(crate) async fn run(state: &LocalState) {
    let Some(server) = &state.options().smtp else {
        return future::pending().await;
    };
    let transport = Transport::new(server);
    loop {
        let nap = match send_due(state, &transport).await {
            Ok(nap) => nap,
            Err(error) => {
                tracing::error!(%error, "reading the mails to send failed");
                NAP_AFTER_ERROR
            }
        };
        tokio::select! {
            () = state.mails_waiting().notified() => {}
            () = tokio::time::sleep(nap) => {}
        }
    }
}

/// Makes every attempt that is due; gives the time until the next one.
async fn send_due(state: &LocalState, transport: &Transport) -> Result<Duration> {
    loop {
        let Some((mail, dispatch)) = state.next_dispatch().await? else {
            return Ok(LONGEST_NAP);
        };
        let wait = dispatch.next_attempt_at.unwrap_or(0) - state.now_ms();
        if let Ok(wait @ 1..) = u64::try_from(wait) {
            return Ok(LONGEST_NAP.min(Duration::from_millis(wait)));
        }
        let outcome = transport.send(&mail).await;
        let made = usize::try_from(dispatch.attempts).unwrap_or(usize::MAX);
        let next = match &outcome {
            Ok(()) => None,
            Err(_) => RETRY_AFTER_MS.get(made).map(|wait| state.now_ms() + wait),
        };
        match (&outcome, next) {
            (Ok(()), _) => tracing::debug!(id = %mail.id, "mail sent"),
            (Err(error), Some(at)) => {
                tracing::warn!(id = %mail.id, %error, next_attempt_at = at, "mail not sent");
            }
            (Err(error), None) => tracing::error!(id = %mail.id, %error, "mail given up"),
        }
        state.record_dispatch(&mail.id, outcome, next).await?;
    }
}
