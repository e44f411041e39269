//! Bodies on their way through, watched but never kept.

use std::{
    error::Error,
    future::Future,
    pin::{Pin, pin},
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::{Body, Bytes};
use http_body::{Frame, SizeHint};
use http_body_util::Limited;
use tokio::time::{Instant, Sleep, sleep, timeout_at};

/// When something of a request was last passed on.
#[derive(Clone)]
pub(super) struct Progress(Arc<Mutex<Instant>>);

impl Progress {
    pub(super) fn start() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    fn mark(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn last(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The outcome of `work`; none if for `limit` neither it was done nor anything moved.
    pub(super) async fn within<T>(
        &self,
        limit: Duration,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        let mut work = pin!(work);
        loop {
            let until = self.last() + limit;
            match timeout_at(until, &mut work).await {
                Ok(outcome) => return Some(outcome),
                Err(_) if self.last() + limit <= until => return None,
                Err(_) => {}
            }
        }
    }
}

/// What the browser sends: of at most so many bytes, and its progress is noted.
pub(super) struct Upload {
    /// The client wants a body that threads may share; nobody ever waits for this lock.
    body: Mutex<Limited<Body>>,
    progress: Progress,
}

impl Upload {
    pub(super) fn new(body: Body, limit: usize, progress: Progress) -> Self {
        Self {
            body: Mutex::new(Limited::new(body, limit)),
            progress,
        }
    }
}

impl http_body::Body for Upload {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let body = self.body.get_mut().unwrap_or_else(PoisonError::into_inner);
        let frame = ready!(Pin::new(body).poll_frame(context));
        self.progress.mark();
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        let body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        body.is_end_stream()
    }

    /// Exact where the browser said the length, which is then said again.
    fn size_hint(&self) -> SizeHint {
        let body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        body.size_hint()
    }
}

/// What the frontend API answers: broken off when it pauses for too long.
pub(super) struct Download {
    body: reqwest::Body,
    limit: Duration,
    /// Runs while a piece is waited for, not while the browser is slow to take one.
    pause: Option<Pin<Box<Sleep>>>,
}

impl Download {
    pub(super) fn new(body: reqwest::Body, limit: Duration) -> Self {
        Self {
            body,
            limit,
            pause: None,
        }
    }
}

/// Why an answer ends early. The connection to the browser is then cut, for the answer has
/// begun and nothing else can say so.
#[derive(Debug, thiserror::Error)]
pub(super) enum BrokenOff {
    #[error("the frontend API paused for too long")]
    Paused,
    #[error("the connection to the frontend API broke")]
    Connection,
}

impl http_body::Body for Download {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        let this = &mut *self;
        let broken = |why: BrokenOff| {
            tracing::warn!(%why, "an answer of Clerk's was broken off");
            why
        };
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) {
            this.pause = None;
            let frame = frame.map(|frame| frame.map_err(|_| broken(BrokenOff::Connection)));
            return Poll::Ready(frame);
        }
        let limit = this.limit;
        let pause = this.pause.get_or_insert_with(|| Box::pin(sleep(limit)));
        ready!(pause.as_mut().poll(context));
        Poll::Ready(Some(Err(broken(BrokenOff::Paused))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
