//! What signing in keeps beside its attempts.

/// Sign-in tokens, and wrong answers.
pub(super) const TABLES: &str = r#"
CREATE TABLE sign_in_token (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    status TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE TABLE lockout (
    user_id TEXT PRIMARY KEY NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    failed_attempts INTEGER NOT NULL,
    locked_until INTEGER
);
"#;

/// The organization that a sign-in token leads to.
pub(super) const TOKEN_ORGANIZATION: &str = r#"
ALTER TABLE sign_in_token
    ADD COLUMN organization_id TEXT REFERENCES organization (id) ON DELETE SET NULL;
"#;
