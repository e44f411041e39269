-- The same as sqlite.sql, which explains the columns.
ALTER TABLE memberships ADD COLUMN permissions text NOT NULL DEFAULT '';
