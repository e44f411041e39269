//! Fault switches, for tests and demonstrations: the instance misbehaves as it is told.
//!
//! Off unless the instance was started with [`crate::LocalOptions::faults`]; set by programs of this
//! machine only. The switches live in memory: a restart forgets them.
//!
//! | Request | Effect |
//! |---|---|
//! | `GET /faults` | the switches and the clock |
//! | `PATCH /faults` | sets the switches given ([`Switches`]) |
//! | `DELETE /faults` | all off, and the clock shows the time |
//! | `POST /faults/clock` | `{"stop_at": ms}`, `{"advance_by": ms}` |
//! | `POST /faults/rotate-signing-key` | a new key with a new `kid`; older tokens are refused |

mod layer;
mod routes;

pub(crate) use layer::layer;
pub(crate) use routes::router;

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

/// What goes wrong. A switch that is not given stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Switches {
    /// Each answer of the browser API and the backend API waits so many milliseconds.
    delay_ms: u64,
    /// So many of their next requests are answered 500.
    errors: u64,
    /// So many of the next ones are answered 429.
    rate_limits: u64,
    /// The `Retry-After` of those, in seconds.
    retry_after: u32,
    /// Events happen and are never sent, as if Clerk had lost them; they can be replayed.
    drop_webhooks: bool,
}

/// The instance's switches.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Switches>);

/// What befalls one request.
#[derive(Debug, PartialEq)]
enum Fate {
    Fine,
    Error,
    /// With the seconds to wait.
    RateLimit(u32),
}

impl Faults {
    /// Whether events get lost.
    pub(crate) fn drops_webhooks(&self) -> bool {
        self.lock().drop_webhooks
    }

    /// The next request's fate, and the milliseconds before it.
    fn next(&self) -> (u64, Fate) {
        let mut switches = self.lock();
        let fate = if switches.errors > 0 {
            switches.errors -= 1;
            Fate::Error
        } else if switches.rate_limits > 0 {
            switches.rate_limits -= 1;
            Fate::RateLimit(switches.retry_after)
        } else {
            Fate::Fine
        };
        (switches.delay_ms, fate)
    }

    fn lock(&self) -> MutexGuard<'_, Switches> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counted_faults_are_used_up() {
        let faults = Faults::default();
        *faults.lock() = Switches {
            delay_ms: 5,
            errors: 1,
            rate_limits: 1,
            retry_after: 9,
            drop_webhooks: false,
        };
        let fates: Vec<_> = (0..3).map(|_| faults.next()).collect();
        assert_eq!(
            fates,
            [(5, Fate::Error), (5, Fate::RateLimit(9)), (5, Fate::Fine)]
        );
    }
}
