//! When a failed attempt is repeated.

/// Waits between attempts, in milliseconds, after the one made at once (Svix's default schedule).
const RETRY_AFTER_MS: [i64; 7] = [
    5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000,
];

/// The wait after the `failures`th failed attempt (1 is the first), in milliseconds; none when the
/// event is given up. `scale` makes all waits shorter or longer, for tests and demonstrations.
pub(super) fn retry_after_ms(failures: i64, scale: f64) -> Option<i64> {
    let made = usize::try_from(failures).ok()?.checked_sub(1)?;
    let wait = *RETRY_AFTER_MS.get(made)?;
    // At most some hundred hours: exact in a float, and back.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
    let scaled = (wait as f64 * scale) as i64;
    Some(scaled.max(1))
}

#[cfg(test)]
mod tests {
    use super::retry_after_ms;

    #[test]
    fn seven_retries_and_then_no_more() {
        let waits: Vec<_> = (1..=9).map(|made| retry_after_ms(made, 1.0)).collect();
        assert_eq!(waits[0], Some(5_000));
        assert_eq!(waits[6], Some(36_000_000));
        assert_eq!(waits[7..], [None, None]);
        assert_eq!(retry_after_ms(0, 1.0), None);
    }

    #[test]
    fn the_schedule_shrinks() {
        assert_eq!(retry_after_ms(1, 0.001), Some(5));
        assert_eq!(retry_after_ms(1, 0.0), Some(1));
    }
}
