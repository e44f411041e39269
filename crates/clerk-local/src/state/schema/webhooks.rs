//! Webhook endpoints, events, and each event's way to each endpoint.

/// Before this version there was one endpoint, and an event and its delivery were one row. What was
/// still to be delivered stays so.
pub(super) const VERSION: &str = r#"
DROP INDEX webhook_delivery_due;
ALTER TABLE webhook_delivery RENAME TO webhook_delivery_before;
CREATE TABLE webhook_endpoint (
    id TEXT PRIMARY KEY NOT NULL,
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    secret TEXT NOT NULL,
    event_types TEXT NOT NULL,
    disabled BOOLEAN NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE TABLE webhook_event (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    event_type TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX webhook_event_by_age ON webhook_event (created_at);
CREATE TABLE webhook_delivery (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    event_sequence INTEGER NOT NULL REFERENCES webhook_event (sequence) ON DELETE CASCADE,
    endpoint_id TEXT NOT NULL REFERENCES webhook_endpoint (id) ON DELETE CASCADE,
    lane TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    next_attempt_at INTEGER,
    delivered_at INTEGER,
    last_error TEXT,
    UNIQUE (event_sequence, endpoint_id)
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, lane, sequence) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX webhook_delivery_of_endpoint ON webhook_delivery (endpoint_id);
CREATE TABLE webhook_attempt (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    delivery_sequence INTEGER NOT NULL REFERENCES webhook_delivery (sequence) ON DELETE CASCADE,
    status INTEGER,
    answer TEXT NOT NULL,
    error TEXT,
    duration_ms INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX webhook_attempt_of_delivery ON webhook_attempt (delivery_sequence);
INSERT INTO webhook_endpoint
    SELECT 'ep_application', '', '', webhook_secret, '[]', 0, created_at, created_at FROM instance;
INSERT INTO webhook_event
    SELECT sequence, id, event_type, payload, created_at FROM webhook_delivery_before;
INSERT INTO webhook_delivery
    SELECT sequence, sequence, 'ep_application', '', attempts, attempts, next_attempt_at, delivered_at, last_error
    FROM webhook_delivery_before;
DROP TABLE webhook_delivery_before;
"#;
