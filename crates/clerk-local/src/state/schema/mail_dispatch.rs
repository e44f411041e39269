//! Mails on their way to an SMTP server.

/// One row for each mail of an instance that has a server; the outbox keeps the mail itself.
pub(super) const VERSION: &str = r#"
CREATE TABLE mail_dispatch (
    mail_id TEXT PRIMARY KEY NOT NULL REFERENCES mail (id) ON DELETE CASCADE,
    attempts INTEGER NOT NULL,
    next_attempt_at INTEGER,
    sent_at INTEGER,
    last_error TEXT
);
CREATE INDEX mail_dispatch_due ON mail_dispatch (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
"#;
