//! Reads of Clerk's backend API, kept few: one at a time for each user, and none again while the
//! last one is recent.

use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use clerk::{clock::SharedClock, ids::UserId};
use tokio::sync::Mutex as Gate;

use crate::error::AppError;

/// How long the outcome of a read stands, in milliseconds. Whoever is still not let in after it
/// would not be after another one either, unless something happened at Clerk in between; then the
/// webhook, or the first read after this time, tells.
const RECENT_MS: i64 = 5_000;
/// The most users that are remembered at once.
const MAX_USERS: usize = 10_000;

/// The reads of one server, under way and recent. Clones share them.
///
/// Nothing here lets anybody in: it only says whether Clerk is asked, and the store is asked
/// before and after. So a webhook that arrives in between counts at once.
#[derive(Clone)]
pub struct IdentityReads(Arc<Inner>);

struct Inner {
    clock: SharedClock,
    users: Mutex<HashMap<UserId, Entry>>,
}

/// One user's reads.
#[derive(Default)]
struct Entry {
    /// Held by the request that reads; others of the same user wait for it.
    gate: Arc<Gate<()>>,
    last: Option<Outcome>,
}

struct Outcome {
    /// When the read ended (unix milliseconds).
    at_ms: i64,
    result: Result<(), AppError>,
}

impl IdentityReads {
    /// No reads so far. `clock` tells how old an outcome is.
    pub fn new(clock: SharedClock) -> Self {
        Self(Arc::new(Inner {
            clock,
            users: Mutex::default(),
        }))
    }

    /// The outcome of a read of `user` that ended lately, or else of `read`. Of many callers at
    /// once one reads and the others get its outcome; if that one goes away (its browser closed
    /// the connection), the next reads.
    ///
    /// # Errors
    /// What `read` fails with; that is remembered too, so that an outage is not made worse.
    pub async fn once(
        &self,
        user: &UserId,
        read: impl Future<Output = Result<(), AppError>>,
    ) -> Result<(), AppError> {
        let gate = self.gate(user);
        let _turn = gate.lock().await;
        if let Some(result) = self.recent(user) {
            return result;
        }
        let result = read.await;
        let outcome = Outcome {
            at_ms: self.0.clock.now_ms(),
            result: result.clone(),
        };
        self.users().entry(user.clone()).or_default().last = Some(outcome);
        result
    }

    fn gate(&self, user: &UserId) -> Arc<Gate<()>> {
        let now_ms = self.0.clock.now_ms();
        let mut users = self.users();
        if users.len() >= MAX_USERS && !users.contains_key(user) {
            make_room(&mut users, now_ms);
        }
        Arc::clone(&users.entry(user.clone()).or_default().gate)
    }

    fn recent(&self, user: &UserId) -> Option<Result<(), AppError>> {
        let now_ms = self.0.clock.now_ms();
        let users = self.users();
        let last = users.get(user)?.last.as_ref()?;
        last.is_recent(now_ms).then(|| last.result.clone())
    }

    fn users(&self) -> MutexGuard<'_, HashMap<UserId, Entry>> {
        // A panic elsewhere leaves nothing half: each change is one assignment.
        let users = self.0.users.lock();
        users.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Outcome {
    /// A clock that was set back makes no outcome last longer.
    fn is_recent(&self, now_ms: i64) -> bool {
        (0..RECENT_MS).contains(&now_ms.saturating_sub(self.at_ms))
    }
}

impl Entry {
    fn is_in_use(&self) -> bool {
        Arc::strong_count(&self.gate) > 1
    }
}

/// Forgets what is no longer recent, or else the oldest outcome. Users that are being read stay:
/// there are no more of them than requests.
fn make_room(users: &mut HashMap<UserId, Entry>, now_ms: i64) {
    let is_recent = |last: &Outcome| last.is_recent(now_ms);
    users.retain(|_, entry| entry.is_in_use() || entry.last.as_ref().is_some_and(is_recent));
    if users.len() < MAX_USERS {
        return;
    }
    let oldest = users
        .iter()
        .filter(|(_, entry)| !entry.is_in_use())
        .min_by_key(|(_, entry)| entry.last.as_ref().map(|last| last.at_ms))
        .map(|(user, _)| user.clone());
    if let Some(oldest) = oldest {
        users.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use clerk::clock::ManualClock;

    use super::*;

    struct Clerk {
        clock: ManualClock,
        reads: IdentityReads,
        calls: AtomicUsize,
    }

    impl Clerk {
        fn new() -> Self {
            let clock = ManualClock::at(1_790_000_000_000);
            Self {
                reads: IdentityReads::new(clock.shared()),
                clock,
                calls: AtomicUsize::new(0),
            }
        }

        async fn ask(&self, user: &str, answer: Result<(), AppError>) -> Result<(), AppError> {
            let read = async {
                self.calls.fetch_add(1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                answer
            };
            self.reads.once(&UserId::new(user), read).await
        }

        fn calls(&self) -> usize {
            self.calls.load(Ordering::SeqCst)
        }
    }

    #[tokio::test]
    async fn many_at_once_make_one_read_and_share_its_outcome() {
        let clerk = Clerk::new();
        let (a, b, c, other) = tokio::join!(
            clerk.ask("user_a", Err(AppError::SignedOut)),
            clerk.ask("user_a", Ok(())),
            clerk.ask("user_a", Ok(())),
            clerk.ask("user_b", Ok(())),
        );
        for outcome in [a, b, c] {
            assert_eq!(outcome, Err(AppError::SignedOut));
        }
        assert_eq!(other, Ok(()), "another user is another read");
        assert_eq!(clerk.calls(), 2);
    }

    #[tokio::test]
    async fn an_outcome_stands_for_a_few_seconds() {
        let clerk = Clerk::new();
        for (later_ms, calls) in [(0, 1), (RECENT_MS - 1, 1), (1, 2), (RECENT_MS, 3)] {
            clerk.clock.advance(later_ms);
            clerk.ask("user_a", Ok(())).await.unwrap();
            assert_eq!(clerk.calls(), calls, "{later_ms}");
        }
        clerk.clock.advance(-60_000);
        clerk.ask("user_a", Ok(())).await.unwrap();
        assert_eq!(clerk.calls(), 4, "a clock set back");
    }

    #[tokio::test]
    async fn a_reader_that_goes_away_leaves_its_turn_to_the_next() {
        let clerk = Clerk::new();
        let user = UserId::new("user_a");
        let gone = clerk.reads.once(&user, std::future::pending());
        let gone = Box::pin(gone);
        let mut next = Box::pin(clerk.ask("user_a", Ok(())));
        tokio::select! {
            biased;
            _ = gone => unreachable!("it never ends"),
            _ = &mut next => panic!("it waits for its turn"),
            () = tokio::task::yield_now() => {}
        }
        // The first is dropped by now.
        next.await.unwrap();
        assert_eq!(clerk.calls(), 1);
    }

    #[tokio::test]
    async fn no_more_users_are_remembered_than_there_is_room_for() {
        let clerk = Clerk::new();
        for number in 0..MAX_USERS + 10 {
            clerk.clock.advance(i64::from(number % 4 == 0));
            clerk.ask(&format!("user_{number}"), Ok(())).await.unwrap();
        }
        assert_eq!(clerk.reads.users().len(), MAX_USERS);
        let calls = clerk.calls();
        let last = format!("user_{}", MAX_USERS + 9);
        clerk.ask(&last, Ok(())).await.unwrap();
        assert_eq!(clerk.calls(), calls, "the youngest are kept");
        clerk.clock.advance(RECENT_MS);
        clerk.ask("user_new", Ok(())).await.unwrap();
        assert_eq!(clerk.reads.users().len(), 1);
    }
}
