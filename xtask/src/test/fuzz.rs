//! The fuzz targets of `crates/clerk`, each for a moment.
//!
//! A run starts from the committed seeds and a fixed number, so that the same code sees the same
//! inputs again. Its own finds are thrown away; by hand a target runs for as long as one likes
//! (see `crates/clerk/fuzz/Cargo.toml`).

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::tally::Tally;
use crate::{files, problem::Problem, process, stage::Stages, tools::cargo_fuzz};

/// The folder of the targets.
const FOLDER: &str = "crates/clerk/fuzz";

/// Whichever comes first ends a target's run.
const RUNS: &str = "-runs=100000";
const SECONDS: &str = "-max_total_time=10";

/// Builds the targets and runs each; each counts as one test.
pub fn run(root: &Path, stages: &Stages) -> Result<Tally, Problem> {
    let fuzz = Fuzz {
        program: cargo_fuzz::require(root, stages)?,
        root,
    };
    stages.run("Building the fuzz targets", || {
        process::run(
            &mut fuzz.command("build"),
            "the fuzz targets can't be built",
        )
    })?;
    let run_one = |target: String| {
        let outcome = stages.run(&format!("Fuzzing {target}"), || fuzz.run_target(&target));
        if let Err(problem) = &outcome {
            println!("\n{problem}\n");
        }
        Tally::check(outcome.is_ok())
    };
    Ok(targets(&root.join(FOLDER))?.into_iter().map(run_one).sum())
}

struct Fuzz<'r> {
    root: &'r Path,
    program: PathBuf,
}

impl Fuzz<'_> {
    /// `cargo fuzz` with what every use of it has in common.
    fn command(&self, subcommand: &str) -> Command {
        let mut command = Command::new(&self.program);
        process::without_cargo_run(&mut command);
        command
            .current_dir(self.root)
            .args(["fuzz", subcommand, "--fuzz-dir", FOLDER])
            // The sanitizers need a nightly compiler, and look for what safe Rust rules out.
            .args(["--sanitizer", "none", "--codegen-units", "16"])
            .arg("--target-dir")
            .arg(self.root.join("target/fuzz"));
        command
    }

    fn run_target(&self, target: &str) -> Result<(), Problem> {
        let found = self.root.join("target/fuzz/found").join(target);
        files::remove_folder(&found)?;
        files::make_folder(&found)?;
        let mut command = self.command("run");
        command
            .arg(target)
            .arg(found)
            .arg(Path::new(FOLDER).join("seeds").join(target))
            .args(["--", "-seed=1", RUNS, SECONDS])
            .arg(format!("-dict={FOLDER}/clerk.dict"));
        process::output(&mut command, &format!("{target}: an input was found")).map(|_| ())
    }
}

/// The names of the targets: one file each.
fn targets(folder: &Path) -> Result<Vec<String>, Problem> {
    let name = |file: PathBuf| Some(file.file_stem()?.to_str()?.to_owned());
    let files = files::below(&folder.join("fuzz_targets"))?;
    Ok(files.into_iter().filter_map(name).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// This project's folder of targets.
    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(FOLDER)
    }

    #[test]
    fn every_target_is_declared_and_has_seeds() {
        let manifest = files::read_text(&folder().join("Cargo.toml")).unwrap();
        let targets = targets(&folder()).unwrap();
        assert!(targets.contains(&"token".to_owned()));
        for target in targets {
            assert!(
                manifest.contains(&format!("name = \"{target}\"")),
                "{target}"
            );
            let seeds = files::below(&folder().join("seeds").join(&target)).unwrap();
            assert!(!seeds.is_empty(), "{target} has no seeds");
        }
    }

    #[test]
    fn a_folder_without_targets_has_none() {
        let empty = tempfile::tempdir().unwrap();
        assert_eq!(targets(empty.path()).unwrap(), Vec::<String>::new());
    }
}
