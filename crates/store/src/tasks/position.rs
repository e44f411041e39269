//! The order of a column or a checklist: a fraction between 0 and 1 for each, written in digits
//! of base 36, so that there is always room between two and a move writes one row.
//!
//! No position ends in the digit 0, so the order of the fractions is that of the bytes.
//! (The crate `fractional_index` 2.0 panics, or answers with one of the two, when asked for a
//! place between some that follow from a hundred insertions at the beginning.)

/// Positions longer than this are made short again by [`renumber`](super::moves).
pub(super) const LONG: usize = 48;

const BASE: u8 = 36;
/// How many digits count at either end of the order, where there is no second neighbour.
const WIDTH: usize = 6;
/// How far apart neighbours at either end are.
const STEP: u64 = 36 * 36;

/// A position after `low` and before `high`, where there are such. `low` has to come before
/// `high`: otherwise there is none.
pub(super) fn between(low: Option<&str>, high: Option<&str>) -> Option<String> {
    let digits = match (low, high) {
        (None, None) => vec![BASE / 2],
        (Some(low), None) => {
            let low = digits(low)?;
            let next = (leading(&low) / STEP + 1) * STEP;
            written(next).unwrap_or_else(|| middle(&low, None))
        }
        (None, Some(high)) => {
            let high = digits(high)?;
            let next = leading(&high).saturating_sub(1) / STEP * STEP;
            match next {
                0 => middle(&[], Some(&high)),
                next => written(next)?,
            }
        }
        (Some(low), Some(high)) => {
            let (low, high) = (digits(low)?, digits(high)?);
            if low >= high {
                return None;
            }
            middle(&low, Some(&high))
        }
    };
    Some(digits.into_iter().map(letter).collect())
}

/// The shortest fraction about half-way; `high` missing stands for 1.
fn middle(low: &[u8], high: Option<&[u8]>) -> Vec<u8> {
    let mut between = Vec::new();
    let mut high = high;
    for at in 0.. {
        let below = low.get(at).copied().unwrap_or(0);
        let above = high.map_or(BASE, |high| high.get(at).copied().unwrap_or(0));
        if above > below + 1 {
            between.push((below + above) / 2);
            break;
        }
        between.push(below);
        if above != below {
            // Whatever follows is less than `high` now.
            high = None;
        }
    }
    between
}

/// The first digits as a number.
fn leading(digits: &[u8]) -> u64 {
    let padded = digits.iter().chain(std::iter::repeat(&0)).take(WIDTH);
    padded.fold(0, |number, digit| {
        number * u64::from(BASE) + u64::from(*digit)
    })
}

/// A number as the first digits, if it has so few.
fn written(mut number: u64) -> Option<Vec<u8>> {
    let mut digits = Vec::with_capacity(WIDTH);
    for _ in 0..WIDTH {
        digits.push(u8::try_from(number % u64::from(BASE)).ok()?);
        number /= u64::from(BASE);
    }
    digits.reverse();
    while digits.last() == Some(&0) {
        digits.pop();
    }
    (number == 0 && !digits.is_empty()).then_some(digits)
}

fn digits(text: &str) -> Option<Vec<u8>> {
    let digit = |c: char| {
        c.to_digit(BASE.into())
            .and_then(|digit| u8::try_from(digit).ok())
    };
    text.chars().map(digit).collect()
}

fn letter(digit: u8) -> char {
    char::from_digit(digit.into(), BASE.into()).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// A list and its positions, after any insertions.
        #[test]
        fn there_is_always_room(places in prop::collection::vec(0..=1000usize, 1..400)) {
            let mut order: Vec<String> = Vec::new();
            for place in places {
                // Often at either end, and at the same place again and again.
                let at = match place {
                    0..200 => 0,
                    200..400 => order.len(),
                    400..600 => order.len() / 2,
                    _ => place % (order.len() + 1),
                };
                let low = at.checked_sub(1).map(|low| order[low].as_str());
                let new = between(low, order.get(at).map(String::as_str)).unwrap();
                prop_assert!(!new.is_empty() && !new.ends_with('0'));
                order.insert(at, new);
            }
            prop_assert!(order.is_sorted_by(|a, b| a < b), "{order:?}");
        }
    }

    #[test]
    fn ends_stay_short() {
        for end in [false, true] {
            let mut last = between(None, None).unwrap();
            for _ in 0..100_000 {
                let next = match end {
                    false => between(None, Some(&last)),
                    true => between(Some(&last), None),
                }
                .unwrap();
                assert_eq!(next > last, end);
                last = next;
            }
            assert!(last.len() <= WIDTH, "{last}");
        }
    }

    #[test]
    fn beyond_the_last_number_there_is_room_too() {
        for (low, high) in [
            (Some("zzzzzz"), None),
            (None, Some("000001")),
            (None, Some("00001")),
        ] {
            let found = between(low, high).unwrap();
            assert!(low.is_none_or(|low| low < found.as_str()), "{found}");
            assert!(high.is_none_or(|high| found.as_str() < high), "{found}");
        }
    }

    #[test]
    fn between_what_is_not_in_order_is_nothing() {
        assert_eq!(between(Some("i"), Some("i")), None);
        assert_eq!(between(Some("j"), Some("i")), None);
        assert_eq!(between(Some("Ü"), None), None);
    }
}
