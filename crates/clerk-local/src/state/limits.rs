//! Rate limits: how often one address may begin and answer (Clerk docs: system limits).

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

use super::State;
use crate::error::{LocalError, Result};

/// The window in which requests are counted.
const WINDOW_MS: i64 = 10_000;
/// Addresses that are remembered; beyond them the quiet ones are forgotten.
const MAX_TRACKED: usize = 10_000;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limited {
    /// Beginning a sign-in.
    CreateSignIn,
    /// Beginning a sign-up.
    CreateSignUp,
    /// Answering in a sign-in.
    AttemptSignIn,
    /// Answering in a sign-up.
    AttemptSignUp,
}

impl Limited {
    /// Requests of one address in ten seconds.
    fn allowed(self) -> usize {
        match self {
            Self::CreateSignIn | Self::CreateSignUp => 5,
            Self::AttemptSignIn | Self::AttemptSignUp => 3,
        }
    }
}

/// The times of the requests that count, by kind and address; kept in memory only.
#[derive(Debug, Default)]
pub(super) struct Limits(Mutex<HashMap<(Limited, String), VecDeque<i64>>>);

impl Limits {
    /// Counts a request, or tells after how many milliseconds it would be allowed.
    fn count(&self, what: Limited, address: &str, now: i64) -> Result<(), i64> {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MAX_TRACKED {
            seen.retain(|_, times| times.back().is_some_and(|last| last + WINDOW_MS > now));
        }
        let times = seen.entry((what, address.to_owned())).or_default();
        while times.front().is_some_and(|first| first + WINDOW_MS <= now) {
            times.pop_front();
        }
        match times.front() {
            Some(first) if times.len() >= what.allowed() => Err(first + WINDOW_MS - now),
            _ => {
                times.push_back(now);
                Ok(())
            }
        }
    }
}

impl State {
    /// Counts a request of an address, where the instance limits them. Requests without an address
    /// come from within the program itself and are not counted.
    ///
    /// # Errors
    /// 429 `too_many_requests` with `Retry-After`.
    pub fn limit(&self, what: Limited, address: Option<&str>) -> Result<()> {
        let (true, Some(address)) = (self.options().rate_limits, address) else {
            return Ok(());
        };
        self.inner
            .limits
            .count(what, address, self.now_ms())
            .map_err(|wait_ms| {
                let seconds = u32::try_from((wait_ms + 999) / 1000).unwrap_or(1);
                LocalError::api(
                    429,
                    "too_many_requests",
                    "Too many requests. Please try again in a bit.",
                )
                .retry_after(seconds)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_slides() {
        let limits = Limits::default();
        let at = |address, now| limits.count(Limited::AttemptSignIn, address, now);
        for now in [0, 4_000, 8_000] {
            assert_eq!(at("a", now), Ok(()));
        }
        assert_eq!(at("a", 9_000), Err(1_000));
        assert_eq!(at("b", 9_000), Ok(()));
        let other = limits.count(Limited::AttemptSignUp, "a", 9_000);
        assert_eq!(other, Ok(()));
        assert_eq!(at("a", 10_000), Ok(()));
        assert_eq!(at("a", 10_001), Err(3_999));
    }
}
