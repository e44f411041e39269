//! The one error of these commands: what went wrong, why, and what would fix it.

use std::{fmt, path::Path};

/// A reason to stop. Shown as a few plain lines.
#[derive(Debug, thiserror::Error)]
pub struct Problem {
    what: String,
    why: String,
    fix: Option<String>,
}

impl Problem {
    /// What went wrong (one line) and why (may be several lines).
    pub fn new(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            why: why.into(),
            fix: None,
        }
    }

    /// Adds the command that would fix it.
    #[must_use]
    pub fn fix(mut self, command: impl Into<String>) -> Self {
        self.fix = Some(command.into());
        self
    }

    /// A file or folder that can't be read, written and so on; `action` is the verb.
    pub fn file(action: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::new(
            format!("can't {action} {}", path.display()),
            error.to_string(),
        )
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "error: {}", self.what)?;
        let why = self.why.trim().replace('\n', "\n       ");
        if !why.is_empty() {
            write!(out, "\n  why: {why}")?;
        }
        if let Some(fix) = &self.fix {
            write!(out, "\n  fix: {fix}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_why_and_the_fix() {
        let problem = Problem::new("Chromium can't be installed", "no network\nat all\n")
            .fix("sudo apt-get install -y chromium");
        assert_eq!(
            problem.to_string(),
            "error: Chromium can't be installed\n  why: no network\n       at all\n  \
             fix: sudo apt-get install -y chromium"
        );
    }
}
