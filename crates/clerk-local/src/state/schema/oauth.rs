//! Tables of social sign-in: people's external accounts, the journeys to a provider that are under
//! way, and what the built-in providers know.

/// `external_account` and `oauth_attempt` are Clerk's side; the `provider_` tables are the other one.
pub(super) const TABLES: &str = r#"
CREATE TABLE external_account (
    id TEXT PRIMARY KEY NOT NULL,
    identification_id TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    provider TEXT NOT NULL,
    provider_user_id TEXT,
    profile TEXT,
    verification TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (provider, provider_user_id)
);
CREATE INDEX external_account_of_user ON external_account (user_id);
CREATE TABLE oauth_attempt (
    state_hash TEXT PRIMARY KEY NOT NULL,
    client_id TEXT NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    provider TEXT NOT NULL,
    purpose TEXT NOT NULL,
    code_verifier TEXT NOT NULL,
    redirect_url TEXT NOT NULL,
    action_complete_redirect_url TEXT,
    expire_at INTEGER NOT NULL
);
CREATE TABLE provider_account (
    id TEXT PRIMARY KEY NOT NULL,
    provider TEXT NOT NULL,
    lookup_key TEXT NOT NULL,
    email_address TEXT NOT NULL,
    email_verified BOOLEAN NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    username TEXT,
    created_at INTEGER NOT NULL,
    UNIQUE (provider, lookup_key)
);
CREATE TABLE provider_code (
    code_hash TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES provider_account (id) ON DELETE CASCADE,
    provider TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    code_challenge TEXT NOT NULL,
    scopes TEXT NOT NULL,
    expires_at INTEGER NOT NULL
);
"#;
