//! What people set up about themselves: pictures.

/// Tables of pictures.
pub(super) const PROFILE: &str = r#"
CREATE TABLE image (
    id TEXT PRIMARY KEY NOT NULL,
    owner_id TEXT NOT NULL UNIQUE,
    content_type TEXT NOT NULL,
    bytes BLOB NOT NULL,
    created_at INTEGER NOT NULL
);
"#;
