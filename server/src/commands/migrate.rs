//! `tenantry migrate`: brings the schema up to date as its owner and lets the application's role in.

use url::Url;

use crate::{config::Config, start::StartError};

/// Runs pending migrations on `MIGRATOR_DATABASE_URL`, then grants `DATABASE_URL`'s role what the
/// application needs and no more.
///
/// # Errors
/// When the database cannot be reached or a migration fails; nothing of a failed one stays.
pub async fn run(config: &Config) -> Result<(), StartError> {
    if config.database_url.starts_with("sqlite") {
        std::fs::create_dir_all(&config.data_dir).map_err(|error| {
            StartError::Migrate(format!(
                "DATA_DIR {} cannot be made: {error}",
                config.data_dir.display()
            ))
        })?;
    }
    let app_role = Url::parse(&config.database_url)
        .ok()
        .map(|url| url.username().to_owned())
        .filter(|role| !role.is_empty());
    migrations::migrate(&config.migrator_database_url, app_role.as_deref())
        .await
        .map_err(|error| StartError::Migrate(error.to_string()))?;
    tracing::info!("the database's schema is up to date");
    Ok(())
}
