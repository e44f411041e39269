//! What a delivery says.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{EventData, WebhookError};

/// One event. It may arrive more than once and in any order: drop repeats by [`Event::id`],
/// and let the data's `updated_at` decide what is newer.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The delivery's name (`svix-id`), the same for every attempt.
    pub id: String,
    /// When the event happened, in unix milliseconds.
    pub timestamp_ms: i64,
    /// Which instance it happened in.
    pub instance_id: Option<String>,
    /// The request that brought it about, if one did.
    pub http_request: Option<HttpRequest>,
    /// What happened.
    pub data: EventData,
}

/// The request that brought an event about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HttpRequest {
    /// Where it came from.
    pub client_ip: Option<String>,
    /// The browser, or whatever it was.
    pub user_agent: Option<String>,
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    data: Value,
    #[serde(default)]
    timestamp: i64,
    #[serde(default)]
    instance_id: Option<String>,
    #[serde(default)]
    event_attributes: Option<EventAttributes>,
}

#[derive(Deserialize)]
struct EventAttributes {
    #[serde(default)]
    http_request: Option<HttpRequest>,
}

/// Reads a body whose signature has been found good.
///
/// # Errors
/// [`WebhookError::Event`] if it is no event, [`WebhookError::Data`] if it is one that we
/// know but its data are not what we know.
pub(super) fn parse(id: &str, body: &[u8]) -> Result<Event, WebhookError> {
    let envelope: Envelope = serde_json::from_slice(body).map_err(WebhookError::Event)?;
    let (kind, data) = (envelope.kind, envelope.data);
    let event = |data| Event {
        id: id.to_owned(),
        timestamp_ms: envelope.timestamp,
        instance_id: envelope.instance_id,
        http_request: envelope.event_attributes.and_then(|a| a.http_request),
        data,
    };
    match EventData::parse(&kind, &data) {
        Ok(data) => Ok(event(data)),
        Err(source) => Err(WebhookError::Data {
            event: Box::new(event(EventData::Unknown { kind, data })),
            source,
        }),
    }
}
