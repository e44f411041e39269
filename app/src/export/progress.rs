use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use clerk::ids::{OrganizationId, UserId};

/// For how long an export that has ended is remembered, in milliseconds.
const REMEMBERED: i64 = 60 * 60 * 1000;

/// How far the exports of this process are: the latest of each person in each organization.
#[derive(Clone, Default)]
pub struct Exports(Arc<Mutex<Latest>>);

#[derive(Default)]
struct Latest {
    of: HashMap<(OrganizationId, UserId), Export>,
    count: u64,
}

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Export {
    /// Tells it from those before, in this process.
    pub number: u64,
    /// Rows that went into the archive.
    pub rows: u64,
    /// Rows that there were at the beginning. More or fewer may come of it.
    pub total: u64,
    /// Whether it still runs, or how it ended.
    pub state: State,
    began_at: i64,
}

/// Whether an export still runs, or how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// More is to come.
    Running,
    /// The whole archive was sent.
    Done,
    /// It broke off: nobody took it any more, or something failed.
    Broken,
}

impl Exports {
    /// The person's latest export of the organization, if it is not long past.
    pub fn latest(&self, organization: &OrganizationId, user: &UserId) -> Option<Export> {
        let key = (organization.clone(), user.clone());
        self.locked().of.get(&key).copied()
    }

    /// An export of `total` rows begins, at `now` in unix milliseconds.
    pub(super) fn begin(
        &self,
        organization: OrganizationId,
        user: UserId,
        total: u64,
        now: i64,
    ) -> Progress {
        let key = (organization, user);
        let mut latest = self.locked();
        latest.of.retain(|_, export| {
            export.state == State::Running || now - export.began_at < REMEMBERED
        });
        latest.count += 1;
        let number = latest.count;
        let export = Export {
            number,
            rows: 0,
            total,
            state: State::Running,
            began_at: now,
        };
        latest.of.insert(key.clone(), export);
        Progress {
            exports: self.clone(),
            key,
            number,
        }
    }

    /// A panic elsewhere leaves at worst a number that is too small.
    fn locked(&self) -> MutexGuard<'_, Latest> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An export that runs. It has broken off if this is dropped before its [`end`](Self::end).
pub(super) struct Progress {
    exports: Exports,
    key: (OrganizationId, UserId),
    number: u64,
}

impl Progress {
    /// So many rows more are in the archive.
    pub(super) fn add(&self, rows: usize) {
        self.change(|export| export.rows += rows as u64);
    }

    /// The archive is complete.
    pub(super) fn end(self) {
        self.change(|export| export.state = State::Done);
    }

    /// Nothing, if the person has begun another one since.
    fn change(&self, change: impl FnOnce(&mut Export)) {
        let mut latest = self.exports.locked();
        if let Some(export) = latest.of.get_mut(&self.key)
            && export.number == self.number
        {
            change(export);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.change(|export| {
            if export.state == State::Running {
                export.state = State::Broken;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_is_followed_to_its_end() {
        let exports = Exports::default();
        let (acme, ada) = (OrganizationId::new("org_acme"), UserId::new("user_ada"));
        let state = || exports.latest(&acme, &ada).map(|export| export.state);
        let begin = |now| exports.begin(acme.clone(), ada.clone(), 3, now);
        assert_eq!(state(), None);

        let first = begin(0);
        first.add(2);
        let seen = exports.latest(&acme, &ada).unwrap();
        assert_eq!((seen.rows, seen.total, seen.state), (2, 3, State::Running));
        assert_eq!(exports.latest(&acme, &UserId::new("user_max")), None);

        // What is left of the first does not count for the second.
        let second = begin(1);
        first.add(1);
        first.end();
        assert_eq!(exports.latest(&acme, &ada).unwrap().rows, 0);
        assert_eq!(state(), Some(State::Running));
        second.end();
        assert_eq!(state(), Some(State::Done));
        drop(begin(2));
        assert_eq!(state(), Some(State::Broken));

        // Another person's export makes room.
        let max = exports.begin(acme.clone(), UserId::new("user_max"), 0, 2 + REMEMBERED);
        assert_eq!(state(), None);
        max.end();
    }
}
