use crate::{StoreError, postgres, sqlite};
use clerk::clock::{SharedClock, SystemClock};
use sea_orm::DatabaseConnection;
use std::{fmt, sync::Arc, time::Duration};

/// How to connect.
#[derive(Clone)]
pub struct ConnectOptions {
    /// What tells the time of new rows.
    pub clock: SharedClock,
    /// The most connections held at once.
    pub max_connections: u32,
}

impl Default for ConnectOptions {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            max_connections: 10,
        }
    }
}

impl fmt::Debug for ConnectOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectOptions")
            .field("max_connections", &self.max_connections)
            .finish_non_exhaustive()
    }
}

/// How long to wait for the server, a free connection, or SQLite's write lock.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// Opens the pool. Both kinds are built from sqlx's options rather than by sea-orm, whose
/// own `connect` puts the whole URL, password included, into a trace span.
pub(crate) async fn open(
    url: &str,
    options: &ConnectOptions,
) -> Result<DatabaseConnection, StoreError> {
    match url.split_once(':').map_or("", |(scheme, _)| scheme) {
        "sqlite" => sqlite::open(url, options.max_connections).await,
        "postgres" | "postgresql" => postgres::open(url, options.max_connections).await,
        scheme => Err(StoreError::UnknownScheme {
            scheme: scheme.to_owned(),
        }),
    }
}
