//! [`Sender`]: one attempt to deliver one event to one endpoint.

use std::time::{Duration, Instant};

use http::header;
use reqwest::{Client, Response};
use svix::webhooks::Webhook;

use super::schedule::retry_after_ms;
use crate::{
    LocalState,
    error::{LocalError, Result},
    state::{Attempt, Delivery, WebhookEndpoint},
};

/// How long an endpoint may take to answer (Svix: 15 seconds).
const TIME_OUT: Duration = Duration::from_secs(15);
/// How many bytes of an answer are kept.
const ANSWER_KEPT: usize = 2_000;

/// Makes attempts and writes down what came of them.
#[derive(Clone)]
pub(super) struct Sender {
    state: LocalState,
    http: Client,
}

impl Sender {
    pub(super) fn new(state: LocalState) -> Result<Self> {
        let http = Client::builder()
            .timeout(TIME_OUT)
            .redirect(reqwest::redirect::Policy::none())
            // The endpoint is the application beside us; no proxy stands between.
            .no_proxy()
            .build()
            .map_err(|error| LocalError::Invalid(format!("no HTTP client: {error}")))?;
        Ok(Self { state, http })
    }

    /// Makes the attempt. Where its outcome can't be written down, it stays due and is made again.
    pub(super) async fn attempt(&self, delivery: Delivery) {
        if let Err(error) = self.try_attempt(&delivery).await {
            tracing::error!(id = %delivery.id, %error, "an attempt could not be written down");
        }
    }

    async fn try_attempt(&self, delivery: &Delivery) -> Result<()> {
        let Some(endpoint) = self.state.webhook_endpoint(&delivery.endpoint_id).await? else {
            return Ok(());
        };
        if self.state.faults().drops_webhooks() {
            let lost = Attempt {
                error: Some("lost, as the fault switches ask".to_owned()),
                ..Attempt::default()
            };
            return self
                .state
                .record_attempt(delivery.sequence, lost, None)
                .await;
        }
        let begun = Instant::now();
        let mut attempt = match self.send(&endpoint, delivery).await {
            Ok(response) => read(response).await,
            Err(reason) => Attempt {
                error: Some(reason),
                ..Attempt::default()
            },
        };
        attempt.duration_ms = i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX);
        let scale = self.state.options().webhook_retry_scale;
        let wait = retry_after_ms(delivery.failures + 1, scale);
        let next = wait
            .filter(|_| attempt.error.is_some())
            .map(|wait| self.state.now_ms() + wait);
        tell(delivery, &endpoint, &attempt, next);
        self.state
            .record_attempt(delivery.sequence, attempt, next)
            .await
    }

    async fn send(
        &self,
        endpoint: &WebhookEndpoint,
        delivery: &Delivery,
    ) -> Result<Response, String> {
        let timestamp = self.state.now_ms().div_euclid(1000);
        let body = delivery.payload.as_bytes();
        let signature = Webhook::new(&endpoint.secret)
            .and_then(|webhook| webhook.sign(&delivery.id, timestamp, body))
            .map_err(|error| error.to_string())?;
        self.http
            .post(&endpoint.url)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, "Svix-Webhooks/1.0 (clerk-local)")
            .header("svix-id", &delivery.id)
            .header("svix-timestamp", timestamp.to_string())
            .header("svix-signature", signature)
            .body(delivery.payload.clone())
            .send()
            .await
            .map_err(|error| describe(&error))
    }
}

/// The answer's status and the beginning of its body; a status outside 2xx is a failure.
async fn read(mut response: Response) -> Attempt {
    let status = response.status();
    let mut answer = Vec::new();
    while answer.len() < ANSWER_KEPT {
        match response.chunk().await {
            Ok(Some(chunk)) => answer.extend_from_slice(&chunk),
            // The status has told already whether the event was taken.
            Ok(None) | Err(_) => break,
        }
    }
    answer.truncate(ANSWER_KEPT);
    Attempt {
        status: Some(status.as_u16()),
        answer: String::from_utf8_lossy(&answer).into_owned(),
        error: (!status.is_success()).then(|| format!("the endpoint answered {status}")),
        duration_ms: 0,
    }
}

fn tell(delivery: &Delivery, endpoint: &WebhookEndpoint, attempt: &Attempt, next: Option<i64>) {
    let (id, event, endpoint) = (&delivery.id, &delivery.event_type, &endpoint.id);
    match (&attempt.error, next) {
        (None, _) => tracing::debug!(%id, %event, %endpoint, "event delivered"),
        (Some(error), Some(at)) => {
            tracing::warn!(%id, %event, %endpoint, %error, next_attempt_at = at, "event not delivered");
        }
        (Some(error), None) => tracing::error!(%id, %event, %endpoint, %error, "event given up"),
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
