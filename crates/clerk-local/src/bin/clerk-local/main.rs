//! `clerk-local`: the local Clerk instance as a program of its own, for any project in any language.

mod playground;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};

use axum::Router;
use clap::Parser;
use clerk_local::{BASE_PATH, LocalClerk, LocalOptions, state::SessionSettings};
use tokio::net::TcpListener;
use url::Url;

/// A local Clerk instance: point any Clerk SDK to it.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:3900")]
    addr: SocketAddr,
    /// The folder of the instance's file.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Where webhooks go [default: /webhooks/clerk of the instance's own origin].
    #[arg(long)]
    webhook_url: Option<Url>,
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
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,clerk_local=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("clerk-local: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind(arguments.addr).await?;
    let port = listener.local_addr()?.port();
    let origin = Url::parse(&format!("http://localhost:{port}"))?;
    let mut options = LocalOptions::new(arguments.data, origin.clone());
    options.npm_dir = arguments.npm;
    options.email_links = arguments.email_links;
    options.rate_limits = !arguments.no_rate_limits;
    if let Some(url) = arguments.webhook_url {
        options.webhook_url = url;
    }
    options.sessions = SessionSettings {
        single: !arguments.multi_session,
        lifetime: arguments
            .session_lifetime
            .map_or(options.sessions.lifetime, Duration::from_secs),
        inactivity_timeout: arguments.inactivity_timeout.map(Duration::from_secs),
    };
    let clerk = LocalClerk::open(options).await?;
    let routes = Router::new()
        .nest(BASE_PATH, clerk.router())
        .merge(playground::router(clerk.publishable_key().as_str()));
    tracing::info!(%origin, "the local Clerk instance is ready");

    let deliveries = clerk.clone();
    tokio::spawn(async move { deliveries.run_deliveries(std::future::pending()).await });
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(async {
            // Without a way to hear of Ctrl-C, the process ends as the system ends it.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        })
        .await?;
    Ok(())
}
