//! The endpoints, and the newest events.

use std::collections::HashMap;

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Answer, event::state_of, link};
use crate::{
    LocalState, portal,
    state::{DeliveryRow, EventRow, WebhookEndpoint},
    words::age,
};

/// How many events the page looks back.
const SHOWN: u64 = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// Only events whose type contains this.
    event: String,
}

pub(super) async fn show(State(state): State<LocalState>, Query(asked): Query<Asked>) -> Answer {
    let endpoints = state.webhook_endpoints().await?;
    let wanted = asked.event.trim();
    let events = state.webhook_log(wanted, SHOWN).await?;
    let names: HashMap<&str, &str> = endpoints
        .iter()
        .map(|endpoint| (endpoint.id.as_str(), endpoint.url.as_str()))
        .collect();
    let now = state.now_ms();
    let body = html! {
        main.wide {
            header {
                h1 { "Webhooks" }
                p.lead { "Signed as Clerk signs them, sent at least once, repeated until they are taken." }
            }
            section aria-labelledby="endpoints" {
                h2 id="endpoints" { "Endpoints" }
                ul.rows { @for endpoint in &endpoints { li { (endpoint_row(endpoint)) } } }
                a.primary.button href=(link("/endpoints")) { "Add an endpoint" }
            }
            section aria-labelledby="log" {
                h2 id="log" { "Events" }
                form.filter method="get" action=(link("")) role="search" {
                    div.field {
                        label for="event" { "Event type" }
                        input id="event" name="event" type="search" autocomplete="off" value=(asked.event);
                    }
                    button { "Filter" }
                }
                @if events.is_empty() {
                    p.empty {
                        @if wanted.is_empty() { "No event yet. Whatever changes in the instance appears here." }
                        @else { "No event of such a type." }
                    }
                } @else {
                    ul.rows { @for (event, deliveries) in &events { li { (event_row(event, deliveries, &names, now)) } } }
                }
            }
        }
    };
    Ok(portal::page(StatusCode::OK, "Webhooks", &body))
}

fn endpoint_row(endpoint: &WebhookEndpoint) -> Markup {
    let wanted = endpoint.wanted();
    html! {
        a href=(link(&format!("/endpoints/{}", endpoint.id))) { (endpoint.url) }
        p.hint {
            (endpoint.description)
            @if !endpoint.description.is_empty() { ": " }
            @if wanted.is_empty() { "all events" } @else { (wanted.join(", ")) }
            @if endpoint.disabled { " " strong { "(disabled)" } }
        }
    }
}

/// One event; tests find it by its type (`data-event`).
fn event_row(
    event: &EventRow,
    deliveries: &[DeliveryRow],
    names: &HashMap<&str, &str>,
    now: i64,
) -> Markup {
    html! {
        div data-testid="event" data-event=(event.event_type) {
            a href=(link(&format!("/events/{}", event.id))) { (event.event_type) }
            " " span.hint { (age(now - event.created_at)) }
            @if deliveries.is_empty() { p.hint { "No endpoint wanted it." } }
            @for delivery in deliveries {
                p.hint {
                    (names.get(delivery.endpoint_id.as_str()).unwrap_or(&"")) ": " (state_of(delivery))
                }
            }
        }
    }
}
