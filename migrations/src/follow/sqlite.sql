-- What Clerk's roles give, in all organizations alike, as last told by a word about the role itself:
-- keys of permissions, in order, with spaces between. A membership whose own word is older goes by
-- this.
CREATE TABLE roles (
    id          TEXT    NOT NULL PRIMARY KEY,
    key         TEXT    NOT NULL,
    permissions TEXT    NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX roles_key ON roles (key);

-- The slugs that an organization had before: links with one lead its members to the slug of today.
-- Another organization may have one of them by now.
CREATE TABLE former_slugs (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    slug            TEXT NOT NULL,
    PRIMARY KEY (organization_id, slug)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER former_slugs_keep_organization BEFORE UPDATE OF organization_id ON former_slugs
BEGIN SELECT RAISE(ABORT, 'organization_id never changes'); END;
