-- Times are unix milliseconds. Ids of Clerk's are text, our own are UUIDs (version 7) of
-- 16 bytes. The organization comes first in every key of what an organization owns.

-- Clerk's organizations, as last told. `slug` is not unique here: Clerk keeps it unique,
-- and while two events are under way out of order two rows may bear the same one.
CREATE TABLE organizations (
    id         TEXT    NOT NULL PRIMARY KEY,
    slug       TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    image_url  TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX organizations_slug ON organizations (slug);

-- Clerk's users, as last told. `updated_at` 0 marks a stub made for a membership that
-- arrived before its user.
CREATE TABLE users (
    id         TEXT    NOT NULL PRIMARY KEY,
    email      TEXT,
    first_name TEXT,
    last_name  TEXT,
    image_url  TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE memberships (
    organization_id TEXT    NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    user_id         TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id              TEXT    NOT NULL,
    role            TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (organization_id, user_id),
    UNIQUE (organization_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_user ON memberships (user_id);

-- `created_by` outlives the membership of whoever made the project, so it references nothing.
-- `request_id` is the form's own id: the same form sent twice makes one project.
CREATE TABLE projects (
    organization_id TEXT    NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              BLOB    NOT NULL CHECK (length(id) = 16),
    name            TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    created_by      TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    archived_at     INTEGER,
    request_id      BLOB    CHECK (length(request_id) = 16),
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, request_id)
) STRICT, WITHOUT ROWID;

-- Who changed what, when. `detail` is JSON. `target_id` references nothing, so that the
-- entry stays when its target goes.
CREATE TABLE audit_events (
    organization_id TEXT    NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              BLOB    NOT NULL CHECK (length(id) = 16),
    actor_id        TEXT    NOT NULL,
    action          TEXT    NOT NULL,
    target_kind     TEXT    NOT NULL,
    target_id       TEXT    NOT NULL,
    at              INTEGER NOT NULL,
    detail          TEXT    NOT NULL CHECK (json_valid(detail)),
    PRIMARY KEY (organization_id, id)
) STRICT, WITHOUT ROWID;

-- One row for each delivery that took effect; `id` is the `svix-id` header.
CREATE TABLE webhook_events (
    id          TEXT    NOT NULL PRIMARY KEY,
    kind        TEXT    NOT NULL,
    received_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is gone, and as of when: an event about it that is not younger comes too late.
CREATE TABLE tombstones (
    kind       TEXT    NOT NULL CHECK (kind IN ('user', 'organization', 'membership')),
    id         TEXT    NOT NULL,
    deleted_at INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- SQLite has no row-level security: this much of it is a constraint all the same.
CREATE TRIGGER memberships_keep_organization BEFORE UPDATE OF organization_id ON memberships
BEGIN SELECT RAISE(ABORT, 'organization_id never changes'); END;
CREATE TRIGGER projects_keep_organization BEFORE UPDATE OF organization_id ON projects
BEGIN SELECT RAISE(ABORT, 'organization_id never changes'); END;
CREATE TRIGGER audit_events_only_grow BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
