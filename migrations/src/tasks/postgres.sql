-- The same schema as sqlite.sql, which explains the columns, and row-level security. `place` and
-- `due_on` compare by bytes, as there.

CREATE TABLE task_numbers (
    organization_id text    NOT NULL PRIMARY KEY REFERENCES organizations (id) ON DELETE CASCADE,
    last            bigint NOT NULL CHECK (last > 0)
);

CREATE TABLE tasks (
    organization_id text    NOT NULL,
    id              uuid    NOT NULL,
    project_id      uuid    NOT NULL,
    number          bigint NOT NULL,
    title           text    NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    description     text    NOT NULL CHECK (char_length(description) <= 20000),
    status          text    NOT NULL
        CHECK (status IN ('backlog', 'todo', 'in_progress', 'done', 'canceled')),
    place           text    COLLATE "C" NOT NULL CHECK (char_length(place) BETWEEN 1 AND 200),
    assignee_id     text,
    due_on          text    COLLATE "C" CHECK (due_on ~ '^[1-9][0-9]{3}-[0-1][0-9]-[0-3][0-9]$'),
    version         bigint NOT NULL,
    place_version   bigint NOT NULL,
    created_by      text    NOT NULL,
    created_at      bigint NOT NULL,
    updated_at      bigint NOT NULL,
    completed_at    bigint,
    request_id      uuid,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, number),
    UNIQUE (organization_id, request_id),
    UNIQUE (organization_id, project_id, status, place),
    FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id)
        ON DELETE CASCADE
);
CREATE INDEX tasks_assignee ON tasks (organization_id, assignee_id, status);
CREATE INDEX tasks_due ON tasks (organization_id, due_on, id);
CREATE INDEX tasks_updated ON tasks (organization_id, updated_at, id);

CREATE TABLE labels (
    organization_id text    NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              uuid    NOT NULL,
    name            text    NOT NULL CHECK (char_length(name) BETWEEN 1 AND 40),
    folded          text    NOT NULL,
    colour          text    NOT NULL,
    created_at      bigint NOT NULL,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, folded)
);

CREATE TABLE task_labels (
    organization_id text NOT NULL,
    task_id         uuid NOT NULL,
    label_id        uuid NOT NULL,
    PRIMARY KEY (organization_id, task_id, label_id),
    FOREIGN KEY (organization_id, task_id) REFERENCES tasks (organization_id, id)
        ON DELETE CASCADE,
    FOREIGN KEY (organization_id, label_id) REFERENCES labels (organization_id, id)
        ON DELETE CASCADE
);
CREATE INDEX task_labels_label ON task_labels (organization_id, label_id, task_id);

CREATE TABLE checklist_items (
    organization_id text    NOT NULL,
    id              uuid    NOT NULL,
    task_id         uuid    NOT NULL,
    text            text    NOT NULL CHECK (char_length(text) BETWEEN 1 AND 200),
    done_at         bigint,
    place           text    COLLATE "C" NOT NULL CHECK (char_length(place) BETWEEN 1 AND 200),
    version         bigint NOT NULL,
    request_id      uuid,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, request_id),
    UNIQUE (organization_id, task_id, place),
    FOREIGN KEY (organization_id, task_id) REFERENCES tasks (organization_id, id)
        ON DELETE CASCADE
);

CREATE TABLE comments (
    organization_id text    NOT NULL,
    id              uuid    NOT NULL,
    task_id         uuid    NOT NULL,
    body            text    NOT NULL CHECK (char_length(body) BETWEEN 1 AND 10000),
    version         bigint NOT NULL,
    created_by      text    NOT NULL,
    created_at      bigint NOT NULL,
    edited_at       bigint,
    request_id      uuid,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, request_id),
    FOREIGN KEY (organization_id, task_id) REFERENCES tasks (organization_id, id)
        ON DELETE CASCADE
);
CREATE INDEX comments_task ON comments (organization_id, task_id, id);

CREATE TABLE mentions (
    organization_id text NOT NULL,
    comment_id      uuid NOT NULL,
    user_id         text NOT NULL,
    PRIMARY KEY (organization_id, comment_id, user_id),
    FOREIGN KEY (organization_id, comment_id) REFERENCES comments (organization_id, id)
        ON DELETE CASCADE
);
CREATE INDEX mentions_user ON mentions (organization_id, user_id);

CREATE TABLE search_documents (
    organization_id text    NOT NULL,
    id              uuid    NOT NULL,
    project_id      uuid,
    task_id         uuid,
    comment_id      uuid,
    title           text    NOT NULL,
    body            text    NOT NULL,
    words           tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'B')
    ) STORED,
    PRIMARY KEY (organization_id, id),
    CHECK (id = coalesce(project_id, task_id, comment_id)),
    FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id)
        ON DELETE CASCADE,
    FOREIGN KEY (organization_id, task_id) REFERENCES tasks (organization_id, id)
        ON DELETE CASCADE,
    FOREIGN KEY (organization_id, comment_id) REFERENCES comments (organization_id, id)
        ON DELETE CASCADE
);
CREATE INDEX search_documents_project ON search_documents (organization_id, project_id);
CREATE INDEX search_documents_task ON search_documents (organization_id, task_id);
CREATE INDEX search_documents_comment ON search_documents (organization_id, comment_id);

-- There is no GIN index on the words: it would find those of all organizations, and row-level
-- security keeps PostgreSQL from asking it before the organization's rows are told apart (`@@` is
-- not leak-proof). A search walks the organization's own documents by the primary key.

-- The projects that there are. Row-level security binds the owner, too, except for this.
ALTER TABLE projects NO FORCE ROW LEVEL SECURITY;
INSERT INTO search_documents (organization_id, id, project_id, title, body)
    SELECT organization_id, id, id,
           regexp_replace(normalize(lower(name), NFKD), '[\u0300-\u036f]', '', 'g'), ''
    FROM projects;
ALTER TABLE projects FORCE ROW LEVEL SECURITY;

-- What was done with one thing.
CREATE INDEX audit_events_target ON audit_events (organization_id, target_id, seq);

ALTER TABLE task_numbers ENABLE ROW LEVEL SECURITY;
ALTER TABLE task_numbers FORCE ROW LEVEL SECURITY;
CREATE POLICY task_numbers_all ON task_numbers FOR ALL
    USING (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')))
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));

ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE tasks FORCE ROW LEVEL SECURITY;
CREATE POLICY tasks_all ON tasks FOR ALL
    USING (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')))
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));

ALTER TABLE labels ENABLE ROW LEVEL SECURITY;
ALTER TABLE labels FORCE ROW LEVEL SECURITY;
CREATE POLICY labels_all ON labels FOR ALL
    USING (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')))
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));

ALTER TABLE task_labels ENABLE ROW LEVEL SECURITY;
ALTER TABLE task_labels FORCE ROW LEVEL SECURITY;
CREATE POLICY task_labels_all ON task_labels FOR ALL
    USING (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')))
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));

ALTER TABLE checklist_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE checklist_items FORCE ROW LEVEL SECURITY;
CREATE POLICY checklist_items_all ON checklist_items FOR ALL
    USING (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')))
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));

ALTER TABLE comments ENABLE ROW LEVEL SECURITY;
ALTER TABLE comments FORCE ROW LEVEL SECURITY;
CREATE POLICY comments_all ON comments FOR ALL
    USING (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')))
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));

ALTER TABLE mentions ENABLE ROW LEVEL SECURITY;
ALTER TABLE mentions FORCE ROW LEVEL SECURITY;
CREATE POLICY mentions_all ON mentions FOR ALL
    USING (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')))
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));

ALTER TABLE search_documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE search_documents FORCE ROW LEVEL SECURITY;
CREATE POLICY search_documents_all ON search_documents FOR ALL
    USING (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')))
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));
