//! For whom a token was made.

use std::borrow::Cow;

use serde::{Deserialize, de::IgnoredAny};

/// `aud`: one or several. Clerk's SDK takes anything else for none.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Audience<'a> {
    One(#[serde(borrow)] Cow<'a, str>),
    Many(Vec<String>),
    Other(IgnoredAny),
}

impl Audience<'_> {
    /// Whether it names nobody.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::One(one) => one.is_empty(),
            Self::Many(many) => many.iter().all(String::is_empty),
            Self::Other(_) => true,
        }
    }

    pub(crate) fn intersects(&self, expected: &[String]) -> bool {
        match self {
            Self::One(one) => expected.iter().any(|e| *e == **one),
            Self::Many(many) => many.iter().any(|one| expected.contains(one)),
            Self::Other(_) => false,
        }
    }
}
