-- The same schema as sqlite.sql, which explains the columns, and row-level security.

DROP TABLE audit_events;

CREATE TABLE audit_events (
    organization_id text   NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    seq             bigint NOT NULL CHECK (seq > 0),
    at              bigint NOT NULL,
    actor_kind      text   NOT NULL CHECK (actor_kind IN ('person', 'api_key', 'system')),
    actor_id        text   NOT NULL,
    action          text   NOT NULL,
    target_kind     text   NOT NULL,
    target_id       text   NOT NULL,
    before          text   CHECK (before IS NULL OR before::json IS NOT NULL),
    after           text   CHECK (after IS NULL OR after::json IS NOT NULL),
    ip              text,
    user_agent      text,
    origin_salt     bytea  CHECK (length(origin_salt) = 16),
    origin_digest   bytea  NOT NULL CHECK (length(origin_digest) = 32),
    hash            bytea  NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (organization_id, seq)
);
CREATE INDEX audit_events_actor ON audit_events (actor_id, organization_id);

CREATE TABLE audit_heads (
    organization_id text   NOT NULL PRIMARY KEY REFERENCES organizations (id) ON DELETE CASCADE,
    seq             bigint NOT NULL,
    hash            bytea  NOT NULL CHECK (length(hash) = 32)
);

-- An entry is the organization's; a person who acts for nobody else sees their own, to take along.
-- Only privileges keep it from being changed: the application may add and read.
ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_events FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_events_all ON audit_events FOR ALL
    USING (
        organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), ''))
        OR (
            actor_id = (SELECT NULLIF(current_setting('app.user_id', true), ''))
            AND (SELECT NULLIF(current_setting('app.organization_id', true), '')) IS NULL
        )
    )
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));

ALTER TABLE audit_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_heads FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_heads_all ON audit_heads FOR ALL
    USING (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')))
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));
