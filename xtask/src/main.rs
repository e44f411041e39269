//! The project's commands: `cargo xtask dev`, `cargo xtask test`, `cargo xtask build`.
//!
//! Each installs what it misses, shows its stages with the time passed, and ends a failure with
//! what went wrong, why, and the command that would fix it.

mod cleanup;
mod dev;
mod dist;
mod files;
mod problem;
mod process;
mod server;
mod settings;
mod site;
mod stage;
mod test;
mod tools;
mod watch;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

use crate::{problem::Problem, stage::Stages, test::Part};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Tenantry's commands", long_about = None)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build, migrate, seed and serve; rebuild and reload the browser on each change.
    Dev {
        /// Serve once, without watching for changes.
        #[arg(long)]
        no_watch: bool,
    },
    /// Run the tests, all of them or the named parts.
    Test {
        /// Which parts; all when none is named.
        #[arg(value_enum, value_name = "NAME")]
        parts: Vec<Part>,
        /// Passed on to the test runners (a test's name, for example).
        #[arg(last = true, value_name = "ARGUMENT")]
        arguments: Vec<String>,
    },
    /// Take the pictures of README and landing page anew, into `docs/images` and `public/images`.
    Screenshots,
    /// Make the release: `target/dist/tenantry` and `target/dist/site`.
    Build {
        /// Features of the server: `local-clerk` puts the local Clerk instance into the release.
        #[arg(long, value_delimiter = ',', value_name = "FEATURE")]
        features: Vec<String>,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli.command) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("\n{problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Problem> {
    let root = root()?;
    cleanup::on_signals()?;
    match command {
        Command::Dev { no_watch } => dev::run(&root, !no_watch).map(|()| ExitCode::SUCCESS),
        Command::Test { parts, arguments } => test::run(&root, &parts, &arguments),
        Command::Screenshots => {
            test::e2e::screenshots(&root, &Stages::begin()).map(|()| ExitCode::SUCCESS)
        }
        Command::Build { features } => dist::run(&root, &features).map(|()| ExitCode::SUCCESS),
    }
}

/// The project's folder: where this crate was compiled, one up.
fn root() -> Result<PathBuf, Problem> {
    let crate_folder = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    crate_folder
        .parent()
        .filter(|root| root.join("frontend").is_dir())
        .map(Path::to_owned)
        .ok_or_else(|| {
            Problem::new(
                "the project's folder can't be found",
                format!("{} has no project around it", crate_folder.display()),
            )
            .fix("run `cargo xtask` inside the project")
        })
}
