//! Authenticator apps, backup codes, passkeys and reverification.

/// The tables of the second factors, and when a session last saw one.
pub(super) const FACTORS: &str = r#"
CREATE TABLE totp (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL UNIQUE REFERENCES user (id) ON DELETE CASCADE,
    secret BLOB NOT NULL,
    verified BOOLEAN NOT NULL,
    last_step INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE TABLE backup_code (
    user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, code_hash)
);
CREATE TABLE multi_factor (
    user_id TEXT PRIMARY KEY NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    enabled_at INTEGER,
    disabled_at INTEGER
);
CREATE TABLE passkey (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    challenge TEXT,
    expire_at INTEGER NOT NULL,
    credential_id TEXT UNIQUE,
    credential TEXT,
    last_used_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX passkey_of_user ON passkey (user_id);
CREATE TABLE reverification (
    session_id TEXT PRIMARY KEY NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    detail TEXT NOT NULL,
    expire_at INTEGER NOT NULL
);
ALTER TABLE session ADD COLUMN second_factor_at INTEGER;
"#;
