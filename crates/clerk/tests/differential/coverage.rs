//! How often each of Clerk's reasons was reached: a generator that no longer gets somewhere
//! compares nothing there.

use std::{collections::BTreeMap, fmt};

use crate::decision::Decision;

/// How often each outcome is reached at least in the usual number of cases, about half of
/// what was seen with several seeds.
const EXPECTED: [(&str, u64); 0] = [];

/// How often each status and reason was seen.
#[derive(Default)]
pub struct Coverage(BTreeMap<String, u64>);

impl Coverage {
    /// Counts a decision of Clerk's.
    pub fn count(&mut self, decision: &Decision) {
        let name = match (&decision.status, &decision.reason) {
            (status, _) if status.is_empty() => "error".to_owned(),
            (status, reason) if reason.is_empty() => format!("{status} {}", decision.token_type),
            (status, reason) => format!("{status} {reason}"),
        };
        *self.0.entry(name).or_default() += 1;
    }

    /// Checks that every outcome was reached, with `times` the usual number of cases.
    pub fn assert_complete(&self, times: u64) {
        for (name, expected) in EXPECTED {
            let seen = self.0.get(name).copied().unwrap_or_default();
            assert!(
                seen >= expected * times,
                "{name:?} was reached only {seen} times"
            );
        }
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|(name, count)| writeln!(f, "{count:7} {name}"))
    }
}
