-- What was logged until now has no chain to stand in; no release had it.
DROP TABLE audit_events;

-- Who changed what, when, from where. `seq` counts an organization's entries from 1. `before` and
-- `after` are JSON. Ids reference nothing, so that the entry stays when its target goes.
-- `hash` is SHA-256 over the entry and the hash before it (crates/store/src/audit/chain.rs).
-- It covers address and browser only through `origin_digest`, so that they can be blanked when
-- their person is erased, and the salt with them.
CREATE TABLE audit_events (
    organization_id TEXT    NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    seq             INTEGER NOT NULL CHECK (seq > 0),
    at              INTEGER NOT NULL,
    actor_kind      TEXT    NOT NULL CHECK (actor_kind IN ('person', 'api_key', 'system')),
    actor_id        TEXT    NOT NULL,
    action          TEXT    NOT NULL,
    target_kind     TEXT    NOT NULL,
    target_id       TEXT    NOT NULL,
    before          TEXT    CHECK (json_valid(before)),
    after           TEXT    CHECK (json_valid(after)),
    ip              TEXT,
    user_agent      TEXT,
    origin_salt     BLOB    CHECK (length(origin_salt) = 16),
    origin_digest   BLOB    NOT NULL CHECK (length(origin_digest) = 32),
    hash            BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (organization_id, seq)
) STRICT, WITHOUT ROWID;
-- A person's own entries, to show and to erase.
CREATE INDEX audit_events_actor ON audit_events (actor_id, organization_id);

-- The newest entry of each organization: its number and its hash.
CREATE TABLE audit_heads (
    organization_id TEXT    NOT NULL PRIMARY KEY REFERENCES organizations (id) ON DELETE CASCADE,
    seq             INTEGER NOT NULL,
    hash            BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_events_only_grow BEFORE UPDATE ON audit_events
WHEN NEW.ip IS NOT NULL OR NEW.user_agent IS NOT NULL OR NEW.origin_salt IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER audit_events_stay_as_they_are BEFORE UPDATE OF
    organization_id, seq, at, actor_kind, actor_id, action, target_kind, target_id, before, after,
    origin_digest, hash ON audit_events
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER audit_heads_keep_organization BEFORE UPDATE OF organization_id ON audit_heads
BEGIN SELECT RAISE(ABORT, 'organization_id never changes'); END;
