//! Lists that are longer than a page.

use std::{
    collections::HashSet,
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use serde::de::DeserializeOwned;

use super::{ApiClient, ApiError, Page, call::Call};

/// The most that Clerk puts on one page.
pub(super) const PAGE_SIZE: u32 = 500;

/// All objects of a list, page after page, each page fetched when it is needed. Ends after
/// the first error.
///
/// Objects may come and go while a list is read. What is pushed onto a later page is given
/// only once, for which the stream remembers the identifiers it has given; and when the count
/// that Clerk tells has gone down, the stream goes back as far, so that what moved to an
/// earlier page is not missed.
pub struct Listing<T>(Pin<Box<dyn Stream<Item = Result<T, ApiError>> + Send>>);

impl<T> Stream for Listing<T> {
    type Item = Result<T, ApiError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_next_unpin(context)
    }
}

impl<T> fmt::Debug for Listing<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listing")
    }
}

/// An object that a list can tell from another.
pub(super) trait Listed: DeserializeOwned + Send + 'static {
    fn id(&self) -> &str;
}

macro_rules! listed {
    ($($type:ident),*) => {
        $(impl Listed for super::$type {
            fn id(&self) -> &str {
                self.id.as_ref()
            }
        })*
    };
}

listed!(
    ApiKey,
    ApiSession,
    Client,
    EnterpriseConnection,
    Invitation,
    M2mToken,
    Machine,
    Organization,
    OrganizationDomain,
    OrganizationInvitation,
    OrganizationMembership,
    Permission,
    Role,
    User
);

/// How the next page is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Paging {
    /// By how many objects to leave out.
    Offset,
    /// By the last object read (`starting_after`), which cannot shift.
    Cursor,
}

struct Reader {
    client: ApiClient,
    call: Call,
    paging: Paging,
    limit: u32,
    offset: u64,
    last: Option<String>,
    total: Option<u64>,
    given: HashSet<String>,
    done: bool,
}

impl ApiClient {
    /// All pages of what `call` lists. Its `limit` is the size of a page (1 to 500, else
    /// 500), its `offset` where to begin.
    pub(super) fn pages<T: Listed>(&self, call: Call, paging: Paging) -> Listing<T> {
        let number = |name: &str| {
            let found = call.query.iter().find(|(other, _)| other == name);
            found.and_then(|(_, value)| value.parse::<u64>().ok())
        };
        let limit = number("limit").and_then(|limit| u32::try_from(limit).ok());
        let reader = Reader {
            client: self.clone(),
            paging,
            limit: limit.unwrap_or(PAGE_SIZE).clamp(1, PAGE_SIZE),
            offset: number("offset").unwrap_or_default(),
            last: None,
            total: None,
            given: HashSet::new(),
            done: false,
            call,
        };
        let pages = stream::try_unfold(reader, |mut reader| async move {
            if reader.done {
                return Ok(None);
            }
            let page = reader.next().await?;
            Ok(Some((stream::iter(page.into_iter().map(Ok)), reader)))
        });
        Listing(Box::pin(pages.try_flatten()))
    }

    /// Every page of a list at once.
    pub(super) async fn all_pages<T: Listed>(&self, call: Call) -> Result<Page<T>, ApiError> {
        let data: Vec<T> = self.pages(call, Paging::Offset).try_collect().await?;
        let total_count = data.len() as u64;
        Ok(Page { data, total_count })
    }
}

impl Reader {
    /// What is new on the next page; then knows where the one after begins, or that there is
    /// none.
    async fn next<T: Listed>(&mut self) -> Result<Vec<T>, ApiError> {
        let mut call = self.call.clone().without(&["offset"]);
        call = call.with("limit", self.limit);
        match (&self.last, self.paging) {
            (Some(last), Paging::Cursor) => call = call.with("starting_after", last),
            _ if self.offset > 0 => call = call.with("offset", self.offset),
            _ => {}
        }
        let mut page: Page<T> = self.client.run(call).await?;
        let received = page.data.len() as u64;
        if let Some(last) = page.data.last() {
            self.last = Some(last.id().to_owned());
        }
        page.data
            .retain(|object| self.given.insert(object.id().to_owned()));
        self.go_on(received, page.data.len(), page.total_count);
        Ok(page.data)
    }

    fn go_on(&mut self, received: u64, new: usize, total: u64) {
        // A count below what is on the page is none.
        let total = Some(total).filter(|total| *total >= received.max(1));
        let gone = match (self.total, total) {
            (Some(before), Some(now)) => before.saturating_sub(now),
            _ => 0,
        };
        self.total = total;
        if received == 0 {
            self.done = gone == 0;
        } else if self.paging == Paging::Cursor && new == 0 {
            // The cursor was not understood: the same page came again.
            self.paging = Paging::Offset;
            self.offset = self.given.len() as u64;
            self.done = received < u64::from(self.limit);
            return;
        } else if gone == 0 {
            self.offset += received;
            // A page may be shorter than asked for because Clerk gives no more at once.
            self.done = match total {
                Some(total) => self.paging == Paging::Offset && self.offset >= total,
                None => received < u64::from(self.limit),
            };
            return;
        }
        // The count only goes down so often, so this comes to an end.
        self.offset = self.offset.saturating_sub(gone);
    }
}
