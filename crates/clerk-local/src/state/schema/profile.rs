//! What people set up about themselves: addresses, pictures, machines.

/// Pictures, machines behind clients, and addresses under verification: from here on the address
/// of somebody who has not shown to receive mail there is nobody's.
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
CREATE TABLE email_address_of_anybody (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    email_address TEXT NOT NULL,
    lookup_key TEXT NOT NULL,
    verified BOOLEAN NOT NULL,
    strategy TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (user_id, lookup_key)
);
INSERT INTO email_address_of_anybody
    SELECT id, user_id, email_address, lookup_key, verified, strategy, created_at, updated_at
    FROM email_address;
DROP TABLE email_address;
ALTER TABLE email_address_of_anybody RENAME TO email_address;
CREATE UNIQUE INDEX email_address_holder ON email_address (lookup_key) WHERE verified;
CREATE INDEX email_address_by_key ON email_address (lookup_key);
CREATE TABLE email_proof (
    email_address_id TEXT PRIMARY KEY NOT NULL REFERENCES email_address (id) ON DELETE CASCADE,
    detail TEXT NOT NULL
);
CREATE TABLE jwt_template (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL UNIQUE,
    claims TEXT NOT NULL,
    lifetime INTEGER NOT NULL,
    allowed_clock_skew INTEGER NOT NULL,
    signing_algorithm TEXT NOT NULL,
    signing_key TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
"#;
