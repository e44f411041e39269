//! Delivers events over HTTP as Clerk (Svix) does: signed, at least once, with Svix's retries.
//!
//! The queue is the table `webhook_delivery`, filled in the transaction of each change. A delivery
//! leaves the queue only after the endpoint's answer was written down; what a crash interrupts is
//! sent again with the same `svix-id`.
//!
//! [`Deliverer`] says what is sent when, [`send`] makes one attempt, [`schedule`] says when a failed
//! one is repeated, [`pages`] shows it all.

mod flights;
pub(crate) mod pages;
mod schedule;
mod send;

use std::{future, time::Duration};

use self::{flights::Flights, send::Sender};
use crate::{LocalState, error::Result};

/// The longest nap; a clock that is set forward is noticed after it.
const LONGEST_NAP: Duration = Duration::from_secs(60);
/// The nap after the database failed.
const NAP_AFTER_ERROR: Duration = Duration::from_secs(5);
/// How often old events are removed.
const PRUNE_EVERY: Duration = Duration::from_secs(60 * 60);

/// Delivers what is due, then sleeps until an event is stored or a retry is due; never ends. Dropped, it
/// gives up the attempts under way, which are made again at the next start.
pub(crate) async fn run(state: &LocalState) {
    match Deliverer::new(state.clone()) {
        Ok(deliverer) => {
            tokio::join!(deliverer.run(), prune(state));
        }
        Err(error) => {
            tracing::error!(%error, "events can't be delivered");
            future::pending().await
        }
    }
}

async fn prune(state: &LocalState) {
    loop {
        if let Err(error) = state.prune_events().await {
            tracing::error!(%error, "old events could not be removed");
        }
        tokio::time::sleep(PRUNE_EVERY).await;
    }
}

/// Sends events to the webhook endpoints.
///
/// Events of one organization (or, outside organizations, of one person) reach an endpoint one after
/// the other. Others don't wait for them longer than a moment: an endpoint that hangs holds back
/// neither other endpoints nor other organizations.
pub struct Deliverer {
    state: LocalState,
    sender: Sender,
}

impl Deliverer {
    /// Prepares the HTTP client.
    ///
    /// # Errors
    /// [`crate::LocalError::Invalid`] when it can't be made.
    pub fn new(state: LocalState) -> Result<Self> {
        Ok(Self {
            sender: Sender::new(state.clone())?,
            state,
        })
    }

    async fn run(&self) {
        let mut flights = Flights::default();
        loop {
            let nap = match self.start_due(&mut flights).await {
                Ok(nap) => nap,
                Err(error) => {
                    tracing::error!(%error, "reading the events to deliver failed");
                    NAP_AFTER_ERROR
                }
            };
            // A bell rung meanwhile is kept by `Notify`, so no event is slept over.
            tokio::select! {
                () = flights.landed() => {}
                () = self.state.deliveries().notified() => {}
                () = tokio::time::sleep(nap) => {}
            }
        }
    }

    /// Makes every attempt that is due now and waits until all have ended; gives their number.
    ///
    /// # Errors
    /// When the database fails. A failed attempt is no error: it is written down and made again.
    pub async fn deliver_due(&self) -> Result<usize> {
        let mut flights = Flights::default();
        loop {
            let nap = self.start_due(&mut flights).await?;
            if flights.is_empty() {
                return Ok(flights.started());
            }
            tokio::select! {
                () = flights.landed() => {}
                () = tokio::time::sleep(nap) => {}
            }
        }
    }

    /// Starts every attempt that is due and may start; gives the time until another look is due.
    async fn start_due(&self, flights: &mut Flights) -> Result<Duration> {
        let mut nap = LONGEST_NAP;
        for delivery in self.state.due_deliveries().await? {
            match flights.may_start(&delivery) {
                Ok(()) => {
                    let sender = self.sender.clone();
                    flights.start(
                        &delivery.clone(),
                        async move { sender.attempt(delivery).await },
                    );
                }
                Err(wait) => nap = nap.min(wait),
            }
        }
        Ok(match self.state.next_delivery_at().await? {
            // What is due and under way already rings by landing.
            Some(at) if at > self.state.now_ms() => {
                let wait = u64::try_from(at - self.state.now_ms()).unwrap_or(0);
                nap.min(Duration::from_millis(wait))
            }
            _ => nap,
        })
    }
}
