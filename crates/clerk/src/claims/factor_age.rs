//! How long ago somebody proved who they are.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::token::Number;

/// How many minutes ago each factor was verified; none if never, or if there is no such
/// factor (`-1` on the wire).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactorAge {
    /// Minutes since the first factor.
    pub first: Option<u32>,
    /// Minutes since the second factor.
    pub second: Option<u32>,
}

/// `fva`: two numbers. Anything else is no age, but no reason to refuse the token.
#[derive(Default)]
pub(super) struct RawFactorAge(pub(super) Option<FactorAge>);

impl<'de> Deserialize<'de> for RawFactorAge {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AgeVisitor)
    }
}

struct AgeVisitor;

impl<'de> Visitor<'de> for AgeVisitor {
    type Value = RawFactorAge;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<RawFactorAge, A::Error> {
        let first: Option<Number> = seq.next_element()?;
        let second: Option<Number> = seq.next_element()?;
        let mut more = false;
        while seq.next_element::<IgnoredAny>()?.is_some() {
            more = true;
        }
        let age = || {
            Some(FactorAge {
                first: minutes(first?)?,
                second: minutes(second?)?,
            })
        };
        Ok(RawFactorAge(if more { None } else { age() }))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawFactorAge, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(RawFactorAge(None))
    }

    fn visit_unit<E>(self) -> Result<RawFactorAge, E> {
        Ok(RawFactorAge(None))
    }

    fn visit_bool<E>(self, _: bool) -> Result<RawFactorAge, E> {
        Ok(RawFactorAge(None))
    }

    fn visit_i64<E>(self, _: i64) -> Result<RawFactorAge, E> {
        Ok(RawFactorAge(None))
    }

    fn visit_u64<E>(self, _: u64) -> Result<RawFactorAge, E> {
        Ok(RawFactorAge(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<RawFactorAge, E> {
        Ok(RawFactorAge(None))
    }

    fn visit_str<E>(self, _: &str) -> Result<RawFactorAge, E> {
        Ok(RawFactorAge(None))
    }
}

/// The minutes of one factor, `Some(None)` for never; none if it makes no sense.
fn minutes(age: Number) -> Option<Option<u32>> {
    match age {
        Number::Is(-1.0) => Some(None),
        // Part of a minute never decides, since limits are whole minutes; the cast
        // saturates.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Number::Is(minutes) if minutes >= 0.0 => Some(Some(minutes as u32)),
        _ => None,
    }
}
