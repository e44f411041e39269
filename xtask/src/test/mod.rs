//! `cargo xtask test`: formatting, lints, unit and database tests, fuzzing, the browser.
//!
//! Every part runs, also after a failure; the last line is `N passed, N failed`.

mod cargo;
pub mod e2e;
mod fuzz;
mod lint;
mod tally;

use std::{
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

use clap::ValueEnum;

use self::{cargo::Servers, tally::Tally};
use crate::{
    problem::Problem,
    stage::{Stages, clock},
};

/// A part of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Formatting and clippy.
    Lint,
    /// Rust's tests, with SQLite.
    Unit,
    /// The tests of store and server, with SQLite and a PostgreSQL of their own, also behind PgBouncer.
    Db,
    /// The fuzz targets of `crates/clerk`, for seconds.
    Fuzz,
    /// The browser tests, in Chromium.
    E2e,
}

/// Runs `parts`, or all when there are none. `arguments` go to the test runners.
pub fn run(root: &Path, parts: &[Part], arguments: &[String]) -> Result<ExitCode, Problem> {
    let stages = Stages::begin();
    let wanted = |part| parts.is_empty() || parts.contains(&part);
    let mut report = Report::default();
    if wanted(Part::Lint) {
        report.part("lint", || Ok(lint::run(root, &stages)));
    }
    match (wanted(Part::Unit), wanted(Part::Db)) {
        // One run for both: nothing is compiled or tested twice.
        (true, true) => report.part("unit and db", || {
            let servers = Servers::start(&stages)?;
            cargo::run(
                root,
                &stages,
                cargo::Packages::All,
                Some(&servers),
                arguments,
            )
        }),
        (true, false) => report.part("unit", || {
            cargo::run(root, &stages, cargo::Packages::All, None, arguments)
        }),
        (false, true) => report.part("db", || {
            let servers = Servers::start(&stages)?;
            let packages = cargo::Packages::WithDatabase;
            cargo::run(root, &stages, packages, Some(&servers), arguments)
        }),
        (false, false) => {}
    }
    if wanted(Part::Fuzz) {
        report.part("fuzz", || fuzz::run(root, &stages));
    }
    if wanted(Part::E2e) {
        report.part("e2e", || e2e::run(root, &stages, arguments));
    }
    report.print();
    Ok(if report.total().failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

#[derive(Debug, Default)]
struct Report {
    parts: Vec<(&'static str, Tally, Duration)>,
}

impl Report {
    /// Runs a part. One that can't run, or runs nothing, failed.
    fn part(&mut self, name: &'static str, run: impl FnOnce() -> Result<Tally, Problem>) {
        let began = Instant::now();
        let mut tally = run().unwrap_or_else(|problem| {
            println!("\n{problem}\n");
            Tally::failure()
        });
        if tally == Tally::default() {
            println!("\nerror: {name}: no test was run\n");
            tally = Tally::failure();
        }
        self.parts.push((name, tally, began.elapsed()));
    }

    fn total(&self) -> Tally {
        self.parts.iter().map(|(_, tally, _)| *tally).sum()
    }

    fn print(&self) {
        println!();
        for (name, tally, took) in &self.parts {
            println!("{name:<12} {tally:<24} {:>6}", clock(*took));
        }
        println!("{}", self.total());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_runs_nothing_or_cannot_run_is_a_failure() {
        let mut report = Report::default();
        report.part("empty", || Ok(Tally::default()));
        report.part("broken", || Err(Problem::new("no", "luck")));
        report.part("good", || {
            Ok(Tally {
                passed: 3,
                failed: 0,
                ..Tally::default()
            })
        });
        assert_eq!(report.total().to_string(), "3 passed, 2 failed");
    }
}
