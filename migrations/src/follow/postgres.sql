-- The same as sqlite.sql, which explains the columns. No rows of anybody: no policy.
CREATE TABLE roles (
    id          text   NOT NULL PRIMARY KEY,
    key         text   NOT NULL,
    permissions text   NOT NULL,
    updated_at  bigint NOT NULL
);
CREATE INDEX roles_key ON roles (key);
