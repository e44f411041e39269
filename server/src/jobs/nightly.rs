//! When the server's own work is due: at its start, and every night.

use std::time::Duration;

use clerk::clock::Clock;

use super::{purge, reconcile};
use crate::state::AppState;

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// When the night's work begins, in milliseconds after midnight UTC.
const AT_MS: i64 = 3 * HOUR_MS;
/// How long after a failure it is tried again.
const AGAIN_MS: i64 = HOUR_MS;
/// How often the clock is looked at.
const TICK: Duration = Duration::from_secs(60);

/// Works for as long as it is polled; dropping it stops it, and no half step stays.
pub async fn run(state: AppState) {
    let clock = state.clock.clone();
    every_night(clock.as_ref(), || succeeds(&state)).await;
}

async fn succeeds(state: &AppState) -> bool {
    // Each by itself: that one fails keeps no other from being done.
    let purged = purge::purge(&state.clerk, &state.store).await;
    if let Err(error) = &purged {
        tracing::warn!(%error, "deleted organizations are not all purged");
    }
    let outcome = work(state).await;
    if let Err(error) = &outcome {
        tracing::warn!(%error, "the night's work is not done");
    }
    purged.is_ok() && outcome.is_ok()
}

async fn work(state: &AppState) -> Result<(), reconcile::ReconcileError> {
    let forgotten = state.store.identity().prune().await?;
    tracing::info!(forgotten, "old deliveries are forgotten");
    reconcile::reconcile(&state.clerk, &state.store).await?;
    Ok(())
}

/// Does `job` now and then every night, or sooner again when it tells that it failed.
async fn every_night<F: Future<Output = bool>>(clock: &dyn Clock, mut job: impl FnMut() -> F) {
    loop {
        let done = job().await;
        let now_ms = clock.now_ms();
        let next_ms = match done {
            true => next_night(now_ms),
            false => now_ms.saturating_add(AGAIN_MS),
        };
        while clock.now_ms() < next_ms {
            tokio::time::sleep(TICK).await;
        }
    }
}

/// The next time after `now_ms` that it is [`AT_MS`] (unix milliseconds).
fn next_night(now_ms: i64) -> i64 {
    let midnight = now_ms - now_ms.rem_euclid(DAY_MS);
    let tonight = midnight + AT_MS;
    match tonight > now_ms {
        true => tonight,
        false => tonight + DAY_MS,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use clerk::clock::ManualClock;

    use super::*;

    /// A midnight, UTC.
    const MIDNIGHT: i64 = 20_000 * DAY_MS;

    #[test]
    fn the_next_night_is_always_ahead() {
        for (now, next) in [
            (0, AT_MS),
            (AT_MS - 1, AT_MS),
            (AT_MS, DAY_MS + AT_MS),
            (DAY_MS - 1, DAY_MS + AT_MS),
        ] {
            assert_eq!(next_night(MIDNIGHT + now), MIDNIGHT + next, "{now}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn it_works_at_the_start_every_night_and_again_after_a_failure() {
        let clock = ManualClock::at(MIDNIGHT + 12 * HOUR_MS);
        let runs = Cell::new(0);
        let works = Cell::new(true);
        let nights = every_night(&clock, || {
            runs.set(runs.get() + 1);
            std::future::ready(works.get())
        });
        let story = async {
            for (hours, run, working) in [
                (0, 1, true),
                (14, 1, true),
                (1, 2, true),
                (23, 2, true),
                (1, 3, false),
                (1, 4, true),
                (1, 4, true),
                (22, 5, true),
            ] {
                works.set(working);
                clock.advance(hours * HOUR_MS);
                // Time is paused: this takes none, and lets the clock be looked at.
                tokio::time::sleep(2 * TICK).await;
                assert_eq!(runs.get(), run, "{hours}");
            }
        };
        tokio::select! {
            () = nights => unreachable!("it never ends"),
            () = story => {}
        }
    }
}
