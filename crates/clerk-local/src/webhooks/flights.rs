//! [`Flights`]: the attempts under way, and which other may start beside them.

use std::{
    collections::{HashMap, HashSet},
    future::{self, Future},
    time::Duration,
};

use tokio::{
    task::{Id, JoinError, JoinSet},
    time::Instant,
};

use crate::state::Delivery;

/// How long an endpoint's next attempt waits for the answer to the one before, so that events reach
/// an endpoint that answers promptly in the order in which they happened.
const PATIENCE: Duration = Duration::from_millis(250);
/// How many attempts one endpoint gets at once.
const AT_ONCE: usize = 16;

/// Endpoint and lane.
type Way = (String, String);

/// The attempts under way; dropping it gives them up.
#[derive(Default)]
pub(super) struct Flights {
    tasks: JoinSet<()>,
    ways: HashMap<Id, Way>,
    busy: HashSet<Way>,
    /// The newest attempt of each endpoint while it is under way.
    newest: HashMap<String, (Id, Instant)>,
    started: usize,
}

impl Flights {
    /// Whether nothing is under way.
    pub(super) fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// How many attempts were started here.
    pub(super) fn started(&self) -> usize {
        self.started
    }

    /// Whether an attempt may start now.
    ///
    /// # Errors
    /// How long to wait before asking again, should no attempt land meanwhile.
    pub(super) fn may_start(&self, delivery: &Delivery) -> Result<(), Duration> {
        let endpoint = &delivery.endpoint_id;
        if self.busy.contains(&way(delivery)) {
            return Err(Duration::MAX);
        }
        if self.busy.iter().filter(|(id, _)| id == endpoint).count() >= AT_ONCE {
            return Err(Duration::MAX);
        }
        let left = self
            .newest
            .get(endpoint)
            .and_then(|(_, since)| PATIENCE.checked_sub(since.elapsed()))
            .filter(|left| !left.is_zero());
        left.map_or(Ok(()), Err)
    }

    /// Starts an attempt.
    pub(super) fn start(
        &mut self,
        delivery: &Delivery,
        attempt: impl Future<Output = ()> + Send + 'static,
    ) {
        let id = self.tasks.spawn(attempt).id();
        let way = way(delivery);
        self.newest.insert(way.0.clone(), (id, Instant::now()));
        self.busy.insert(way.clone());
        self.ways.insert(id, way);
        self.started += 1;
    }

    /// Completes when an attempt has ended; never while none is under way.
    pub(super) async fn landed(&mut self) {
        let id = match self.tasks.join_next_with_id().await {
            Some(Ok((id, ()))) => id,
            Some(Err(error)) => id_of(&error),
            None => return future::pending().await,
        };
        if let Some(way) = self.ways.remove(&id) {
            if self
                .newest
                .get(&way.0)
                .is_some_and(|(newest, _)| *newest == id)
            {
                self.newest.remove(&way.0);
            }
            self.busy.remove(&way);
        }
    }
}

/// The attempt stays due, and is made again.
fn id_of(error: &JoinError) -> Id {
    tracing::error!(%error, "an attempt to deliver an event broke off");
    error.id()
}

fn way(delivery: &Delivery) -> Way {
    (delivery.endpoint_id.clone(), delivery.lane.clone())
}
