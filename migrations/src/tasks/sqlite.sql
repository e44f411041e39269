-- Counts an organization's tasks; the number of one that was deleted is not given again.
CREATE TABLE task_numbers (
    organization_id TEXT    NOT NULL PRIMARY KEY REFERENCES organizations (id) ON DELETE CASCADE,
    last            INTEGER NOT NULL CHECK (last > 0)
) STRICT, WITHOUT ROWID;

-- `place` is the order within project and status, a fraction in digits of base 36
-- (crates/store/src/tasks/position.rs). `version` counts changes of what the task says,
-- `place_version` its moves. `due_on` is a day, 2026-11-22. Whoever created it or is to do it
-- may be gone, so these reference nothing. `request_id` is the form's own id: the same form sent
-- twice makes one task.
CREATE TABLE tasks (
    organization_id TEXT    NOT NULL,
    id              BLOB    NOT NULL CHECK (length(id) = 16),
    project_id      BLOB    NOT NULL,
    number          INTEGER NOT NULL,
    title           TEXT    NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    description     TEXT    NOT NULL CHECK (length(description) <= 20000),
    status          TEXT    NOT NULL
        CHECK (status IN ('backlog', 'todo', 'in_progress', 'done', 'canceled')),
    place           TEXT    NOT NULL CHECK (length(place) BETWEEN 1 AND 200),
    assignee_id     TEXT,
    due_on          TEXT    CHECK (due_on GLOB '[1-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    version         INTEGER NOT NULL,
    place_version   INTEGER NOT NULL,
    created_by      TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    completed_at    INTEGER,
    request_id      BLOB    CHECK (length(request_id) = 16),
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, number),
    UNIQUE (organization_id, request_id),
    UNIQUE (organization_id, project_id, status, place),
    FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX tasks_assignee ON tasks (organization_id, assignee_id, status);
CREATE INDEX tasks_due ON tasks (organization_id, due_on, id);
CREATE INDEX tasks_updated ON tasks (organization_id, updated_at, id);

-- `folded` is the name in small letters: no two labels of an organization have the same.
CREATE TABLE labels (
    organization_id TEXT    NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              BLOB    NOT NULL CHECK (length(id) = 16),
    name            TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    folded          TEXT    NOT NULL,
    colour          TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, folded)
) STRICT, WITHOUT ROWID;

CREATE TABLE task_labels (
    organization_id TEXT NOT NULL,
    task_id         BLOB NOT NULL,
    label_id        BLOB NOT NULL,
    PRIMARY KEY (organization_id, task_id, label_id),
    FOREIGN KEY (organization_id, task_id) REFERENCES tasks (organization_id, id)
        ON DELETE CASCADE,
    FOREIGN KEY (organization_id, label_id) REFERENCES labels (organization_id, id)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX task_labels_label ON task_labels (organization_id, label_id, task_id);

CREATE TABLE checklist_items (
    organization_id TEXT    NOT NULL,
    id              BLOB    NOT NULL CHECK (length(id) = 16),
    task_id         BLOB    NOT NULL,
    text            TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 200),
    done_at         INTEGER,
    place           TEXT    NOT NULL CHECK (length(place) BETWEEN 1 AND 200),
    version         INTEGER NOT NULL,
    request_id      BLOB    CHECK (length(request_id) = 16),
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, request_id),
    UNIQUE (organization_id, task_id, place),
    FOREIGN KEY (organization_id, task_id) REFERENCES tasks (organization_id, id)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE comments (
    organization_id TEXT    NOT NULL,
    id              BLOB    NOT NULL CHECK (length(id) = 16),
    task_id         BLOB    NOT NULL,
    body            TEXT    NOT NULL CHECK (length(body) BETWEEN 1 AND 10000),
    version         INTEGER NOT NULL,
    created_by      TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    edited_at       INTEGER,
    request_id      BLOB    CHECK (length(request_id) = 16),
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, request_id),
    FOREIGN KEY (organization_id, task_id) REFERENCES tasks (organization_id, id)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX comments_task ON comments (organization_id, task_id, id);

CREATE TABLE mentions (
    organization_id TEXT NOT NULL,
    comment_id      BLOB NOT NULL,
    user_id         TEXT NOT NULL,
    PRIMARY KEY (organization_id, comment_id, user_id),
    FOREIGN KEY (organization_id, comment_id) REFERENCES comments (organization_id, id)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_user ON mentions (organization_id, user_id);

-- The words of projects, tasks and comments, as crates/store/src/search/words.rs writes them:
-- small letters without accents. `id` is that of what is found, and so is the one of the three
-- references that is set: the words go with it. `document` is its number in search_index.
CREATE TABLE search_documents (
    organization_id TEXT    NOT NULL,
    id              BLOB    NOT NULL CHECK (length(id) = 16),
    project_id      BLOB,
    task_id         BLOB,
    comment_id      BLOB,
    title           TEXT    NOT NULL,
    body            TEXT    NOT NULL,
    document        INTEGER,
    PRIMARY KEY (organization_id, id),
    CHECK (id = coalesce(project_id, task_id, comment_id)),
    FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id)
        ON DELETE CASCADE,
    FOREIGN KEY (organization_id, task_id) REFERENCES tasks (organization_id, id)
        ON DELETE CASCADE,
    FOREIGN KEY (organization_id, comment_id) REFERENCES comments (organization_id, id)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX search_documents_project ON search_documents (organization_id, project_id);
CREATE INDEX search_documents_task ON search_documents (organization_id, task_id);
CREATE INDEX search_documents_comment ON search_documents (organization_id, comment_id);

-- SQLite's full-text index. The organization is a word of each document: what is looked for is
-- looked for among its documents.
CREATE VIRTUAL TABLE search_index USING fts5 (
    organization_id, id UNINDEXED, title, body,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
-- A word in a title counts ten times as much.
INSERT INTO search_index (search_index, rank) VALUES ('rank', 'bm25(0.0, 0.0, 10.0, 1.0)');

CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents
BEGIN
    INSERT INTO search_index (organization_id, id, title, body)
        VALUES (NEW.organization_id, NEW.id, NEW.title, NEW.body);
    UPDATE search_documents SET document = last_insert_rowid()
        WHERE organization_id = NEW.organization_id AND id = NEW.id;
END;
CREATE TRIGGER search_documents_changed AFTER UPDATE OF title, body ON search_documents
BEGIN
    UPDATE search_index SET title = NEW.title, body = NEW.body WHERE rowid = NEW.document;
END;
CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents
BEGIN
    DELETE FROM search_index WHERE rowid = OLD.document;
END;

INSERT INTO search_documents (organization_id, id, project_id, title, body)
    SELECT organization_id, id, id, lower(name), '' FROM projects;

-- What was done with one thing.
CREATE INDEX audit_events_target ON audit_events (organization_id, target_id, seq);

CREATE TRIGGER task_numbers_keep_organization BEFORE UPDATE OF organization_id ON task_numbers
BEGIN SELECT RAISE(ABORT, 'organization_id never changes'); END;
CREATE TRIGGER tasks_keep_organization BEFORE UPDATE OF organization_id ON tasks
BEGIN SELECT RAISE(ABORT, 'organization_id never changes'); END;
CREATE TRIGGER labels_keep_organization BEFORE UPDATE OF organization_id ON labels
BEGIN SELECT RAISE(ABORT, 'organization_id never changes'); END;
CREATE TRIGGER task_labels_keep_organization BEFORE UPDATE OF organization_id ON task_labels
BEGIN SELECT RAISE(ABORT, 'organization_id never changes'); END;
CREATE TRIGGER checklist_items_keep_organization
    BEFORE UPDATE OF organization_id ON checklist_items
BEGIN SELECT RAISE(ABORT, 'organization_id never changes'); END;
CREATE TRIGGER comments_keep_organization BEFORE UPDATE OF organization_id ON comments
BEGIN SELECT RAISE(ABORT, 'organization_id never changes'); END;
CREATE TRIGGER mentions_keep_organization BEFORE UPDATE OF organization_id ON mentions
BEGIN SELECT RAISE(ABORT, 'organization_id never changes'); END;
CREATE TRIGGER search_documents_keep_organization
    BEFORE UPDATE OF organization_id ON search_documents
BEGIN SELECT RAISE(ABORT, 'organization_id never changes'); END;
