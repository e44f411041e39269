use super::Event;

/// Why a delivery is refused. Answer it with 400, never with 2xx: Clerk then tries again,
/// for about a day.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// A header is missing or not text; names it.
    #[error("the delivery has no usable {0} header")]
    Header(&'static str),
    /// Older than the tolerance: possibly a replay.
    #[error("the delivery is too old")]
    TooOld,
    /// From further in the future than clocks differ.
    #[error("the delivery is from the future")]
    FromTheFuture,
    /// No signature fits: not from Clerk, or changed on the way.
    #[error("no signature of the delivery is valid")]
    Signature,
    /// Larger than allowed; nothing of it was looked at.
    #[error("the delivery is larger than {limit} bytes")]
    TooLarge {
        /// What is allowed, in bytes.
        limit: usize,
    },
    /// Signed, but not an event as Clerk writes them.
    #[error("the delivery is not an event: {0}")]
    Event(#[source] serde_json::Error),
    /// Signed, and an event that we know, but its data have another shape than we know.
    /// Nothing is lost: to refuse the delivery makes Clerk repeat it, and to keep the event
    /// makes it yours to read.
    #[error("the data of a {} event cannot be read: {source}", event.data.kind())]
    Data {
        /// The event, its data [`Unknown`](super::EventData::Unknown).
        event: Box<Event>,
        /// What is wrong with the data.
        source: serde_json::Error,
    },
}
