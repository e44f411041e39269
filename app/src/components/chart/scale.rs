//! Which numbers an axis names.

/// The most steps of an axis.
const STEPS: f64 = 4.0;

/// The numbers of an axis for counts up to `max`: from zero on in even steps of 1, 2 or 5 times a
/// power of ten, the last not below `max`. There are two at least.
pub fn ticks(max: f64) -> Vec<u64> {
    let wanted = (max / STEPS).max(1.0);
    let power = 10_f64.powf(wanted.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= wanted)
        .unwrap_or(10.0 * power) as u64;
    let step = step.max(1);
    let steps = (max / step as f64).ceil().max(1.0) as u64;
    (0..=steps).map(|number| number * step).collect()
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[test]
    fn steps_are_round_and_few() {
        assert_eq!(ticks(0.0), [0, 1]);
        assert_eq!(ticks(1.0), [0, 1]);
        assert_eq!(ticks(4.0), [0, 1, 2, 3, 4]);
        assert_eq!(ticks(4.2), [0, 2, 4, 6]);
        assert_eq!(ticks(17.0), [0, 5, 10, 15, 20]);
        assert_eq!(ticks(100.0), [0, 50, 100]);
        assert_eq!(ticks(2_345.0), [0, 1_000, 2_000, 3_000]);
        for max in 0..5_000 {
            let ticks = ticks(f64::from(max));
            assert!((2..=5).contains(&ticks.len()), "{max}: {ticks:?}");
            assert!(*ticks.last().unwrap() >= max as u64, "{max}: {ticks:?}");
        }
    }
}
