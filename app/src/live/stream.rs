//! The events of one organization for one open page.
//!
//! | event | data | when |
//! |---|---|---|
//! | `change` | `{"action","kind","id","project","own"}`; the event's id is its number in the audit log | something was changed |
//! | `reset` | none | more was missed than is told one by one |
//! | `presence` | none | others came or went, or are typing, at the page's place |
//! | `ended` | none | one has no access any more; the stream ends |
//!
//! A stream ends with the session token it was opened with, and the browser comes back with the
//! one that it has then: so a session that has ended ends its streams as fast as its pages.

use std::time::Duration;

use axum::response::sse::Event;
use clerk::session::Session;
use serde_json::json;
use store::{Action, ChangeNote, Signal, StoreError, Tenant};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, interval, sleep, sleep_until},
};

use super::{
    place::Place,
    presence::{Live, OpenStream},
};
use crate::{context::RequestContext, error::AppError};

/// Where the stream is; `{slug}` stands for the organization's.
pub const EVENTS: &str = "/app/{slug}/events";

/// How often an idle stream says that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How long the browser waits before it comes back.
const RETRY: Duration = Duration::from_secs(1);
/// How long a reader may take to make room for one more event.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many events may wait for a reader.
const WAITING: usize = 32;

/// What a page asks for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The organization's slug.
    pub slug: String,
    /// The number of the last change that is known; nothing is missed from there on. Without it
    /// the stream begins now.
    pub after: Option<i64>,
    /// The browser came back by itself, so its person did nothing.
    pub resumed: bool,
    /// The page.
    pub place: Place,
    /// [`Live::digest`] as the page was made.
    pub here: Option<u64>,
}

/// Opens a stream for the request's person.
///
/// # Errors
/// As [`RequestContext::tenant`], and [`AppError::TooOften`] when they have too many open.
pub async fn open(
    context: RequestContext,
    asked: Asked,
) -> Result<mpsc::Receiver<Event>, AppError> {
    let session = context.session()?.clone();
    let active = session.organization();
    let active = active.ok_or(AppError::NoActiveOrganization)?.id.clone();
    // Watched before anything is read: what is committed in between wakes.
    let signal = context.store.watch(&active);
    let presence = context.live.watch(&active);
    let tenant = context.tenant(&asked.slug).await?;
    let user = &tenant.membership().user_id;
    let stream = context
        .live
        .open(&active, user, asked.place, !asked.resumed)?;
    let seq = asked.after.unwrap_or_else(|| tenant.seq());
    drop(tenant);
    let (out, events) = mpsc::channel(WAITING);
    let left_ms = session.expires_at_ms() - context.clock.now_ms();
    let left = Duration::from_millis(u64::try_from(left_ms).unwrap_or_default());
    let writer = Writer {
        live: context.live.clone(),
        context,
        session,
        slug: asked.slug,
        place: asked.place,
        seq,
        sees_people: false,
        here: asked.here,
        out,
        stream,
    };
    let until = Instant::now() + left;
    tokio::spawn(writer.run(signal, presence, until));
    Ok(events)
}

/// Writes a stream until it ends.
struct Writer {
    live: Live,
    context: RequestContext,
    session: Session,
    slug: String,
    place: Place,
    /// Up to which number changes are told.
    seq: i64,
    sees_people: bool,
    /// What was last told of who is there.
    here: Option<u64>,
    out: mpsc::Sender<Event>,
    stream: OpenStream,
}

/// Why a stream ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// There is no such organization for this person any more.
    NoAccess,
    /// The reader is gone, or too slow; the token has expired; something failed. The browser comes
    /// back, and is told what it missed.
    ComeBack,
}

/// What a stream wakes by.
enum Wakes {
    Change,
    People,
    Time,
}

impl Writer {
    async fn run(mut self, signal: Signal, presence: watch::Receiver<()>, until: Instant) {
        let end = self.write(signal, presence, until).await;
        if end == End::NoAccess {
            let _ = self.send(Event::default().event("ended").data("{}")).await;
        }
        tracing::debug!(organization.id = %self.stream.organization(), ?end, "a stream ends");
    }

    async fn write(
        &mut self,
        mut signal: Signal,
        mut presence: watch::Receiver<()>,
        until: Instant,
    ) -> End {
        let mut stopping = self.live.stopping();
        let mut heartbeat = interval(HEARTBEAT);
        heartbeat.reset();
        // Known from the beginning, so that a browser that comes back says it.
        let hello = Event::default().id(self.seq.to_string()).retry(RETRY);
        if let Err(end) = self.send(hello).await {
            return end;
        }
        let mut look = true;
        loop {
            if self.session.expires_at_ms() <= self.context.clock.now_ms() {
                return End::ComeBack;
            }
            if look && let Err(end) = self.tell_changes().await {
                return end;
            }
            if let Err(end) = self.tell_presence().await {
                return end;
            }
            look = false;
            let turn = self.next_turn();
            let wakes = tokio::select! {
                biased;
                () = stops(&mut stopping) => None,
                () = self.out.closed() => None,
                () = sleep_until(until) => None,
                () = signal.changed() => Some(Wakes::Change),
                changed = presence.changed() => changed.ok().map(|()| Wakes::People),
                () = turn => Some(Wakes::People),
                _ = heartbeat.tick() => Some(Wakes::Time),
            };
            match wakes {
                None => return End::ComeBack,
                Some(Wakes::Change) => look = true,
                Some(Wakes::People) => {}
                Some(Wakes::Time) => {
                    if let Err(end) = self.send(Event::default().comment("")).await {
                        return end;
                    }
                }
            }
        }
    }

    /// Looks whether one may still be told, and tells what is new.
    async fn tell_changes(&mut self) -> Result<(), End> {
        let tenant = self.enter().await?;
        self.sees_people = tenant.can(Action::MemberRead);
        let changes = tenant.changes_since(self.seq).await.map_err(broken)?;
        // Whoever takes long to read takes no connection meanwhile.
        drop(tenant);
        if changes.reset {
            let reset = Event::default().event("reset").data("{}");
            self.send(reset.id(changes.seq.to_string())).await?;
        }
        let told = changes.notes.last().map_or(self.seq, |note| note.seq);
        for note in &changes.notes {
            self.send(event_of(note)).await?;
        }
        if changes.seq != told && !changes.reset {
            // What one may not know of is behind one all the same.
            let silent = Event::default().id(changes.seq.to_string());
            self.send(silent).await?;
        }
        self.seq = changes.seq;
        Ok(())
    }

    /// Enters the organization, under whatever slug it has now.
    async fn enter(&mut self) -> Result<Tenant, End> {
        let store = &self.context.store;
        let entered = store.enter(&self.session, &self.slug).await;
        let Err(StoreError::NotFound) = entered else {
            return entered.map_err(broken);
        };
        let moved = store.moved_to(&self.session, &self.slug).await;
        self.slug = moved.map_err(broken)?.ok_or(End::NoAccess)?;
        store
            .enter(&self.session, &self.slug)
            .await
            .map_err(|error| match error {
                StoreError::NotFound | StoreError::OrganizationMismatch { .. } => End::NoAccess,
                other => broken(other),
            })
    }

    /// Tells when others are at the page's place than were.
    async fn tell_presence(&mut self) -> Result<(), End> {
        if !self.sees_people || !self.place.shows_people() {
            return Ok(());
        }
        let organization = self.stream.organization();
        let here = self
            .live
            .digest(organization, self.place, self.stream.user());
        if self.here.replace(here).is_some_and(|before| before != here) {
            let event = Event::default().event("presence").data("{}");
            return self.send(event).await;
        }
        Ok(())
    }

    /// Resolves when somebody counts as away, or as no longer typing.
    fn next_turn(&self) -> impl Future<Output = ()> + use<> {
        let shown = self.sees_people && self.place.shows_people();
        let turn = shown
            .then(|| self.live.next_turn(self.stream.organization()))
            .flatten();
        async move {
            match turn {
                Some(left_ms) => sleep(Duration::from_millis(left_ms)).await,
                None => std::future::pending().await,
            }
        }
    }

    async fn send(&self, event: Event) -> Result<(), End> {
        let sent = self.out.send_timeout(event, PATIENCE).await;
        sent.map_err(|_| End::ComeBack)
    }
}

/// Resolves when the server stops.
async fn stops(stopping: &mut watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stopping| *stopping).await;
}

fn event_of(note: &ChangeNote) -> Event {
    let data = json!({
        "action": note.action,
        "kind": note.target_kind,
        "id": note.target_id,
        "project": note.project.map(|project| project.to_string()),
        "own": note.own,
    });
    Event::default()
        .event("change")
        .id(note.seq.to_string())
        .data(data.to_string())
}

fn broken(error: StoreError) -> End {
    tracing::warn!(%error, "a stream can't be continued");
    End::ComeBack
}
