//! Delivers events over HTTP as Clerk (Svix) does: signed, in order, at least once.
//!
//! The queue is the table `webhook_delivery`, filled in the transaction of each change. A row leaves
//! the queue only after the endpoint's answer was written down; what a crash interrupts is sent again
//! with the same `svix-id`.

use std::{future::Future, time::Duration};

use http::header;

use crate::{
    LocalState,
    error::{LocalError, Result},
    state::Delivery,
};

/// Waits between attempts, in milliseconds, after the one made at once (Svix's default schedule).
const RETRY_AFTER_MS: [i64; 7] = [
    5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000,
];
/// How long an endpoint may take to answer.
const TIME_OUT: Duration = Duration::from_secs(15);
/// How many rows are read at once.
const BATCH: u64 = 50;
/// The longest nap; a clock that is set forward is noticed after it.
const LONGEST_NAP: Duration = Duration::from_secs(60);
/// The nap after the database failed.
const NAP_AFTER_ERROR: Duration = Duration::from_secs(5);

/// Delivers what is due, then sleeps until an event is stored or a retry is due, until `shutdown`
/// completes. An attempt under way then is given up and made again at the next start.
pub(crate) async fn run(state: &LocalState, shutdown: impl Future<Output = ()>) {
    let deliverer = match Deliverer::new(state.clone()) {
        Ok(deliverer) => deliverer,
        Err(error) => {
            tracing::error!(%error, "events can't be delivered");
            return shutdown.await;
        }
    };
    tokio::select! {
        () = shutdown => {}
        () = deliverer.run() => {}
    }
}

/// Sends events to the webhook endpoint.
pub struct Deliverer {
    state: LocalState,
    http: reqwest::Client,
}

impl Deliverer {
    /// Prepares the HTTP client.
    ///
    /// # Errors
    /// [`LocalError::Invalid`] when it can't be made.
    pub fn new(state: LocalState) -> Result<Self> {
        let http = reqwest::Client::builder()
            .timeout(TIME_OUT)
            .redirect(reqwest::redirect::Policy::none())
            // The endpoint is the application beside us; no proxy stands between.
            .no_proxy()
            .build()
            .map_err(|error| LocalError::Invalid(format!("no HTTP client: {error}")))?;
        Ok(Self { state, http })
    }

    async fn run(&self) {
        loop {
            let nap = match self.deliver_due().await {
                Ok(_) => self.nap().await,
                Err(error) => {
                    tracing::error!(%error, "reading the events to deliver failed");
                    NAP_AFTER_ERROR
                }
            };
            // A bell rung meanwhile is kept by `Notify`, so no event is slept over.
            tokio::select! {
                () = self.state.deliveries().notified() => {}
                () = tokio::time::sleep(nap) => {}
            }
        }
    }

    /// Makes every attempt that is due now, one after the other; gives their number.
    ///
    /// # Errors
    /// When the database fails. A failed attempt is no error: it is written down and made again.
    pub async fn deliver_due(&self) -> Result<usize> {
        let mut attempts = 0;
        loop {
            let due = self.state.due_deliveries(BATCH).await?;
            if due.is_empty() {
                return Ok(attempts);
            }
            for delivery in due {
                self.attempt(&delivery).await?;
                attempts += 1;
            }
        }
    }

    async fn attempt(&self, delivery: &Delivery) -> Result<()> {
        let outcome = self.send(delivery).await;
        let made = usize::try_from(delivery.attempts).unwrap_or(usize::MAX);
        let next = match &outcome {
            Ok(()) => None,
            Err(_) => RETRY_AFTER_MS
                .get(made)
                .map(|wait| self.state.now_ms() + wait),
        };
        let (id, event) = (&delivery.id, &delivery.event_type);
        match (&outcome, next) {
            (Ok(()), _) => tracing::debug!(%id, %event, "event delivered"),
            (Err(error), Some(at)) => {
                tracing::warn!(%id, %event, %error, next_attempt_at = at, "event not delivered");
            }
            (Err(error), None) => tracing::error!(%id, %event, %error, "event given up"),
        }
        self.state
            .record_attempt(delivery.sequence, outcome, next)
            .await
    }

    /// One attempt; an answer outside 2xx is a failure.
    async fn send(&self, delivery: &Delivery) -> std::result::Result<(), String> {
        let timestamp = self.state.now_ms().div_euclid(1000);
        let body = delivery.payload.as_bytes();
        let secret = &self.state.instance().webhook_secret;
        let signature = clerk::webhooks::sign(secret, &delivery.id, timestamp, body);
        let response = self
            .http
            .post(self.state.options().webhook_url.clone())
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, "Svix-Webhooks/1.0 (clerk-local)")
            .header("svix-id", &delivery.id)
            .header("svix-timestamp", timestamp.to_string())
            .header("svix-signature", signature)
            .body(delivery.payload.clone())
            .send()
            .await
            .map_err(|error| describe(&error))?;
        match response.status() {
            status if status.is_success() => Ok(()),
            status => Err(format!("the endpoint answered {status}")),
        }
    }

    async fn nap(&self) -> Duration {
        match self.state.next_delivery_at().await {
            Ok(Some(at)) => {
                let wait = u64::try_from(at - self.state.now_ms()).unwrap_or(0);
                Duration::from_millis(wait).min(LONGEST_NAP)
            }
            Ok(None) => LONGEST_NAP,
            Err(_) => NAP_AFTER_ERROR,
        }
    }
}

/// The error with its causes, without the address.
fn describe(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return format!("no answer within {} s", TIME_OUT.as_secs());
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
