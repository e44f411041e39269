//! What the backend decides about a person.

/// A person without a row has the instance's usual settings.
pub(super) const USER_SETTINGS: &str = r#"
CREATE TABLE user_setting (
    user_id TEXT PRIMARY KEY NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    banned BOOLEAN NOT NULL,
    locale TEXT,
    delete_self_enabled BOOLEAN,
    create_organization_enabled BOOLEAN,
    create_organizations_limit INTEGER,
    legal_accepted_at INTEGER,
    bypass_client_trust BOOLEAN NOT NULL,
    password_compromised BOOLEAN NOT NULL
);
"#;
