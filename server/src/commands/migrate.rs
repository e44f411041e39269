//! `tenantry migrate`: brings the schema up to date as its owner and lets the application's role in.

use percent_encoding::percent_decode_str;
use url::Url;

use crate::{config::Config, start::StartError};

/// Runs pending migrations on `MIGRATOR_DATABASE_URL`, then grants `DATABASE_URL`'s role what the
/// application needs and no more.
///
/// # Errors
/// When the database cannot be reached or a migration fails; nothing of a failed one stays.
pub async fn run(config: &Config) -> Result<(), StartError> {
    if config.is_embedded() {
        std::fs::create_dir_all(&config.data_dir).map_err(|error| {
            StartError::Migrate(format!(
                "DATA_DIR {} cannot be made: {error}",
                config.data_dir.display()
            ))
        })?;
    }
    let app_role = Url::parse(&config.database_url)
        .ok()
        .map(|url| {
            percent_decode_str(url.username())
                .decode_utf8_lossy()
                .into_owned()
        })
        .filter(|role| !role.is_empty());
    migrations::migrate(&config.migrator_database_url, app_role.as_deref())
        .await
        .map_err(|error| StartError::Migrate(error.to_string()))?;
    tracing::info!("the database's schema is up to date");
    Ok(())
}

/// For commands that need an up-to-date schema: the embedded database has nobody else to ask, so it
/// is brought up to date on the spot. PostgreSQL's owner does that with `tenantry migrate`.
///
/// # Errors
/// As [`run`].
pub async fn run_if_embedded(config: &Config) -> Result<(), StartError> {
    match config.is_embedded() {
        true => run(config).await,
        false => Ok(()),
    }
}
