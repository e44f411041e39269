//! `cargo xtask dev`: from a fresh clone to the served page, and from a change to the new page.

use std::path::Path;

use crate::{
    problem::Problem,
    process,
    server::{self, Server},
    settings::Settings,
    site::SiteBuilder,
    stage::Stages,
    tools::npm,
    watch::{Changes, Watch},
};

/// Installs, builds, migrates, seeds and serves; with `watch` rebuilds after each change.
pub fn run(root: &Path, watch: bool) -> Result<(), Problem> {
    let stages = Stages::begin();
    let settings = Settings::read(root)?;
    settings.check_port()?;

    let site = SiteBuilder::require(root, &stages)?;
    stages.run("Installing Clerk's browser client (npm)", || {
        install_clerk_client(root)
    })?;
    let dev = Dev {
        root,
        stages,
        settings,
        site,
        watch,
    };
    dev.build()?;
    // Before the server is up, so that no change is missed.
    let changes = watch.then(|| Watch::start(root)).transpose()?;
    let people = dev.prepare_data()?;
    let server = dev.serve()?;
    dev.welcome(&people);
    match changes {
        Some(changes) => dev.follow(&changes, server),
        None => wait_for(&server),
    }
}

/// Clerk's browser files in `target/clerk-npm`, where the local instance finds them.
pub fn install_clerk_client(root: &Path) -> Result<(), Problem> {
    npm::install_elsewhere(
        &root.join("crates/clerk-local/browser"),
        &root.join("target/clerk-npm"),
    )
}

struct Dev<'a> {
    root: &'a Path,
    stages: Stages,
    settings: Settings,
    site: SiteBuilder,
    watch: bool,
}

impl Dev<'_> {
    fn build(&self) -> Result<(), Problem> {
        self.site.build_dev(&self.stages)?;
        self.stages
            .run("Building the server", || server::build(self.root))
    }

    /// Brings databases up to date and fills them. Returns what `seed` says about the people.
    fn prepare_data(&self) -> Result<String, Problem> {
        self.stages.run("Migrating the database", || {
            process::run(
                &mut server::command(self.root, "migrate"),
                "the database can't be migrated",
            )
        })?;
        if self.settings.real_clerk {
            return Ok("Clerk keys are set: people sign in with that Clerk instance.".to_owned());
        }
        self.stages.run("Seeding", || {
            process::output(
                &mut server::command(self.root, "seed"),
                "the database can't be seeded",
            )
        })
    }

    fn serve(&self) -> Result<Server, Problem> {
        let mut command = server::command(self.root, "serve");
        if self.watch {
            command.arg("--reload");
        }
        Server::start(&mut command, self.settings.reachable())
    }

    fn welcome(&self, people: &str) {
        let url = &self.settings.public_url;
        println!(
            "\nTenantry serves {url} (after {})\n",
            self.stages.elapsed()
        );
        println!("{}\n", people.trim_end());
        println!("Sign in:            {url}/sign-in");
        if !self.settings.real_clerk {
            println!("without JavaScript: {url}/__clerk/portal/sign-in");
            println!("mails and codes:    {url}/__clerk/outbox");
        }
        println!(
            "\n{}Ctrl-C stops.\n",
            if self.watch {
                "Changes are built and reload the browser. "
            } else {
                ""
            }
        );
    }

    /// Rebuilds and restarts after each change. A failed build leaves the old server running.
    fn follow(&self, watch: &Watch, server: Server) -> Result<(), Problem> {
        let mut server = Some(server);
        loop {
            let changes = watch.next(|| {
                if let Some(status) = server.as_ref().and_then(Server::ended) {
                    self.stages.note(&format!(
                        "The server ended with {status}. It is started again after the next change."
                    ));
                    server = None;
                }
            })?;
            if let Err(problem) = self.rebuild(&changes) {
                println!("\n{problem}\n");
                self.stages.note(if server.is_some() {
                    "Not built. The page before this change is still served."
                } else {
                    "Not built."
                });
                continue;
            }
            // The old one must let go of the port first.
            drop(server.take());
            match self.serve() {
                Ok(started) => {
                    server = Some(started);
                    self.stages
                        .note(&format!("Serving {}", self.settings.public_url));
                }
                Err(problem) => println!("\n{problem}\n"),
            }
        }
    }

    fn rebuild(&self, changes: &Changes) -> Result<(), Problem> {
        self.stages.note(&format!("Changed: {changes}"));
        if changes.rust {
            self.site.build_dev(&self.stages)?;
            self.stages
                .run("Building the server", || server::build(self.root))?;
            if changes.migrations {
                self.stages.run("Migrating the database", || {
                    process::run(
                        &mut server::command(self.root, "migrate"),
                        "the database can't be migrated",
                    )
                })?;
            }
            return Ok(());
        }
        if changes.style {
            self.site.build_dev_style()?;
        }
        if changes.public {
            self.site.copy_public_dev()?;
        }
        Ok(())
    }
}

/// Serves until the server ends by itself; Ctrl-C ends both.
fn wait_for(server: &Server) -> Result<(), Problem> {
    loop {
        if let Some(status) = server.ended() {
            return Err(Problem::new(
                "the server stopped",
                format!("it ended with {status}"),
            ));
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
}
