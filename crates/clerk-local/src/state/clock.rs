//! [`SettableClock`]: the instance's clock, which may be moved and stopped.

use std::sync::{Mutex, MutexGuard, PoisonError};

use clerk::clock::{Clock, SharedClock};

use super::State;

/// A clock in front of another.
pub(super) struct SettableClock {
    behind: SharedClock,
    set: Mutex<Set>,
}

/// What was done to the clock.
#[derive(Clone, Copy)]
enum Set {
    /// It goes, by this many milliseconds before the one behind.
    Ahead(i64),
    /// It stands.
    Stopped(i64),
}

impl SettableClock {
    pub(super) fn new(behind: SharedClock) -> Self {
        Self {
            behind,
            set: Mutex::new(Set::Ahead(0)),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Set> {
        self.set.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show(&self, set: Set) -> i64 {
        match set {
            Set::Ahead(by) => self.behind.now_ms().saturating_add(by),
            Set::Stopped(at) => at,
        }
    }
}

impl Clock for SettableClock {
    fn now_ms(&self) -> i64 {
        self.show(*self.lock())
    }
}

impl State {
    /// Stops the clock at a time (unix milliseconds).
    pub(crate) fn stop_clock(&self, at: i64) {
        *self.inner.clock.lock() = Set::Stopped(at);
        self.wake_up();
    }

    /// Moves the clock, going or standing, by milliseconds.
    pub(crate) fn advance_clock(&self, by: i64) {
        let mut set = self.inner.clock.lock();
        *set = match *set {
            Set::Ahead(ahead) => Set::Ahead(ahead.saturating_add(by)),
            Set::Stopped(at) => Set::Stopped(at.saturating_add(by)),
        };
        drop(set);
        self.wake_up();
    }

    /// Lets the clock show the time again.
    pub(crate) fn reset_clock(&self) {
        *self.inner.clock.lock() = Set::Ahead(0);
        self.wake_up();
    }

    /// What waits for a time may be due.
    fn wake_up(&self) {
        self.deliveries().notify_one();
        self.mails_waiting().notify_one();
    }
}

#[cfg(test)]
mod tests {
    use clerk::clock::ManualClock;

    use super::*;

    #[test]
    fn it_goes_with_the_one_behind_until_it_is_stopped() {
        let behind = ManualClock::at(1_000);
        let clock = SettableClock::new(behind.shared());
        *clock.lock() = Set::Ahead(500);
        behind.advance(1);
        assert_eq!(clock.now_ms(), 1_501);
        *clock.lock() = Set::Stopped(7);
        behind.advance(1);
        assert_eq!(clock.now_ms(), 7);
    }
}
