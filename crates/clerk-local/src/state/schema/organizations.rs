//! Invitations, roles and permissions; who may delete an organization.

/// An invitation without an organization is one to the application. Memberships name their role by
/// its key, so roles are not referenced from there.
pub(super) const TABLES: &str = r#"
ALTER TABLE organization ADD COLUMN admin_delete_enabled BOOLEAN NOT NULL DEFAULT TRUE;
CREATE TABLE invitation (
    id TEXT PRIMARY KEY NOT NULL,
    organization_id TEXT REFERENCES organization (id) ON DELETE CASCADE,
    role TEXT,
    inviter_id TEXT REFERENCES user (id) ON DELETE SET NULL,
    email_address TEXT NOT NULL,
    lookup_key TEXT NOT NULL,
    status TEXT NOT NULL,
    public_metadata TEXT NOT NULL,
    private_metadata TEXT NOT NULL,
    redirect_url TEXT,
    user_id TEXT,
    expires_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX invitation_of_organization ON invitation (organization_id, status);
CREATE INDEX invitation_of_address ON invitation (lookup_key, status);
CREATE TABLE role (
    id TEXT PRIMARY KEY NOT NULL,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE TABLE permission (
    id TEXT PRIMARY KEY NOT NULL,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    system BOOLEAN NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE TABLE role_permission (
    role_id TEXT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    permission_id TEXT NOT NULL REFERENCES permission (id) ON DELETE CASCADE,
    PRIMARY KEY (role_id, permission_id)
);
"#;
