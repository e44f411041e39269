//! The server's configuration: environment variables (and `.env`), read once at start.
//!
//! A wrong value stops the start with one line that names the variable, what is wrong with its
//! value and an example. Secrets are kept in types whose `Debug` is redacted.

mod clerk;

use std::{
    collections::HashMap,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use url::Url;

pub use self::clerk::{ClerkConfig, RemoteClerk, Smtp};

/// Everything the server can be told from outside.
#[derive(Debug, Clone)]
pub struct Config {
    /// `TENANTRY_ADDR`: the address to listen on. Default `127.0.0.1:3000`.
    pub addr: SocketAddr,
    /// `PUBLIC_URL`: the origin that people see. Default `http://localhost:3000`.
    pub public_url: Url,
    /// `DATABASE_URL`: default an SQLite file in `DATA_DIR`.
    pub database_url: String,
    /// `WORKER_DATABASE_URL`: the role that writes what Clerk says. PostgreSQL needs it; on SQLite
    /// one file serves all.
    pub worker_database_url: Option<String>,
    /// `MIGRATOR_DATABASE_URL`: the owner's connection, for `migrate`; default `DATABASE_URL`.
    pub migrator_database_url: String,
    /// `DATA_DIR`: where embedded databases live. Default `./data`.
    pub data_dir: PathBuf,
    /// `TENANTRY_TRUSTED_PROXIES`: how many proxies of one's own stand before this server, each
    /// adding the address it sees to `X-Forwarded-For`. Default 0: the header is not believed.
    pub trusted_proxies: usize,
    /// `TENANTRY_PURGE_AFTER_DAYS`: for how many days a deleted organization can be brought back.
    /// Default 30.
    pub grace_days: u32,
    /// Which Clerk this server talks to.
    pub clerk: ClerkConfig,
}

/// A value of the environment that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{variable}: {problem}. Example: {variable}={example}")]
pub struct ConfigError {
    /// The variable's name.
    pub variable: &'static str,
    /// What is wrong, without the value where that may be secret.
    pub problem: String,
    /// A value that would be accepted.
    pub example: &'static str,
}

impl Config {
    /// Reads `.env` if present, then the environment, which wins.
    ///
    /// # Errors
    /// The first variable whose value cannot be used.
    pub fn from_env() -> Result<Self, ConfigError> {
        match dotenvy::dotenv() {
            Ok(_) => {}
            Err(error) if error.not_found() => {}
            Err(error) => {
                return Err(ConfigError {
                    variable: ".env",
                    problem: format!("the file cannot be read: {error}"),
                    example: "\"a file of NAME=value lines\"",
                });
            }
        }
        Self::from_variables(&std::env::vars().collect())
    }

    /// The same from a map, so that it can be tested. Empty values count as unset.
    ///
    /// # Errors
    /// The first variable whose value cannot be used.
    pub fn from_variables(variables: &HashMap<String, String>) -> Result<Self, ConfigError> {
        let get = |name: &str| {
            variables
                .get(name)
                .map(|value| value.trim())
                .filter(|value| !value.is_empty())
        };

        let addr = match get("TENANTRY_ADDR") {
            None => SocketAddr::from(([127, 0, 0, 1], 3000)),
            Some(value) => value.parse().map_err(|_| ConfigError {
                variable: "TENANTRY_ADDR",
                problem: format!("\"{value}\" is not an IP address with a port"),
                example: "127.0.0.1:3000",
            })?,
        };
        let public_url = public_url(get("PUBLIC_URL"))?;
        let data_dir = PathBuf::from(get("DATA_DIR").unwrap_or("./data"));
        let database_url = match get("DATABASE_URL") {
            Some(value) => checked_database_url("DATABASE_URL", value)?,
            None => sqlite_url(&data_dir.join("tenantry.sqlite")),
        };
        let worker_database_url = worker_database_url(get("WORKER_DATABASE_URL"), &database_url)?;
        let migrator_database_url = match get("MIGRATOR_DATABASE_URL") {
            Some(value) => checked_database_url("MIGRATOR_DATABASE_URL", value)?,
            None => database_url.clone(),
        };
        let trusted_proxies = match get("TENANTRY_TRUSTED_PROXIES") {
            None => 0,
            Some(value) => value.parse().map_err(|_| ConfigError {
                variable: "TENANTRY_TRUSTED_PROXIES",
                problem: format!("\"{value}\" is not a number of proxies"),
                example: "1",
            })?,
        };
        let grace_days = match get("TENANTRY_PURGE_AFTER_DAYS") {
            None => 30,
            Some(value) => value.parse().map_err(|_| ConfigError {
                variable: "TENANTRY_PURGE_AFTER_DAYS",
                problem: format!("\"{value}\" is not a number of days"),
                example: "30",
            })?,
        };
        let clerk = clerk::read(get, &public_url)?;

        let config = Self {
            addr,
            public_url,
            database_url,
            worker_database_url,
            migrator_database_url,
            data_dir,
            trusted_proxies,
            grace_days,
            clerk,
        };
        config.refuse_exposed_local_clerk(get("TENANTRY_ALLOW_LOCAL_CLERK") == Some("1"))?;
        Ok(config)
    }

    /// Whether the database is the embedded one, a file that belongs to this server alone.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.database_url.starts_with("sqlite")
    }

    /// The origin of [`Self::public_url`], as browsers write it in `Origin`.
    #[must_use]
    pub fn public_origin(&self) -> String {
        self.public_url.origin().ascii_serialization()
    }

    /// Invariant 5: the local instance lets anybody read its outbox, so it is served to this
    /// machine only, unless the operator insists.
    fn refuse_exposed_local_clerk(&self, allowed: bool) -> Result<(), ConfigError> {
        let local = matches!(self.clerk, ClerkConfig::Local { .. });
        if local && !allowed && !self.addr.ip().is_loopback() {
            return Err(ConfigError {
                variable: "TENANTRY_ADDR",
                problem: format!(
                    "without Clerk keys the local Clerk instance would be served on {}, where \
                     others can reach it; set CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY, or a \
                     loopback address, or TENANTRY_ALLOW_LOCAL_CLERK=1",
                    self.addr
                ),
                example: "127.0.0.1:3000",
            });
        }
        Ok(())
    }
}

fn public_url(value: Option<&str>) -> Result<Url, ConfigError> {
    let value = value.unwrap_or("http://localhost:3000");
    let wrong = |problem: String| ConfigError {
        variable: "PUBLIC_URL",
        problem,
        example: "https://app.example.com",
    };
    let url = Url::parse(value).map_err(|e| wrong(format!("\"{value}\" is not a URL ({e})")))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(wrong(format!("\"{value}\" is not an http or https URL")));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(wrong(format!(
            "\"{value}\" must be an origin alone, without a path or query"
        )));
    }
    Ok(url)
}

/// Passwords may stand in a database URL, so the problem never repeats the value.
fn checked_database_url(variable: &'static str, value: &str) -> Result<String, ConfigError> {
    let scheme = value.split_once(':').map(|(scheme, _)| scheme);
    match scheme {
        Some("sqlite" | "postgres" | "postgresql") => Ok(value.to_owned()),
        _ => Err(ConfigError {
            variable,
            problem: "the scheme must be sqlite or postgres".to_owned(),
            example: "postgres://tenantry:password@localhost/tenantry",
        }),
    }
}

/// PostgreSQL needs the worker's URL, SQLite has no use for it.
fn worker_database_url(
    value: Option<&str>,
    database_url: &str,
) -> Result<Option<String>, ConfigError> {
    let postgres = |url: &str| url.starts_with("postgres");
    let wrong = |problem: &str| ConfigError {
        variable: "WORKER_DATABASE_URL",
        problem: problem.to_owned(),
        example: "postgres://tenantry_worker:password@localhost/tenantry",
    };
    match value {
        None if postgres(database_url) => Err(wrong(
            "it is not set, and on PostgreSQL what Clerk says is written by a role of its own",
        )),
        None => Ok(None),
        Some(_) if !postgres(database_url) => Err(wrong(
            "DATABASE_URL is an SQLite file, which has no roles; leave this unset",
        )),
        Some(value) if !postgres(value) => Err(wrong("the scheme must be postgres")),
        Some(value) => Ok(Some(value.to_owned())),
    }
}

fn sqlite_url(path: &Path) -> String {
    format!("sqlite://{}?mode=rwc", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::from_variables(
            &pairs
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn nothing_set_means_the_local_instance_on_loopback() {
        let config = parse(&[]).unwrap();
        assert!(matches!(config.clerk, ClerkConfig::Local { .. }));
        assert_eq!(config.public_origin(), "http://localhost:3000");
        assert_eq!(config.addr.to_string(), "127.0.0.1:3000");
        assert!(config.database_url.starts_with("sqlite://"));
        assert_eq!(config.migrator_database_url, config.database_url);
        assert_eq!(config.worker_database_url, None);
    }

    #[test]
    fn postgres_needs_a_worker_and_sqlite_has_none() {
        let app = ("DATABASE_URL", "postgres://app:hunter2@localhost/x");
        let worker = "postgres://worker:hunter2@localhost/x";
        let config = parse(&[app, ("WORKER_DATABASE_URL", worker)]).unwrap();
        assert_eq!(config.worker_database_url.as_deref(), Some(worker));
        for wrong in [
            vec![app],
            vec![app, ("WORKER_DATABASE_URL", "sqlite:hunter2")],
            vec![("WORKER_DATABASE_URL", worker)],
        ] {
            let error = parse(&wrong).unwrap_err();
            assert_eq!(error.variable, "WORKER_DATABASE_URL", "{wrong:?}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn the_local_instance_is_refused_beyond_loopback() {
        let error = parse(&[("TENANTRY_ADDR", "0.0.0.0:3000")]).unwrap_err();
        assert_eq!(error.variable, "TENANTRY_ADDR");
        assert!(
            parse(&[
                ("TENANTRY_ADDR", "0.0.0.0:3000"),
                ("TENANTRY_ALLOW_LOCAL_CLERK", "1")
            ])
            .is_ok()
        );
    }

    #[test]
    fn each_wrong_value_names_its_variable() {
        for (variable, value) in [
            ("TENANTRY_ADDR", "localhost"),
            ("PUBLIC_URL", "app.example.com"),
            ("PUBLIC_URL", "https://example.com/path"),
            ("DATABASE_URL", "mysql://root@localhost/x"),
            ("MIGRATOR_DATABASE_URL", "nonsense"),
            ("TENANTRY_TRUSTED_PROXIES", "-1"),
            ("CLERK_AUTHORIZED_PARTIES", "example.com"),
            ("CLERK_AUTHORIZED_PARTIES", "https://example.com/"),
        ] {
            let error = parse(&[(variable, value)]).unwrap_err();
            assert_eq!(error.variable, variable, "{value}");
            assert!(error.to_string().contains("Example: "), "{error}");
        }
    }

    #[test]
    fn one_key_without_the_other_is_refused() {
        let error = parse(&[(
            "CLERK_PUBLISHABLE_KEY",
            "pk_test_Y2xlcmsuZGV2LmxvY2FsaG9zdCQ",
        )])
        .unwrap_err();
        assert_eq!(error.variable, "CLERK_SECRET_KEY");
        let error = parse(&[("CLERK_SECRET_KEY", "sk_test_x")]).unwrap_err();
        assert_eq!(error.variable, "CLERK_PUBLISHABLE_KEY");
    }

    #[test]
    fn both_keys_mean_the_real_clerk_and_nothing_secret_is_printed() {
        let config = parse(&[
            (
                "CLERK_PUBLISHABLE_KEY",
                "pk_test_Y2xlcmsuZGV2LmxvY2FsaG9zdCQ",
            ),
            ("CLERK_SECRET_KEY", "sk_test_verysecret"),
            (
                "CLERK_WEBHOOK_SIGNING_SECRET",
                "whsec_c2VjcmV0c2VjcmV0c2VjcmV0",
            ),
            ("TENANTRY_ADDR", "0.0.0.0:8080"),
        ])
        .unwrap();
        assert!(matches!(config.clerk, ClerkConfig::Remote(_)));
        let printed = format!("{config:?}");
        assert!(!printed.contains("verysecret") && !printed.contains("c2VjcmV0"));
    }

    #[test]
    fn a_wrong_database_url_never_shows_its_password() {
        let error = parse(&[("DATABASE_URL", "mysql://root:hunter2@localhost/x")]).unwrap_err();
        assert!(!error.to_string().contains("hunter2"));
    }
}
