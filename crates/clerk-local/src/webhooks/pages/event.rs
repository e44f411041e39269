//! One event: its payload, and every attempt to deliver it.

use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use maud::{Markup, html};
use serde_json::Value;

use super::{Answer, frame, link};
use crate::{
    LocalState,
    error::LocalError,
    portal,
    state::{AttemptRow, DeliveryRow},
    words::age,
};

pub(super) async fn show(State(state): State<LocalState>, Path(id): Path<String>) -> Answer {
    let (event, ways) = state
        .webhook_event(&id)
        .await?
        .ok_or_else(LocalError::not_found)?;
    let endpoints = state.webhook_endpoints().await?;
    let now = state.now_ms();
    let content = html! {
        dl.facts {
            div { dt { "Message" } dd { code { (event.id) } } }
            div { dt { "Happened" } dd { (age(now - event.created_at)) } }
        }
        @for (delivery, attempts) in &ways {
            @let url = endpoints.iter().find(|endpoint| endpoint.id == delivery.endpoint_id);
            (way(&event.id, delivery, attempts, url.map_or("", |endpoint| &endpoint.url), now))
        }
        @if ways.is_empty() { p.empty { "No endpoint wanted it." } }
        section aria-labelledby="payload" {
            h2 id="payload" { "Payload" }
            pre tabindex="0" data-testid="payload" { (pretty(&event.payload)) }
        }
    };
    Ok(frame(StatusCode::OK, &event.event_type, &content))
}

/// One endpoint, its attempts, and the button to deliver the event to it once more.
fn way(
    event_id: &str,
    delivery: &DeliveryRow,
    attempts: &[AttemptRow],
    url: &str,
    now: i64,
) -> Markup {
    let heading = format!("delivery-{}", delivery.sequence);
    let replay = link(&format!("/events/{event_id}/replay/{}", delivery.sequence));
    html! {
        section aria-labelledby=(heading) data-testid="delivery" {
            h2 id=(heading) { (url) }
            p data-testid="state" { (state_of(delivery)) }
            @if !attempts.is_empty() {
                ol.rows {
                    @for attempt in attempts {
                        li data-testid="attempt" {
                            @match attempt.status {
                                Some(status) => strong { (status) },
                                None => strong { "No answer" },
                            }
                            " " span.hint { (age(now - attempt.created_at)) ", after " (attempt.duration_ms) " ms" }
                            @if let Some(error) = &attempt.error { p.wrong { (error) } }
                            @if !attempt.answer.is_empty() { pre tabindex="0" { (attempt.answer) } }
                        }
                    }
                }
            }
            form method="post" action=(replay) { button { "Replay" } }
        }
    }
}

/// Delivers the event to one endpoint once more.
pub(super) async fn replay(
    State(state): State<LocalState>,
    Path((id, delivery)): Path<(String, i64)>,
) -> Answer {
    state.replay_delivery(delivery).await?;
    Ok(portal::see_other(&link(&format!("/events/{id}"))))
}

/// Where a delivery stands, in words.
pub(super) fn state_of(delivery: &DeliveryRow) -> String {
    let attempts = match delivery.attempts {
        1 => "1 attempt".to_owned(),
        many => format!("{many} attempts"),
    };
    match (
        delivery.next_attempt_at,
        delivery.delivered_at,
        &delivery.last_error,
    ) {
        (Some(_), _, Some(error)) => format!("to be repeated after {attempts}: {error}"),
        (Some(_), _, None) => "waiting".to_owned(),
        (None, _, Some(error)) => format!("given up after {attempts}: {error}"),
        (None, _, None) => format!("delivered, {attempts}"),
    }
}

/// The payload with one member a line.
fn pretty(payload: &str) -> String {
    let value: Result<Value, _> = serde_json::from_str(payload);
    let text = value.and_then(|value| serde_json::to_string_pretty(&value));
    text.unwrap_or_else(|_| payload.to_owned())
}
