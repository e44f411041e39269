//! Machines, their tokens, and the API keys of people and organizations.

/// The tables. Secrets are kept as they are, not as digests: Clerk hands them out again
/// (`GET /machines/{id}/secret_key`, `GET /api_keys/{id}/secret`, `min_remaining_ttl_seconds`).
pub(super) const MACHINES: &str = r#"
CREATE TABLE machine (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    default_token_ttl INTEGER NOT NULL,
    secret TEXT NOT NULL UNIQUE,
    previous_secret TEXT,
    previous_secret_until INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX machine_by_previous_secret ON machine (previous_secret) WHERE previous_secret IS NOT NULL;
CREATE TABLE machine_scope (
    from_machine_id TEXT NOT NULL REFERENCES machine (id) ON DELETE CASCADE,
    to_machine_id TEXT NOT NULL REFERENCES machine (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (from_machine_id, to_machine_id)
);
CREATE INDEX machine_scope_to ON machine_scope (to_machine_id);
CREATE TABLE m2m_token (
    id TEXT PRIMARY KEY NOT NULL,
    machine_id TEXT NOT NULL REFERENCES machine (id) ON DELETE CASCADE,
    token TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    claims TEXT,
    revoked BOOLEAN NOT NULL,
    revocation_reason TEXT,
    expires_at INTEGER NOT NULL,
    last_used_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX m2m_token_of_machine ON m2m_token (machine_id, created_at);
CREATE TABLE api_key (
    id TEXT PRIMARY KEY NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    scopes TEXT NOT NULL,
    claims TEXT,
    secret TEXT NOT NULL UNIQUE,
    revoked BOOLEAN NOT NULL,
    revocation_reason TEXT,
    expires_at INTEGER,
    created_by TEXT,
    last_used_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX api_key_of_subject ON api_key (subject, created_at);
"#;
