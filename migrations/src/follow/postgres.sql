-- The same as sqlite.sql, which explains the columns. No rows of anybody: no policy.
CREATE TABLE roles (
    id          text   NOT NULL PRIMARY KEY,
    key         text   NOT NULL,
    permissions text   NOT NULL,
    updated_at  bigint NOT NULL
);
CREATE INDEX roles_key ON roles (key);

CREATE TABLE former_slugs (
    organization_id text NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    slug            text NOT NULL,
    PRIMARY KEY (organization_id, slug)
);

-- There for those who act in the organization, and to look at for its members, who may come by an
-- old link.
ALTER TABLE former_slugs ENABLE ROW LEVEL SECURITY;
ALTER TABLE former_slugs FORCE ROW LEVEL SECURITY;
CREATE POLICY former_slugs_all ON former_slugs FOR ALL
    USING (
        organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), ''))
        OR (SELECT may_only_look()) AND organization_id IN (
            SELECT memberships.organization_id FROM memberships
            WHERE user_id = (SELECT NULLIF(current_setting('app.user_id', true), ''))
        )
    )
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));
