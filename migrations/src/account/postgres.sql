-- The same as sqlite.sql, which explains the columns. Policies and grants are the tables'.
ALTER TABLE users
    ADD COLUMN theme text,
    ADD COLUMN density text,
    ADD COLUMN time_zone text;

ALTER TABLE organizations
    ADD COLUMN second_factor_since bigint,
    ADD COLUMN sign_in_hours bigint CHECK (sign_in_hours > 0);
