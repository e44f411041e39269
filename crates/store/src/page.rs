use crate::StoreError;
use std::fmt;
use uuid::Uuid;

/// How many items a page has at most.
pub const PAGE_SIZE: u64 = 50;

/// One page of a list, newest first unless it was asked for in another order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T, C = Cursor> {
    /// At most [`PAGE_SIZE`] items.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<C>,
}

/// Cuts what was read down to a page. Whether there is another one: that was read for, one item
/// more than a page has.
pub(crate) fn cut<T>(items: &mut Vec<T>) -> bool {
    let size = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    more
}

/// The place after an item of a list. Opaque: it can be written into a URL and read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor(pub(crate) Uuid);

impl Cursor {
    /// Reads what [`Display`](fmt::Display) wrote.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`] for any other text.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let canonical = text.len() == 32
            && text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !canonical {
            return Err(StoreError::InvalidCursor);
        }
        Uuid::try_parse(text)
            .map(Self)
            .map_err(|_| StoreError::InvalidCursor)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.simple().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_a_url_and_nothing_else_is_one() {
        let cursor = Cursor(Uuid::from_u128(7));
        assert_eq!(Cursor::parse(&cursor.to_string()).unwrap(), cursor);
        for text in [
            "",
            "1",
            "00000000-0000-0000-0000-000000000007",
            "0000000000000000000000000000000G",
            "000000000000000000000000000000077",
            "{0000000000000000000000000000007",
            "' OR 1=1 --",
        ] {
            assert!(
                matches!(Cursor::parse(text), Err(StoreError::InvalidCursor)),
                "{text}"
            );
        }
    }
}
