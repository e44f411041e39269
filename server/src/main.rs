//! `tenantry`: serves the application, migrates its database, reconciles it with Clerk, seeds it.

use clap::{Parser, Subcommand};
use server::{commands, config::Config};

#[derive(Parser)]
#[command(
    version,
    about = "Multi-tenant SaaS in Rust, with Clerk",
    after_help = "Configured by the environment and .env: see .env.example."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the application.
    Serve {
        /// Reload the browser after each restart (development).
        #[arg(long)]
        reload: bool,
    },
    /// Bring the database's schema up to date.
    Migrate,
    /// Look after the audit log.
    #[command(subcommand)]
    Audit(Audit),
    /// Compare the database with Clerk and mend what differs; fails if Clerk can't be read whole.
    Reconcile,
    /// Remove for good the deleted organizations whose time has come, at Clerk and here.
    Purge,
    #[cfg(feature = "local-clerk")]
    /// Fill the local Clerk instance and the database with people, organizations and projects.
    Seed,
}

#[derive(Subcommand)]
enum Audit {
    /// Tell whether each organization's log is what was written; fails if one is not.
    Verify,
}

#[tokio::main]
async fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    match run(cli.command).await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("tenantry: {problem}");
            std::process::ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), String> {
    let config = Config::from_env().map_err(|error| error.to_string())?;
    init_log();
    let outcome = match command {
        Command::Serve { reload } => commands::serve::run(config, reload).await,
        Command::Migrate => commands::migrate::run(&config).await,
        Command::Audit(Audit::Verify) => commands::audit::verify(&config).await,
        Command::Purge => commands::purge::run(config).await,
        Command::Reconcile => commands::reconcile::run(config).await,
        #[cfg(feature = "local-clerk")]
        Command::Seed => commands::seed::run(config).await,
    };
    outcome.map_err(|error| error.to_string())
}

/// `RUST_LOG` decides what is logged; by default this house's own lines.
fn init_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| {
        tracing_subscriber::EnvFilter::new(
            "warn,server=info,app=info,clerk=info,clerk_local=info,store=info",
        )
    });
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
