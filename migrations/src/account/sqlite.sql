-- How a person likes pages, as their public metadata at Clerk last said; NULL where it says nothing.
ALTER TABLE users ADD COLUMN theme TEXT;
ALTER TABLE users ADD COLUMN density TEXT;
ALTER TABLE users ADD COLUMN time_zone TEXT;

-- What an organization demands of its members' sessions: since when two-step verification (NULL:
-- never), and after how many hours to sign in again (NULL: as Clerk says).
ALTER TABLE organizations ADD COLUMN second_factor_since INTEGER;
ALTER TABLE organizations ADD COLUMN sign_in_hours INTEGER CHECK (sign_in_hours > 0);
