//! Progress for people: what is being done, and how much time has passed.

use std::{
    io::Write as _,
    time::{Duration, Instant},
};

use crate::problem::Problem;

/// A stage that took less is not worth a second line.
const WORTH_A_LINE: Duration = Duration::from_secs(2);

/// Prints one line at the start of each stage and one at the end of a long one.
#[derive(Debug, Clone, Copy)]
pub struct Stages {
    started: Instant,
}

impl Stages {
    /// Starts the clock.
    pub fn begin() -> Self {
        Self {
            started: Instant::now(),
        }
    }

    /// Runs one stage.
    pub fn run<T>(
        &self,
        name: &str,
        stage: impl FnOnce() -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.note(name);
        let began = Instant::now();
        let outcome = stage();
        let took = began.elapsed();
        if outcome.is_ok() && took >= WORTH_A_LINE {
            self.note(&format!("{name}: done in {}", clock(took)));
        }
        outcome
    }

    /// Prints a line with the time passed.
    pub fn note(&self, text: &str) {
        println!("[{:>5}] {text}", clock(self.started.elapsed()));
        let _ = std::io::stdout().flush();
    }

    /// The time since the start, as `minutes:seconds`.
    pub fn elapsed(&self) -> String {
        clock(self.started.elapsed())
    }
}

/// `minutes:seconds`.
pub fn clock(time: Duration) -> String {
    format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_shown_as_minutes_and_seconds() {
        assert_eq!(clock(Duration::from_secs(0)), "0:00");
        assert_eq!(clock(Duration::from_secs(754)), "12:34");
    }
}
