//! `tenantry migrate`: brings the schema up to date as its owner and lets the server's roles in.

use migrations::{Login, Logins};
use percent_encoding::percent_decode_str;
use url::Url;

use crate::{config::Config, start::StartError};

/// Runs pending migrations on `MIGRATOR_DATABASE_URL`. On PostgreSQL it makes the roles of
/// `DATABASE_URL` and `WORKER_DATABASE_URL` where they are missing, with the passwords of those
/// URLs, and grants each what it needs and no more.
///
/// # Errors
/// When the database cannot be reached, the roles are not three or cannot be made, or a migration
/// fails; nothing of a failed one stays.
pub async fn run(config: &Config) -> Result<(), StartError> {
    if config.is_embedded() {
        std::fs::create_dir_all(&config.data_dir).map_err(|error| {
            StartError::Migrate(format!(
                "DATA_DIR {} cannot be made: {error}",
                config.data_dir.display()
            ))
        })?;
    }
    let logins = match &config.worker_database_url {
        None => None,
        Some(worker) => Some(Logins {
            app: login("DATABASE_URL", &config.database_url)?,
            worker: login("WORKER_DATABASE_URL", worker)?,
        }),
    };
    migrations::migrate(&config.migrator_database_url, logins.as_ref())
        .await
        .map_err(|error| StartError::Migrate(error.to_string()))?;
    tracing::info!("the database's schema is up to date");
    Ok(())
}

/// The role and password of a PostgreSQL URL.
fn login(variable: &str, url: &str) -> Result<Login, StartError> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let url = Url::parse(url)
        .ok()
        .filter(|url| !url.username().is_empty());
    // The URL may hold a password, so it is not repeated.
    let url = url.ok_or_else(|| {
        StartError::Migrate(format!(
            "{variable}: it names no role. Example: {variable}=postgres://role:password@localhost/tenantry"
        ))
    })?;
    Ok(Login {
        role: decoded(url.username()),
        password: url.password().map(decoded),
    })
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

#[cfg(test)]
mod tests {
    use super::login;

    #[test]
    fn role_and_password_are_decoded_and_a_url_without_a_role_is_not_repeated() {
        let found = login("DATABASE_URL", "postgres://a%40b:p%2Fw@localhost/x").unwrap();
        assert_eq!(found.role, "a@b");
        assert_eq!(found.password.as_deref(), Some("p/w"));
        assert!(!format!("{found:?}").contains("p/w"));
        assert_eq!(
            login("DATABASE_URL", "postgres://a@h/x").unwrap().password,
            None
        );
        let error = login("DATABASE_URL", "postgres://:hunter2@localhost/x").unwrap_err();
        assert!(error.to_string().contains("DATABASE_URL"), "{error}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}
