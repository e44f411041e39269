//! Counts of tests, read from what the test runners report.

use std::{fmt, iter::Sum};

use serde::Deserialize;

use crate::problem::Problem;

/// How many tests passed and failed. Skipped ones count as neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Good ones.
    pub passed: u32,
    /// Bad ones, and runs that broke off.
    pub failed: u32,
    /// Those among the good ones that were good only the second time.
    pub flaky: u32,
}

impl Tally {
    /// One check, good or bad.
    pub fn check(passed: bool) -> Self {
        Self {
            passed: u32::from(passed),
            failed: u32::from(!passed),
            flaky: 0,
        }
    }

    /// One failure.
    pub fn failure() -> Self {
        Self::check(false)
    }

    /// Adds what a line of `cargo test` says, if it is a summary:
    /// `test result: ok. 3 passed; 0 failed; …`.
    pub fn add_cargo_line(&mut self, line: &str) {
        let Some((_, summary)) = line.split_once("test result: ") else {
            return;
        };
        let count = |word: &str| -> u32 {
            summary
                .split([';', '.'])
                .filter_map(|part| part.trim().strip_suffix(word))
                .find_map(|number| number.trim().parse().ok())
                .unwrap_or_default()
        };
        self.passed += count("passed");
        self.failed += count("failed");
    }

    /// A run that ended badly failed, even if it counted no failure (a build error, a crash).
    #[must_use]
    pub fn of_run(mut self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
        }
        self
    }

    /// Reads the report that Playwright's `json` reporter writes.
    pub fn from_playwright(json: &[u8]) -> Result<Self, Problem> {
        let report: PlaywrightReport = serde_json::from_slice(json).map_err(|error| {
            Problem::new("Playwright's report can't be read", error.to_string())
        })?;
        let broken = u32::try_from(report.errors.len()).unwrap_or(u32::MAX);
        Ok(Self {
            passed: report.stats.expected + report.stats.flaky,
            failed: report.stats.unexpected + broken,
            flaky: report.stats.flaky,
        })
    }
}

#[derive(Deserialize)]
struct PlaywrightReport {
    stats: PlaywrightStats,
    /// Errors outside of tests, such as a file that can't be loaded.
    #[serde(default)]
    errors: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct PlaywrightStats {
    expected: u32,
    unexpected: u32,
    flaky: u32,
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |sum, tally| Self {
            passed: sum.passed + tally.passed,
            failed: sum.failed + tally.failed,
            flaky: sum.flaky + tally.flaky,
        })
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!("{} passed, {} failed", self.passed, self.failed);
        if self.flaky > 0 {
            text += &format!(", {} only at the second try", self.flaky);
        }
        out.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_the_summaries_of_cargo() {
        let mut tally = Tally::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; \
             finished in 0.01s",
            "test a::passed ... ok",
            "test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out",
        ] {
            tally.add_cargo_line(line);
        }
        assert_eq!(tally.to_string(), "13 passed, 2 failed");
        assert_eq!(tally.of_run(false).failed, 2);
    }

    #[test]
    fn a_build_that_fails_counts_once() {
        assert_eq!(
            Tally::default().of_run(false).to_string(),
            "0 passed, 1 failed"
        );
    }

    #[test]
    fn reads_playwrights_report() {
        let json = br#"{"suites":[],"errors":[{"message":"no such file"}],
            "stats":{"duration":1.5,"expected":4,"skipped":1,"unexpected":1,"flaky":1}}"#;
        let tally = Tally::from_playwright(json).unwrap();
        assert_eq!(
            tally.to_string(),
            "5 passed, 2 failed, 1 only at the second try"
        );
        assert!(Tally::from_playwright(b"Error: no tests found").is_err());
    }
}
