-- The same as sqlite.sql, which explains the columns.
ALTER TABLE memberships ADD COLUMN permissions text NOT NULL DEFAULT '';

ALTER TABLE organizations ADD COLUMN deleted_at bigint;
ALTER TABLE organizations ADD COLUMN purge_at bigint;
ALTER TABLE organizations ADD COLUMN purge_started_at bigint;
