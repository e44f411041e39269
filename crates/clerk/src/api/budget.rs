//! How many calls the instance allows (Clerk: system limits).

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

use super::ApiError;
use crate::keys::InstanceKind;

/// A budget of calls: never more than so many begin within any stretch of so long. Clones
/// share the budget.
///
/// Clerk counts 1000 calls in 10 seconds for a production instance and 100 for one in
/// development, and answers 429 beyond. Callers wait here instead, in the order in which they
/// came. The starts of the last calls are remembered, since a bucket that is refilled
/// steadily would let almost twice the limit pass within 10 seconds after a quiet time.
#[derive(Clone)]
pub struct RateBudget(Arc<Budget>);

struct Budget {
    calls: usize,
    per: Duration,
    /// When the last calls began or will begin, oldest first; at most `calls` of them.
    starts: Mutex<VecDeque<Instant>>,
}

impl RateBudget {
    /// At most `calls` (at least one) in any stretch of `per`.
    pub fn new(calls: usize, per: Duration) -> Self {
        Self(Arc::new(Budget {
            calls: calls.max(1),
            per,
            starts: Mutex::default(),
        }))
    }

    /// What Clerk allows an instance of this kind.
    pub fn of_instance(kind: InstanceKind) -> Self {
        let calls = match kind {
            InstanceKind::Production => 1000,
            InstanceKind::Development => 100,
        };
        Self::new(calls, Duration::from_secs(10))
    }

    /// Waits until one more call may begin.
    ///
    /// # Errors
    /// [`ApiError::RateBudget`] at once if that would be after `deadline`; the place in the
    /// queue is then not taken.
    pub(super) async fn wait(&self, deadline: Instant) -> Result<(), ApiError> {
        let start = self.reserve(deadline)?;
        sleep_until(start).await;
        Ok(())
    }

    /// Takes the next free place. A caller that goes away keeps it, which wastes one call
    /// but cannot exceed the limit.
    fn reserve(&self, deadline: Instant) -> Result<Instant, ApiError> {
        let budget = &*self.0;
        let mut starts = budget.starts.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let full = starts.len() >= budget.calls;
        let start = match starts.front() {
            Some(oldest) if full => now.max(*oldest + budget.per),
            _ => now,
        };
        if start > deadline {
            return Err(ApiError::RateBudget {
                wait: start.duration_since(now),
            });
        }
        if full {
            starts.pop_front();
        }
        starts.push_back(start);
        Ok(start)
    }
}

impl fmt::Debug for RateBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RateBudget({} in {:?})", self.0.calls, self.0.per)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn no_stretch_of_time_holds_more_than_the_limit() {
        let budget = RateBudget::new(3, 10 * SECOND);
        let begin = Instant::now();
        let far = begin + 1000 * SECOND;
        let mut waits = Vec::new();
        for _ in 0..7 {
            budget.wait(far).await.unwrap();
            waits.push(begin.elapsed().as_secs());
        }
        assert_eq!(waits, [0, 0, 0, 10, 10, 10, 20]);
        // After a quiet time a burst is free again, but no more than the limit.
        tokio::time::advance(60 * SECOND).await;
        let begin = Instant::now();
        for expected in [0, 0, 0, 10] {
            budget.wait(far).await.unwrap();
            assert_eq!(begin.elapsed().as_secs(), expected);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn callers_go_in_the_order_in_which_they_came() {
        let budget = RateBudget::new(1, SECOND);
        let order = Arc::new(Mutex::new(Vec::new()));
        let far = Instant::now() + 1000 * SECOND;
        let mut callers = Vec::new();
        for caller in 0..5 {
            let (budget, order) = (budget.clone(), order.clone());
            callers.push(tokio::spawn(async move {
                budget.wait(far).await.unwrap();
                order.lock().unwrap().push(caller);
            }));
        }
        for caller in callers {
            caller.await.unwrap();
        }
        assert_eq!(*order.lock().unwrap(), [0, 1, 2, 3, 4]);
    }

    #[tokio::test(start_paused = true)]
    async fn who_cannot_be_served_in_time_is_told_at_once() {
        let budget = RateBudget::new(1, 10 * SECOND);
        let begin = Instant::now();
        budget.wait(begin).await.unwrap();
        let error = budget.wait(begin + 9 * SECOND).await.unwrap_err();
        assert!(matches!(error, ApiError::RateBudget { wait } if wait == 10 * SECOND));
        assert_eq!(begin.elapsed(), Duration::ZERO);
        // The refused caller left no gap.
        budget.wait(begin + 10 * SECOND).await.unwrap();
        assert_eq!(begin.elapsed(), 10 * SECOND);
    }
}
