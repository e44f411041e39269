//! Claims whose type is checked after the signature, not while parsing.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// A claim that should be text: borrowed from the payload where no escape stands in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Text<'a> {
    #[default]
    Absent,
    /// There is something, but not text.
    Wrong,
    Is(Cow<'a, str>),
}

impl Text<'_> {
    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Is(text) => Some(text),
            Self::Absent | Self::Wrong => None,
        }
    }

    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    pub(crate) fn to_owned(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }
}

/// A claim that should be a number of seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) enum Number {
    #[default]
    Absent,
    /// There is something, but not a number.
    Wrong,
    Is(f64),
}

impl Number {
    /// Whole seconds, or none.
    pub(crate) fn seconds(self) -> Option<i64> {
        match self {
            // The cast saturates, so no value is out of range.
            #[allow(clippy::cast_possible_truncation)]
            Self::Is(seconds) => Some(seconds.floor() as i64),
            Self::Absent | Self::Wrong => None,
        }
    }
}

/// Reads any JSON value and keeps what a claim can use of it, so that a claim of the
/// wrong type is a verdict on that claim instead of on the whole token.
macro_rules! lenient {
    ($visitor:ident, $target:ty, { $($keep:item)* }, [$($drop:ident: $ty:ty),*]) => {
        struct $visitor;

        impl<'de> Visitor<'de> for $visitor {
            type Value = $target;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON value")
            }

            $($keep)*

            $(fn $drop<E>(self, _: $ty) -> Result<Self::Value, E> {
                Ok(<$target>::Wrong)
            })*

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(<$target>::Wrong)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(<$target>::Wrong)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(<$target>::Wrong)
            }
        }
    };
}

lenient!(TextVisitor, Text<'de>, {
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text::Is(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text::Is(Cow::Owned(text.to_owned())))
    }
}, [visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64]);

#[allow(clippy::cast_precision_loss)] // as JavaScript reads them
mod number {
    use super::*;

    lenient!(NumberVisitor, Number, {
        fn visit_i64<E>(self, number: i64) -> Result<Number, E> {
            Ok(Number::Is(number as f64))
        }

        fn visit_u64<E>(self, number: u64) -> Result<Number, E> {
            Ok(Number::Is(number as f64))
        }

        fn visit_f64<E>(self, number: f64) -> Result<Number, E> {
            Ok(Number::Is(number))
        }
    }, [visit_bool: bool, visit_str: &str]);

    impl<'de> Deserialize<'de> for Number {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(NumberVisitor)
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}
