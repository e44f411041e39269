//! When a call that failed is made again.

use std::{future::Future, time::Duration};

use tokio::time::{Instant, sleep};

use super::ApiError;

/// How often a call is made again and how long is waited before.
///
/// Made again are: any call that Clerk answered 429, since it did nothing; any call whose
/// connection did not come about; and calls that only read, after 502, 503, 504 or an answer
/// that broke off. Anything else that writes may have done its work, and is not repeated.
///
/// The wait is a random part of a limit that doubles from attempt to attempt ("full jitter"),
/// after what Clerk's `Retry-After` asks for. A wait that would pass the call's time is not
/// begun: the last error is returned at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How often a call is made at most, the first time included; 1 for no repeats.
    pub max_attempts: u32,
    /// The limit of the first wait.
    pub base_delay: Duration,
    /// The limit that no wait exceeds, `Retry-After` apart.
    pub max_delay: Duration,
}

impl Default for RetryPolicy {
    /// Four attempts; 100 milliseconds, doubled up to 2 seconds.
    fn default() -> Self {
        Self {
            max_attempts: 4,
            base_delay: Duration::from_millis(100),
            max_delay: Duration::from_secs(2),
        }
    }
}

/// An attempt that failed.
#[derive(Debug)]
pub(super) struct Failure {
    pub error: ApiError,
    /// Whether Clerk may have seen the call.
    pub sent: bool,
}

impl RetryPolicy {
    /// Makes `attempt` until it succeeds, must not be repeated, or `deadline` is too near.
    /// `reads_only` calls may be repeated although Clerk may have seen them. `random` is a
    /// number from 0 to 1 each time.
    pub(super) async fn run<T, F>(
        &self,
        deadline: Instant,
        reads_only: bool,
        mut random: impl FnMut() -> f64,
        mut attempt: impl FnMut() -> F,
    ) -> Result<T, ApiError>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        let mut limit = self.base_delay.min(self.max_delay);
        let mut attempts = 1;
        loop {
            let failure = match attempt().await {
                Ok(done) => return Ok(done),
                Err(failure) => failure,
            };
            if attempts >= self.max_attempts || !may_repeat(&failure, reads_only) {
                return Err(failure.error);
            }
            let asked = failure.error.retry_after().unwrap_or_default();
            let left = deadline.saturating_duration_since(Instant::now());
            let Some(spare) = left.checked_sub(asked).filter(|spare| !spare.is_zero()) else {
                return Err(failure.error);
            };
            let jitter = limit.mul_f64(random().clamp(0.0, 1.0));
            if jitter >= spare {
                return Err(failure.error);
            }
            tracing::debug!(attempts, error = %failure.error, "a call of Clerk's API is repeated");
            sleep(asked + jitter).await;
            limit = (limit * 2).min(self.max_delay);
            attempts += 1;
        }
    }
}

fn may_repeat(failure: &Failure, reads_only: bool) -> bool {
    match &failure.error {
        ApiError::Answer { status: 429, .. } => true,
        ApiError::Answer {
            status: 502..=504, ..
        } => reads_only,
        ApiError::Transport(_) => reads_only || !failure.sent,
        _ => false,
    }
}

/// A random number from 0 to 1.
pub(super) fn random() -> f64 {
    let mut bytes = [0; 4];
    // Without random numbers there is no jitter, only the whole wait.
    match aws_lc_rs::rand::fill(&mut bytes) {
        Ok(()) => f64::from(u32::from_ne_bytes(bytes)) / f64::from(u32::MAX),
        Err(_) => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    const MS: Duration = Duration::from_millis(1);

    fn answer(status: u16, retry_after: Option<u64>) -> Failure {
        Failure {
            error: ApiError::Answer {
                status,
                errors: Vec::new(),
                trace_id: None,
                retry_after: retry_after.map(Duration::from_secs),
            },
            sent: true,
        }
    }

    fn broken(sent: bool) -> Failure {
        Failure {
            error: ApiError::Transport("broken".to_owned()),
            sent,
        }
    }

    /// Runs a script of failures, then success; tells the outcome's status (0 for success, 1
    /// for transport), how often it was tried and how many milliseconds went by.
    async fn play(failures: Vec<Failure>, reads_only: bool, timeout: Duration) -> (u16, u32, u64) {
        let begin = Instant::now();
        let mut script = VecDeque::from(failures);
        let mut tries = 0;
        let outcome = RetryPolicy::default()
            .run(
                begin + timeout,
                reads_only,
                || 1.0,
                || {
                    tries += 1;
                    let next = script.pop_front();
                    async move { next.map_or(Ok(()), Err) }
                },
            )
            .await;
        let status = outcome.map_or_else(|error| error.status().unwrap_or(1), |()| 0);
        let elapsed = u64::try_from(begin.elapsed().as_millis()).unwrap_or(u64::MAX);
        (status, tries, elapsed)
    }

    #[tokio::test(start_paused = true)]
    async fn reads_are_repeated_with_waits_that_double() {
        for status in [502, 503, 504] {
            let script = (0..3).map(|_| answer(status, None)).collect();
            assert_eq!(play(script, true, 10_000 * MS).await, (0, 4, 700));
        }
        let script = vec![broken(true), broken(false)];
        assert_eq!(play(script, true, 10_000 * MS).await, (0, 3, 300));
        let script = (0..9).map(|_| answer(503, None)).collect();
        assert_eq!(play(script, true, 10_000 * MS).await, (503, 4, 700));
    }

    #[tokio::test(start_paused = true)]
    async fn writes_are_repeated_only_if_clerk_did_nothing() {
        for (failure, expected) in [
            (answer(429, Some(1)), (0, 2, 1100)),
            (broken(false), (0, 2, 100)),
            (broken(true), (1, 1, 0)),
            (answer(502, None), (502, 1, 0)),
            (answer(503, Some(1)), (503, 1, 0)),
        ] {
            assert_eq!(play(vec![failure], false, 10_000 * MS).await, expected);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn other_answers_are_final() {
        for status in [400, 401, 404, 422, 500] {
            let outcome = play(vec![answer(status, Some(0))], true, 10_000 * MS).await;
            assert_eq!(outcome, (status, 1, 0));
        }
        let too_large = Failure {
            error: ApiError::Decode("too large".to_owned()),
            sent: true,
        };
        assert_eq!(play(vec![too_large], true, 10_000 * MS).await, (1, 1, 0));
    }

    #[tokio::test(start_paused = true)]
    async fn no_wait_passes_the_deadline() {
        // Clerk asks for 3 seconds and there are 3, which leaves no time to ask again.
        let outcome = play(vec![answer(429, Some(3))], true, 3000 * MS).await;
        assert_eq!(outcome, (429, 1, 0));
        let outcome = play(vec![answer(429, Some(3))], true, 3101 * MS).await;
        assert_eq!(outcome, (0, 2, 3100));
        // The second wait of up to 200 ms does not fit into what is left.
        let script = vec![answer(503, None), answer(503, None)];
        assert_eq!(play(script, true, 250 * MS).await, (503, 2, 100));
    }

    #[test]
    fn random_numbers_differ_and_stay_in_range() {
        let numbers: Vec<f64> = (0..64).map(|_| random()).collect();
        assert!(numbers.iter().all(|n| (0.0..=1.0).contains(n)));
        assert!(numbers.iter().any(|n| *n < 0.5) && numbers.iter().any(|n| *n > 0.5));
    }
}
