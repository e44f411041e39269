//! What the program is started with.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::Parser;
use clerk_local::{LocalOptions, SmtpServer, state::SessionSettings};
use url::Url;

/// A local Clerk instance: point any Clerk SDK to it.
#[derive(Parser)]
#[command(version, after_long_help = HELP)]
pub struct Arguments {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:3900")]
    pub addr: SocketAddr,
    /// The folder of the instance's file.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Keep everything in memory and forget it at the end.
    #[arg(long, conflicts_with = "data")]
    ephemeral: bool,
    /// The application's public origin, such as http://localhost:3000
    /// [default: the instance's own, with a playground].
    #[arg(long, value_parser = origin)]
    app_url: Option<Url>,
    /// Where webhooks go [default: /webhooks/clerk of the application].
    #[arg(long)]
    webhook_url: Option<Url>,
    /// Multiplies the waits between a webhook's attempts; 0.001 makes the 5 seconds 5 milliseconds.
    #[arg(long, default_value_t = 1.0, value_parser = scale)]
    webhook_retry_scale: f64,
    /// Lets several people be signed in in one browser.
    #[arg(long)]
    multi_session: bool,
    /// How long a session lives, in seconds [default: seven days].
    #[arg(long)]
    session_lifetime: Option<u64>,
    /// After how many seconds a session ends that is not used [default: never].
    #[arg(long)]
    inactivity_timeout: Option<u64>,
    /// Verify addresses by links in mails, which Clerk's sign-up component then sends in place of codes.
    #[arg(long)]
    email_links: bool,
    /// Let a machine begin and answer as often as it likes.
    #[arg(long)]
    no_rate_limits: bool,
    /// The folder in which Clerk's browser packages are installed.
    #[arg(long, default_value = "node_modules")]
    npm: PathBuf,
    /// An SMTP server that gets all mails: smtp://[user:password@]host[:port][?tls=required] or
    /// smtps://…
    #[arg(long, env = "SMTP_URL", hide_env_values = true)]
    smtp_url: Option<String>,
    /// The sender of mails.
    #[arg(
        long,
        env = "SMTP_FROM",
        default_value = "Tenantry <no-reply@localhost>"
    )]
    smtp_from: String,
    /// Deterministic mode, for tests: identifiers, codes, keys and secrets come from this number.
    #[arg(long)]
    seed: Option<u64>,
    /// Let programs of this machine make the instance misbehave, at /__clerk/faults.
    #[arg(long)]
    faults: bool,
}

const HELP: &str = "\
Point an SDK to it:
  The program prints what an application needs in its environment; secrets are not printed but
  answered to programs of this machine by /__clerk/keys.json. For Clerk's own SDKs:

    CLERK_PUBLISHABLE_KEY   publishable_key   also as NEXT_PUBLIC_…, VITE_… and so on
    CLERK_SECRET_KEY        secret_key
    CLERK_API_URL           api_url           createClerkClient({ apiUrl })
    CLERK_PROXY_URL         proxy_url         <ClerkProvider proxyUrl=…>
    CLERK_JS_URL            the address of clerk-js, printed
    CLERK_JWT_KEY           jwt_key           createClerkClient({ jwtKey })
    CLERK_WEBHOOK_SIGNING_SECRET  webhook_secret

  In production the same variables hold the values of the real instance.

Pages:
  /__clerk/outbox     mails it would have sent
  /__clerk/webhooks   endpoints, deliveries, replay
  /__clerk/portal     sign-in and account pages without JavaScript
  /                   a playground with Clerk's own components

Faults (with --faults; to programs of this machine only):
  curl -X PATCH localhost:3900/__clerk/faults -H 'content-type: application/json' \\
    -d '{\"delay_ms\": 300, \"errors\": 2, \"rate_limits\": 1, \"retry_after\": 5, \"drop_webhooks\": true}'
  curl -X DELETE localhost:3900/__clerk/faults
  curl -X POST localhost:3900/__clerk/faults/rotate-signing-key
  curl -X POST localhost:3900/__clerk/faults/clock -H 'content-type: application/json' \\
    -d '{\"advance_by\": 60000}'      (or {\"stop_at\": 1790000000000}; milliseconds)";

impl Arguments {
    /// The instance's options, once it is known at which origin it is reached.
    ///
    /// # Errors
    /// What is wrong with an argument, in words.
    pub fn options(self, own_url: &Url) -> Result<LocalOptions, String> {
        if self.seed.is_some() && !self.addr.ip().is_loopback() {
            return Err(
                "--seed makes secrets that anybody can foretell: listen on 127.0.0.1".into(),
            );
        }
        let public_url = self.app_url.clone().unwrap_or_else(|| own_url.clone());
        let mut options = LocalOptions::new(self.data, public_url);
        options.own_url = self.app_url.map(|_| own_url.clone());
        options.ephemeral = self.ephemeral;
        options.npm_dir = self.npm;
        options.seed = self.seed;
        options.faults = self.faults;
        options.email_links = self.email_links;
        options.rate_limits = !self.no_rate_limits;
        options.sessions = SessionSettings {
            single: !self.multi_session,
            lifetime: self
                .session_lifetime
                .map_or(options.sessions.lifetime, Duration::from_secs),
            inactivity_timeout: self.inactivity_timeout.map(Duration::from_secs),
        };
        options.webhook_retry_scale = self.webhook_retry_scale;
        if let Some(url) = self.webhook_url {
            options.webhook_url = url;
        }
        if let Some(url) = self.smtp_url.filter(|url| !url.is_empty()) {
            let server = SmtpServer::new(&url, &self.smtp_from);
            options.smtp = Some(server.map_err(|error| error.to_string())?);
        }
        Ok(options)
    }
}

fn origin(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    let bare = matches!(url.scheme(), "http" | "https")
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none();
    match bare {
        true => Ok(url),
        false => Err("an origin is http(s)://host[:port], without a path".to_owned()),
    }
}

fn scale(text: &str) -> Result<f64, String> {
    let scale: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    match (0.0..=1000.0).contains(&scale) {
        true => Ok(scale),
        false => Err("from 0 to 1000".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn read(more: &[&str]) -> Result<LocalOptions, String> {
        let arguments = ["clerk-local"].iter().chain(more);
        let arguments = Arguments::try_parse_from(arguments).map_err(|error| error.to_string())?;
        let own_url = Url::parse("http://localhost:3900").map_err(|error| error.to_string())?;
        arguments.options(&own_url)
    }

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn without_another_origin_the_instance_is_the_application() {
        let options = read(&[]);
        assert!(options.is_ok_and(|options| options.own_url.is_none()
            && options.webhook_url.as_str() == "http://localhost:3900/webhooks/clerk"));
        let options = read(&["--app-url", "http://localhost:3000"]);
        assert!(
            options.is_ok_and(|options| options.public_origin() == "http://localhost:3000"
                && options.instance_url("") == "http://localhost:3900/__clerk"
                && options.webhook_url.as_str() == "http://localhost:3000/webhooks/clerk")
        );
    }

    #[test]
    fn what_is_not_safe_or_makes_no_sense_is_refused() {
        for more in [
            ["--app-url", "http://localhost:3000/app"],
            ["--app-url", "localhost"],
            ["--webhook-retry-scale", "-1"],
            ["--webhook-retry-scale", "NaN"],
            ["--smtp-url", "http://localhost"],
        ] {
            assert!(read(&more).is_err(), "{more:?}");
        }
        assert!(read(&["--seed", "1"]).is_ok());
        assert!(read(&["--seed", "1", "--addr", "0.0.0.0:3900"]).is_err());
        assert!(read(&["--ephemeral", "--data", "x"]).is_err());
    }
}
