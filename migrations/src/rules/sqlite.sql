-- What the member's role gives: keys of Clerk's permissions, in order, with spaces between.
-- Nothing until Clerk's next word about the membership.
ALTER TABLE memberships ADD COLUMN permissions TEXT NOT NULL DEFAULT '';
