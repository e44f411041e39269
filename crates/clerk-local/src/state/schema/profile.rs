//! What people set up about themselves: pictures, machines.

/// Pictures, and the machines behind clients.
pub(super) const PROFILE: &str = r#"
CREATE TABLE image (
    id TEXT PRIMARY KEY NOT NULL,
    owner_id TEXT NOT NULL UNIQUE,
    content_type TEXT NOT NULL,
    bytes BLOB NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE TABLE client_device (
    client_id TEXT PRIMARY KEY NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    user_agent TEXT,
    ip_address TEXT
);
"#;
