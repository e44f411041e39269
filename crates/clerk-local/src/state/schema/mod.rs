//! The tables of the instance's own file, built version by version when it is opened.

mod factors;
mod machines;
mod mail_dispatch;
mod oauth;
mod organizations;
mod profile;
mod signing_in;
mod signing_keys;
mod user_settings;
mod webhooks;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

/// One entry per schema version; an entry never changes once it was released, a new one is added.
const VERSIONS: &[&str] = &[
    VERSION_1,
    VERSION_2,
    organizations::TABLES,
    profile::PROFILE,
    oauth::TABLES,
    signing_in::TABLES,
    factors::FACTORS,
    webhooks::VERSION,
    signing_keys::VERSION,
    mail_dispatch::VERSION,
    machines::MACHINES,
    user_settings::USER_SETTINGS,
    signing_in::TOKEN_ORGANIZATION,
];

/// Brings the file to the newest version. `PRAGMA user_version` holds the number of entries applied.
///
/// # Errors
/// A file written by a newer program, or any failing statement.
pub(super) async fn upgrade(db: &DatabaseConnection) -> Result<(), DbErr> {
    let tx = db
        .begin_with_options(TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        })
        .await?;
    let row = tx
        .query_one_raw(sea_orm::Statement::from_string(
            sea_orm::DbBackend::Sqlite,
            "PRAGMA user_version",
        ))
        .await?;
    let current = row.map_or(Ok(0), |row| row.try_get_by_index::<i64>(0))?;
    let current = usize::try_from(current).unwrap_or(usize::MAX);
    if current > VERSIONS.len() {
        return Err(DbErr::Custom(format!(
            "the file has schema version {current}, this program knows {}",
            VERSIONS.len()
        )));
    }
    for statements in &VERSIONS[current..] {
        tx.execute_unprepared(statements).await?;
    }
    tx.execute_unprepared(&format!("PRAGMA user_version = {}", VERSIONS.len()))
        .await?;
    tx.commit().await
}

const VERSION_1: &str = r#"
CREATE TABLE instance (
    id TEXT PRIMARY KEY NOT NULL,
    private_key BLOB NOT NULL,
    secret_key TEXT NOT NULL,
    webhook_secret TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE TABLE user (
    id TEXT PRIMARY KEY NOT NULL,
    external_id TEXT UNIQUE,
    first_name TEXT,
    last_name TEXT,
    primary_email_address_id TEXT,
    password_digest TEXT,
    password_last_updated_at INTEGER,
    public_metadata TEXT NOT NULL,
    private_metadata TEXT NOT NULL,
    unsafe_metadata TEXT NOT NULL,
    last_sign_in_at INTEGER,
    last_active_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX user_by_age ON user (created_at, id);
CREATE TABLE email_address (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    email_address TEXT NOT NULL,
    lookup_key TEXT NOT NULL UNIQUE,
    verified BOOLEAN NOT NULL,
    strategy TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX email_address_of_user ON email_address (user_id);
CREATE TABLE client (
    id TEXT PRIMARY KEY NOT NULL,
    token TEXT NOT NULL UNIQUE,
    client_uat INTEGER NOT NULL,
    sign_in_id TEXT,
    sign_up_id TEXT,
    last_active_session_id TEXT,
    last_authentication_strategy TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE TABLE session (
    id TEXT PRIMARY KEY NOT NULL,
    client_id TEXT NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    status TEXT NOT NULL,
    active_organization_id TEXT,
    first_factor_at INTEGER NOT NULL,
    last_active_at INTEGER NOT NULL,
    expire_at INTEGER NOT NULL,
    abandon_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX session_of_client ON session (client_id, status);
CREATE INDEX session_of_user ON session (user_id, status);
CREATE TABLE refresh_token (
    token_hash TEXT PRIMARY KEY NOT NULL,
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    replaced_at INTEGER
);
CREATE INDEX refresh_token_of_session ON refresh_token (session_id);
CREATE TABLE sign_in (
    id TEXT PRIMARY KEY NOT NULL,
    client_id TEXT NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    detail TEXT NOT NULL,
    abandon_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE TABLE sign_up (
    id TEXT PRIMARY KEY NOT NULL,
    client_id TEXT NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    detail TEXT NOT NULL,
    abandon_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE TABLE organization (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    created_by TEXT NOT NULL,
    max_allowed_memberships INTEGER NOT NULL,
    admin_delete_enabled BOOLEAN NOT NULL,
    public_metadata TEXT NOT NULL,
    private_metadata TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX organization_by_age ON organization (created_at, id);
CREATE TABLE membership (
    id TEXT PRIMARY KEY NOT NULL,
    organization_id TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    public_metadata TEXT NOT NULL,
    private_metadata TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (organization_id, user_id)
);
CREATE INDEX membership_of_user ON membership (user_id);
CREATE TABLE mail (
    id TEXT PRIMARY KEY NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    code TEXT,
    created_at INTEGER NOT NULL
);
CREATE INDEX mail_by_age ON mail (created_at, id);
CREATE TABLE handshake_nonce (
    nonce_hash TEXT PRIMARY KEY NOT NULL,
    directives TEXT NOT NULL,
    expires_at INTEGER NOT NULL
);
CREATE TABLE webhook_delivery (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    event_type TEXT NOT NULL,
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at INTEGER,
    delivered_at INTEGER,
    last_error TEXT,
    created_at INTEGER NOT NULL
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (next_attempt_at, sequence) WHERE next_attempt_at IS NOT NULL;
"#;

/// Whether admins may delete their organization is a constant of the instance.
const VERSION_2: &str = "ALTER TABLE organization DROP COLUMN admin_delete_enabled;";

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectOptions, Database, EntityTrait};

    use super::*;
    use crate::state::entities::{organization, webhook_delivery, webhook_event};

    #[tokio::test]
    async fn a_file_of_the_first_version_keeps_its_organizations() {
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1);
        let db = Database::connect(options).await.unwrap();
        db.execute_unprepared(VERSION_1).await.unwrap();
        db.execute_unprepared(
            "INSERT INTO organization VALUES ('org_1', 'Acme', 'acme', 'user_1', 5, 1, '{}', '{}', 1, 1);
             PRAGMA user_version = 1",
        )
        .await
        .unwrap();
        upgrade(&db).await.unwrap();
        let kept = organization::Entity::find().one(&db).await.unwrap();
        assert_eq!(kept.unwrap().slug, "acme");
    }

    #[tokio::test]
    async fn what_was_still_to_be_delivered_stays_so() {
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1);
        let db = Database::connect(options).await.unwrap();
        db.execute_unprepared(VERSION_1).await.unwrap();
        db.execute_unprepared(VERSION_2).await.unwrap();
        db.execute_unprepared(
            "INSERT INTO instance VALUES ('ins_1', x'00', 'sk_test_1', 'whsec_MQ==', 1);
             INSERT INTO webhook_delivery VALUES (7, 'msg_1', 'user.created', '{}', 2, 99, NULL, 'away', 5);
             PRAGMA user_version = 2",
        )
        .await
        .unwrap();
        upgrade(&db).await.unwrap();
        let event = webhook_event::Entity::find().one(&db).await.unwrap();
        assert_eq!(event.unwrap().id, "msg_1");
        let delivery = webhook_delivery::Entity::find().one(&db).await.unwrap();
        let delivery = delivery.unwrap();
        assert_eq!(delivery.endpoint_id, "ep_application");
        assert_eq!((delivery.attempts, delivery.next_attempt_at), (2, Some(99)));
    }
}
