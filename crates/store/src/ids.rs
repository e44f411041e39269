use crate::StoreError;
use std::{
    fmt,
    sync::{Mutex, PoisonError},
};
use uuid::{ContextV7, Timestamp, Uuid};

/// An id of one kind of thing: a version 7 UUID, so that ids sort by creation.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub(crate) Uuid);

        impl $name {
            /// Reads the hyphenated form.
            ///
            /// # Errors
            /// [`StoreError::NotFound`] for any other text: what can't be an id is one that
            /// nothing has.
            pub fn parse(text: &str) -> Result<Self, StoreError> {
                parse(text).map(Self)
            }

            /// The UUID itself.
            pub fn as_uuid(&self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
    };
}

id! {
    /// A project's id, a version 7 UUID.
    ProjectId
}
id! {
    /// A task's id, a version 7 UUID.
    TaskId
}
id! {
    /// A label's id, a version 7 UUID.
    LabelId
}
id! {
    /// The id of an item of a task's checklist, a version 7 UUID.
    ChecklistItemId
}
id! {
    /// A comment's id, a version 7 UUID.
    CommentId
}

fn parse(text: &str) -> Result<Uuid, StoreError> {
    if text.len() != 36 {
        return Err(StoreError::NotFound);
    }
    Uuid::try_parse(text).map_err(|_| StoreError::NotFound)
}

/// Makes version 7 UUIDs that rise within this process even within one millisecond.
#[derive(Default)]
pub(crate) struct IdGenerator(Mutex<ContextV7>);

impl IdGenerator {
    /// A new id as of `now_ms` (unix milliseconds).
    pub(crate) fn next(&self, now_ms: i64) -> Uuid {
        let now_ms = u64::try_from(now_ms).unwrap_or_default();
        let nanos = u32::try_from(now_ms % 1000).unwrap_or_default() * 1_000_000;
        let context = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Uuid::new_v7(Timestamp::from_unix(&*context, now_ms / 1000, nanos))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_millisecond_rise() {
        let ids = IdGenerator::default();
        let made: Vec<Uuid> = (0..1000).map(|_| ids.next(1_790_000_000_123)).collect();
        assert!(made.is_sorted_by(|a, b| a < b));
        assert_eq!(made[0].get_version_num(), 7);
    }

    #[test]
    fn what_is_no_id_is_not_found() {
        let id = ProjectId(Uuid::from_u128(1));
        assert_eq!(ProjectId::parse(&id.to_string()).unwrap(), id);
        for text in [
            "",
            "1",
            "00000000000000000000000000000001",
            "x".repeat(36).as_str(),
        ] {
            assert!(matches!(ProjectId::parse(text), Err(StoreError::NotFound)));
        }
    }
}
