//! `cargo xtask build`: the release in `target/dist`.

use std::path::Path;

use crate::{dev, files, problem::Problem, process, site::SiteBuilder, stage::Stages};

/// The only feature that a release may be given.
const LOCAL_CLERK: &str = "local-clerk";

/// Makes `target/dist/tenantry` and `target/dist/site`.
pub fn run(root: &Path, features: &[String]) -> Result<(), Problem> {
    let stages = Stages::begin();
    if let Some(unknown) = features.iter().find(|feature| *feature != LOCAL_CLERK) {
        return Err(Problem::new(
            format!("the server has no feature `{unknown}`"),
            format!("the only one is `{LOCAL_CLERK}`"),
        )
        .fix(format!("cargo xtask build --features {LOCAL_CLERK}")));
    }
    let local_clerk = !features.is_empty();
    let dist = root.join("target/dist");
    let site = SiteBuilder::require(root, &stages)?;
    site.build_release(&stages, &dist.join("site"))?;

    stages.run("Building the server (release)", || {
        let mut cargo = process::cargo(root);
        cargo.args(["build", "--release", "--package", "server"]);
        cargo.arg("--no-default-features");
        if local_clerk {
            cargo.args(["--features", LOCAL_CLERK]);
        }
        process::run(&mut cargo, "the server doesn't compile")
    })?;
    files::copy_program(
        &root.join("target/release/tenantry"),
        &dist.join("tenantry"),
    )?;
    let clerk_client = dist.join("clerk-npm");
    files::remove_folder(&clerk_client)?;
    if local_clerk {
        stages.run("Adding Clerk's browser client", || {
            dev::install_clerk_client(root)?;
            files::copy_below(&root.join("target/clerk-npm"), &clerk_client, |_| true).map(|_| ())
        })?;
    }
    stages.note("Done: target/dist/tenantry, with its files in target/dist/site beside it");
    Ok(())
}
