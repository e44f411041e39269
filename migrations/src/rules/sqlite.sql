-- What the member's role gives: keys of Clerk's permissions, in order, with spaces between.
-- Nothing until Clerk's next word about the membership.
ALTER TABLE memberships ADD COLUMN permissions TEXT NOT NULL DEFAULT '';

-- A deleted organization rests until `purge_at`; until then its admins can bring it back, and
-- nobody can enter it. `purge_started_at` is from when on nobody brings it back. These are
-- ours: no word of Clerk's changes them.
ALTER TABLE organizations ADD COLUMN deleted_at INTEGER;
ALTER TABLE organizations ADD COLUMN purge_at INTEGER;
ALTER TABLE organizations ADD COLUMN purge_started_at INTEGER;
