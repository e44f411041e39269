-- What was done since a moment, to count it by day and week.
CREATE INDEX audit_events_at ON audit_events (organization_id, at);

-- What was finished since a moment.
CREATE INDEX tasks_completed ON tasks (organization_id, completed_at);
