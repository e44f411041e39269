-- The same schema as sqlite.sql, which explains the columns, and row-level security.

CREATE TABLE organizations (
    id         text   NOT NULL PRIMARY KEY,
    slug       text   NOT NULL,
    name       text   NOT NULL,
    image_url  text,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE INDEX organizations_slug ON organizations (slug);

CREATE TABLE users (
    id         text   NOT NULL PRIMARY KEY,
    email      text,
    first_name text,
    last_name  text,
    image_url  text,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);

CREATE TABLE memberships (
    organization_id text   NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    user_id         text   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id              text   NOT NULL,
    role            text   NOT NULL,
    created_at      bigint NOT NULL,
    updated_at      bigint NOT NULL,
    PRIMARY KEY (organization_id, user_id),
    UNIQUE (organization_id, id)
);
CREATE INDEX memberships_user ON memberships (user_id);

CREATE TABLE projects (
    organization_id text   NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              uuid   NOT NULL,
    name            text   NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    created_by      text   NOT NULL,
    created_at      bigint NOT NULL,
    updated_at      bigint NOT NULL,
    archived_at     bigint,
    request_id      uuid,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, request_id)
);

CREATE TABLE audit_events (
    organization_id text   NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              uuid   NOT NULL,
    actor_id        text   NOT NULL,
    action          text   NOT NULL,
    target_kind     text   NOT NULL,
    target_id       text   NOT NULL,
    at              bigint NOT NULL,
    detail          text   NOT NULL CHECK (detail::json IS NOT NULL),
    PRIMARY KEY (organization_id, id)
);

CREATE TABLE webhook_events (
    id          text   NOT NULL PRIMARY KEY,
    kind        text   NOT NULL,
    received_at bigint NOT NULL
);

CREATE TABLE tombstones (
    kind       text   NOT NULL CHECK (kind IN ('user', 'organization', 'membership')),
    id         text   NOT NULL,
    deleted_at bigint NOT NULL,
    PRIMARY KEY (kind, id)
);

-- Row-level security. Two settings, made for one transaction with
-- `set_config(…, true)`, say on whose behalf it runs: app.organization_id and app.user_id.
-- Unset they read as NULL or, after a transaction that had set them, as ''; NULLIF makes
-- both NULL, which equals nothing: no setting, no rows. `(SELECT …)` has the planner
-- evaluate them once for a statement. FORCE binds the tables' owner as well.
-- webhook_events and tombstones hold ids and times alone, and belong to no organization.
-- Foreign keys and their cascades are checked without row-level security.
--
-- Policies for one command add up with OR: there is exactly one for each.

-- Visible to those who act in it, and to its members. The subquery is itself subject to
-- the policy of memberships, which looks at nothing but the settings: no recursion.
ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE organizations FORCE ROW LEVEL SECURITY;
CREATE POLICY organizations_select ON organizations FOR SELECT
    USING (
        id = (SELECT NULLIF(current_setting('app.organization_id', true), ''))
        OR id IN (
            SELECT organization_id FROM memberships
            WHERE user_id = (SELECT NULLIF(current_setting('app.user_id', true), ''))
        )
    );
CREATE POLICY organizations_insert ON organizations FOR INSERT
    WITH CHECK (id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));
CREATE POLICY organizations_update ON organizations FOR UPDATE
    USING (id = (SELECT NULLIF(current_setting('app.organization_id', true), '')))
    WITH CHECK (id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));
CREATE POLICY organizations_delete ON organizations FOR DELETE
    USING (id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));

-- Visible to the user himself and to the members of the organization acted in.
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY users_select ON users FOR SELECT
    USING (
        id = (SELECT NULLIF(current_setting('app.user_id', true), ''))
        OR id IN (
            SELECT user_id FROM memberships
            WHERE organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), ''))
        )
    );
CREATE POLICY users_insert ON users FOR INSERT
    WITH CHECK (id = (SELECT NULLIF(current_setting('app.user_id', true), '')));
CREATE POLICY users_update ON users FOR UPDATE
    USING (id = (SELECT NULLIF(current_setting('app.user_id', true), '')))
    WITH CHECK (id = (SELECT NULLIF(current_setting('app.user_id', true), '')));
CREATE POLICY users_delete ON users FOR DELETE
    USING (id = (SELECT NULLIF(current_setting('app.user_id', true), '')));

-- Visible to the organization and to the user; changed on behalf of the organization.
ALTER TABLE memberships ENABLE ROW LEVEL SECURITY;
ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
CREATE POLICY memberships_select ON memberships FOR SELECT
    USING (
        organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), ''))
        OR user_id = (SELECT NULLIF(current_setting('app.user_id', true), ''))
    );
CREATE POLICY memberships_insert ON memberships FOR INSERT
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));
CREATE POLICY memberships_update ON memberships FOR UPDATE
    USING (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')))
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));
CREATE POLICY memberships_delete ON memberships FOR DELETE
    USING (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));

ALTER TABLE projects ENABLE ROW LEVEL SECURITY;
ALTER TABLE projects FORCE ROW LEVEL SECURITY;
CREATE POLICY projects_all ON projects FOR ALL
    USING (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')))
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));

-- Without a policy for UPDATE and DELETE the audit log only grows.
ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_events FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_events_select ON audit_events FOR SELECT
    USING (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));
CREATE POLICY audit_events_insert ON audit_events FOR INSERT
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));
