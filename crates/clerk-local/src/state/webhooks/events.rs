//! Events: stored with one delivery for each endpoint that wants them.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ConnectionTrait, EntityTrait,
};
use serde_json::{Value, json};

use super::{
    super::{
        entities::{webhook_delivery, webhook_endpoint, webhook_event},
        ids,
    },
    endpoints::wants,
};
use crate::error::Result;

/// Writes an event in Clerk's envelope; due at once at every endpoint that wants it.
///
/// # Errors
/// When the database fails.
pub(in super::super) async fn store(
    db: &impl ConnectionTrait,
    instance_id: &str,
    event_type: &str,
    data: Value,
    now: i64,
) -> Result<()> {
    let lane = lane(event_type, &data);
    let payload = json!({
        "type": event_type,
        "object": "event",
        "data": data,
        "timestamp": now,
        "instance_id": instance_id,
        "event_attributes": { "http_request": { "client_ip": "127.0.0.1", "user_agent": "" } },
    });
    let event = webhook_event::ActiveModel {
        sequence: NotSet,
        id: Set(ids::prefixed("msg")),
        event_type: Set(event_type.to_owned()),
        payload: Set(serde_json::to_string(&payload)?),
        created_at: Set(now),
    };
    let event = event.insert(db).await?;
    for endpoint in webhook_endpoint::Entity::find().all(db).await? {
        if endpoint.disabled || !wants(&endpoint, event_type) {
            continue;
        }
        let delivery = webhook_delivery::ActiveModel {
            sequence: NotSet,
            event_sequence: Set(event.sequence),
            endpoint_id: Set(endpoint.id),
            lane: Set(lane.clone()),
            attempts: Set(0),
            failures: Set(0),
            next_attempt_at: Set(Some(now)),
            delivered_at: Set(None),
            last_error: Set(None),
        };
        delivery.insert(db).await?;
    }
    Ok(())
}

/// Whom an event is about: its organization, else its person, else nobody.
fn lane(event_type: &str, data: &Value) -> String {
    let text = |pointer: &str| data.pointer(pointer).and_then(Value::as_str);
    let own_id = match event_type.split('.').next() {
        Some("organization" | "user") => text("/id"),
        _ => None,
    };
    own_id
        .or_else(|| text("/organization/id"))
        .or_else(|| text("/organization_id"))
        .or_else(|| text("/user_id"))
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_about_an_organization_or_a_person() {
        for (event_type, data, expected) in [
            ("user.updated", json!({ "id": "user_1" }), "user_1"),
            ("organization.deleted", json!({ "id": "org_1" }), "org_1"),
            (
                "organizationMembership.created",
                json!({ "id": "orgmem_1", "organization": { "id": "org_1" } }),
                "org_1",
            ),
            (
                "organizationInvitation.created",
                json!({ "id": "orginv_1", "organization_id": "org_1" }),
                "org_1",
            ),
            (
                "session.created",
                json!({ "id": "sess_1", "user_id": "user_1" }),
                "user_1",
            ),
            ("role.created", json!({ "id": "role_1" }), ""),
        ] {
            assert_eq!(lane(event_type, &data), expected, "{event_type}");
        }
    }
}
