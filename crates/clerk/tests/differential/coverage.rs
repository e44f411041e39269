//! How often each of Clerk's reasons was reached: a generator that no longer gets somewhere
//! compares nothing there.

use std::collections::BTreeMap;

use crate::decision::Decision;

/// How often each status and reason was seen.
#[derive(Default)]
pub struct Coverage(BTreeMap<String, u64>);

impl Coverage {
    pub fn count(&mut self, decision: &Decision) {
        let name = match (&decision.status, &decision.reason) {
            (status, _) if status.is_empty() => "error".to_owned(),
            (status, reason) if reason.is_empty() => status.clone(),
            (status, reason) => format!("{status} {reason}"),
        };
        *self.0.entry(name).or_default() += 1;
    }

    pub fn of(&self, name: &str) -> u64 {
        self.0.get(name).copied().unwrap_or_default()
    }
}

impl std::fmt::Display for Coverage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|(name, count)| writeln!(f, "{count:7} {name}"))
    }
}
