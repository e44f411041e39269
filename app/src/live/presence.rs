//! Who is here: in this process's memory alone, and forgotten when they are not.

mod visitor;

use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    hash::{Hash as _, Hasher as _},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use clerk::{
    clock::SharedClock,
    ids::{OrganizationId, UserId},
};
use store::TaskId;
use tokio::sync::watch;

use super::place::Place;
use crate::error::AppError;
pub use visitor::State;
use visitor::Visitor;

/// The most streams that one person has open in one organization: pages in as many windows.
pub const STREAMS: usize = 12;
/// How often the memory is searched for what can be forgotten, in milliseconds.
const SWEEP_MS: i64 = 60_000;

/// Everybody who is here, in all organizations of this process. Cheap to clone.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    clock: SharedClock,
    rooms: Mutex<Rooms>,
    stopping: watch::Sender<bool>,
}

#[derive(Default)]
struct Rooms {
    of: HashMap<OrganizationId, Room>,
    streams: u64,
    swept_at: i64,
}

#[derive(Default)]
struct Room {
    visitors: HashMap<UserId, Visitor>,
    changed: watch::Sender<()>,
}

/// Somebody at a place, and whether they are typing there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Present {
    /// Who.
    pub user: UserId,
    /// Whether they did something lately.
    pub state: State,
    /// Whether they are writing a comment on the task.
    pub typing: bool,
}

/// An open stream: its person is there until this is dropped.
pub struct OpenStream {
    live: Live,
    organization: OrganizationId,
    user: UserId,
    number: u64,
}

impl Live {
    /// Nobody is here yet.
    pub fn new(clock: SharedClock) -> Self {
        Self(Arc::new(Inner {
            clock,
            rooms: Mutex::default(),
            stopping: watch::Sender::new(false),
        }))
    }

    /// A stream is opened by somebody who may. `active` if they opened the page with it, rather
    /// than that the browser came back by itself.
    ///
    /// # Errors
    /// [`AppError::TooOften`] when they have [`STREAMS`] open.
    pub fn open(
        &self,
        organization: &OrganizationId,
        user: &UserId,
        place: Place,
        active: bool,
    ) -> Result<OpenStream, AppError> {
        let now = self.now();
        let mut rooms = self.locked();
        rooms.sweep(now);
        rooms.streams += 1;
        let number = rooms.streams;
        let room = rooms.of.entry(organization.clone()).or_default();
        let visitor = room.visitors.entry(user.clone()).or_default();
        if visitor.open_streams() >= STREAMS {
            return Err(AppError::TooOften);
        }
        visitor.enter(number, place, active, now);
        room.changed.send_replace(());
        Ok(OpenStream {
            live: self.clone(),
            organization: organization.clone(),
            user: user.clone(),
            number,
        })
    }

    /// Whether another sign of life may come from somebody; asked before anything is looked up.
    ///
    /// # Errors
    /// [`AppError::TooOften`].
    pub fn allow_sign(&self, organization: &OrganizationId, user: &UserId) -> Result<(), AppError> {
        let now = self.now();
        let mut rooms = self.locked();
        let room = rooms.of.get_mut(organization);
        match room.and_then(|room| room.visitors.get_mut(user)) {
            Some(visitor) => visitor.count_sign(now),
            None => Ok(()),
        }
    }

    /// Somebody who may did something; perhaps wrote at a comment on a task.
    pub fn sign(&self, organization: &OrganizationId, user: &UserId, typing: Option<TaskId>) {
        let now = self.now();
        let mut rooms = self.locked();
        rooms.sweep(now);
        let room = rooms.of.entry(organization.clone()).or_default();
        let visitor = room.visitors.entry(user.clone()).or_default();
        visitor.act(typing, now);
        room.changed.send_replace(());
    }

    /// Who is at a place, those first who did something lately. The overview has everybody.
    pub fn at(&self, organization: &OrganizationId, place: Place) -> Vec<Present> {
        let now = self.now();
        let rooms = self.locked();
        let Some(room) = rooms.of.get(organization).filter(|_| place.shows_people()) else {
            return Vec::new();
        };
        let mut present: Vec<_> = room
            .visitors
            .iter()
            .filter_map(|(user, visitor)| visitor.seen_at(place, now).map(|seen| (user, seen)))
            .map(|(user, (state, typing))| Present {
                user: user.clone(),
                state,
                typing,
            })
            .collect();
        present.sort_by(|a, b| (a.state, a.user.as_str()).cmp(&(b.state, b.user.as_str())));
        present
    }

    /// A number that differs when others than `user` are at the place.
    pub fn digest(&self, organization: &OrganizationId, place: Place, user: &UserId) -> u64 {
        let mut hasher = DefaultHasher::new();
        let others = self.at(organization, place).into_iter();
        others
            .filter(|present| present.user != *user)
            .for_each(|present| present.hash(&mut hasher));
        hasher.finish()
    }

    /// In how many milliseconds somebody counts as away or gone, or as no longer typing, if nothing
    /// else happens.
    pub fn next_turn(&self, organization: &OrganizationId) -> Option<u64> {
        let now = self.now();
        let rooms = self.locked();
        let visitors = rooms.of.get(organization)?.visitors.values();
        let turn = visitors
            .filter_map(|visitor| visitor.next_turn(now))
            .min()?;
        u64::try_from(turn - now).ok()
    }

    /// Wakes when somebody came, went, or gave a sign of life.
    pub(super) fn watch(&self, organization: &OrganizationId) -> watch::Receiver<()> {
        let mut rooms = self.locked();
        let room = rooms.of.entry(organization.clone()).or_default();
        room.changed.subscribe()
    }

    /// Ends all streams, and those that are opened from now on: the server stops.
    pub fn stop(&self) {
        self.0.stopping.send_replace(true);
    }

    /// Turns `true` when the streams are to end.
    pub(super) fn stopping(&self) -> watch::Receiver<bool> {
        self.0.stopping.subscribe()
    }

    fn now(&self) -> i64 {
        self.0.clock.now_ms()
    }

    /// A panic elsewhere leaves at worst somebody who is shown for too long.
    fn locked(&self) -> MutexGuard<'_, Rooms> {
        self.0.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OpenStream {
    /// In which organization.
    pub(super) fn organization(&self) -> &OrganizationId {
        &self.organization
    }

    /// Whose it is.
    pub(super) fn user(&self) -> &UserId {
        &self.user
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        let now = self.live.now();
        let mut rooms = self.live.locked();
        if let Some(room) = rooms.of.get_mut(&self.organization)
            && let Some(visitor) = room.visitors.get_mut(&self.user)
        {
            visitor.leave(self.number, now);
            room.changed.send_replace(());
        }
    }
}

impl Rooms {
    /// Forgets who is gone, and rooms without anybody.
    fn sweep(&mut self, now: i64) {
        if (now - self.swept_at).abs() < SWEEP_MS {
            return;
        }
        self.swept_at = now;
        self.of.retain(|_, room| {
            room.visitors.retain(|_, visitor| !visitor.is_gone(now));
            !room.visitors.is_empty() || room.changed.receiver_count() > 0
        });
    }
}

#[cfg(test)]
mod tests;
