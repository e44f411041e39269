use store::TaskId;

use crate::{error::AppError, live::place::Place};

/// After how long without a sign of life somebody counts as away, in milliseconds.
pub const AWAY_MS: i64 = 5 * 60_000;
/// After how long they count as offline.
pub const OFFLINE_MS: i64 = 15 * 60_000;
/// For how long a closed stream counts as open: whoever goes from page to page is not gone.
pub const LINGER_MS: i64 = 10_000;
/// For how long a sign of typing lasts.
pub const TYPING_MS: i64 = 6_000;
/// How many signs of life are taken in a minute.
pub const SIGNS: u32 = 60;
const MINUTE_MS: i64 = 60_000;

/// How present somebody is. Who is offline is not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Has a page open and did something in the last 5 minutes.
    Online,
    /// Did something in the last 15 minutes.
    Away,
}

/// One person in one organization.
#[derive(Debug, Default)]
pub struct Visitor {
    active_at: i64,
    streams: Vec<Stream>,
    typing: Option<(TaskId, i64)>,
    minute: i64,
    signs: u32,
}

#[derive(Debug)]
struct Stream {
    number: u64,
    place: Place,
    closed_at: Option<i64>,
}

impl Stream {
    fn lives(&self, now: i64) -> bool {
        self.closed_at.is_none_or(|at| now - at < LINGER_MS)
    }
}

impl Visitor {
    pub fn open_streams(&self) -> usize {
        let open = |stream: &&Stream| stream.closed_at.is_none();
        self.streams.iter().filter(open).count()
    }

    pub fn enter(&mut self, number: u64, place: Place, active: bool, now: i64) {
        self.streams.retain(|stream| stream.lives(now));
        self.streams.push(Stream {
            number,
            place,
            closed_at: None,
        });
        if active {
            self.active_at = now;
            // What was being written is sent, or left.
            self.typing = None;
        }
    }

    pub fn leave(&mut self, number: u64, now: i64) {
        self.streams.retain(|stream| stream.lives(now));
        let own = self.streams.iter_mut().find(|own| own.number == number);
        if let Some(stream) = own {
            stream.closed_at = Some(now);
        }
    }

    pub fn act(&mut self, typing: Option<TaskId>, now: i64) {
        self.active_at = now;
        if let Some(task) = typing {
            self.typing = Some((task, now + TYPING_MS));
        }
    }

    /// Counts one more sign of life.
    ///
    /// # Errors
    /// [`AppError::TooOften`] when it is more than are taken in a minute.
    pub fn count_sign(&mut self, now: i64) -> Result<(), AppError> {
        if (now - self.minute).abs() >= MINUTE_MS {
            (self.minute, self.signs) = (now, 0);
        }
        self.signs = self.signs.saturating_add(1);
        match self.signs <= SIGNS {
            true => Ok(()),
            false => Err(AppError::TooOften),
        }
    }

    /// How present they are at a place, if they are, and whether they are typing there.
    pub fn seen_at(&self, place: Place, now: i64) -> Option<(State, bool)> {
        let idle = now - self.active_at;
        if idle >= OFFLINE_MS {
            return None;
        }
        let mut alive = self.streams.iter().filter(|stream| stream.lives(now));
        let state = match idle < AWAY_MS && alive.clone().next().is_some() {
            true => State::Online,
            false => State::Away,
        };
        let is_there = place == Place::Overview || alive.any(|stream| stream.place == place);
        let typing = self
            .typing
            .is_some_and(|(task, until)| Place::Task(task) == place && now < until);
        is_there.then_some((state, typing))
    }

    /// When they next count as something else, if nothing happens before.
    pub fn next_turn(&self, now: i64) -> Option<i64> {
        let closed = self.streams.iter().filter_map(|stream| stream.closed_at);
        closed
            .map(|at| at + LINGER_MS)
            .chain(self.typing.map(|(_, until)| until))
            .chain([self.active_at + AWAY_MS, self.active_at + OFFLINE_MS])
            .filter(|turn| *turn > now)
            .min()
    }

    /// Whether nothing need be kept of them.
    pub fn is_gone(&self, now: i64) -> bool {
        now - self.active_at >= OFFLINE_MS && !self.streams.iter().any(|one| one.lives(now))
    }
}
