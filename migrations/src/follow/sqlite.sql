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
