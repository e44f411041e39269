//! What the next weeks may bring: exponential smoothing (`augurs`), whose kind is chosen by what
//! fits the weeks until now best.

use augurs::{Fit as _, Predict as _, ets::AutoETS};

use crate::components::chart::Estimate;

/// From how many full weeks on there is a forecast.
pub const WEEKS_NEEDED: usize = 10;
/// How many weeks are forecast.
pub const HORIZON: usize = 4;
/// How often what comes lies within the interval, if things go on as they did.
pub const PERCENT: u8 = 80;

/// The next [`HORIZON`] weeks after `history`, the counts of full weeks, oldest first. Nothing when
/// there are fewer than [`WEEKS_NEEDED`], when nothing was ever counted, and when no model fits.
pub fn forecast(history: &[u64]) -> Vec<Estimate> {
    if history.len() < WEEKS_NEEDED || history.iter().all(|count| *count == 0) {
        return Vec::new();
    }
    let counts: Vec<f64> = history.iter().map(|count| *count as f64).collect();
    let level = f64::from(PERCENT) / 100.0;
    let predicted = AutoETS::non_seasonal()
        .fit(&counts)
        .and_then(|model| model.predict(HORIZON, level));
    let forecast = match predicted {
        Ok(forecast) => forecast,
        Err(error) => {
            tracing::warn!(%error, weeks = history.len(), "no forecast");
            return Vec::new();
        }
    };
    let Some(intervals) = forecast.intervals else {
        return Vec::new();
    };
    let bounds = intervals.lower.into_iter().zip(intervals.upper);
    let estimates: Vec<Estimate> = forecast
        .point
        .into_iter()
        .zip(bounds)
        .filter(|(expected, (low, high))| [expected, low, high].iter().all(|n| n.is_finite()))
        // There is no less than nothing.
        .map(|(expected, (low, high))| Estimate {
            expected: expected.max(0.0),
            low: low.max(0.0),
            high: high.max(0.0),
        })
        .collect();
    // Half a forecast is none.
    if estimates.len() == HORIZON {
        estimates
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_little_history_has_no_forecast() {
        assert!(forecast(&[]).is_empty());
        assert!(forecast(&[3; WEEKS_NEEDED - 1]).is_empty());
        assert!(forecast(&[0; 52]).is_empty());
    }

    #[test]
    fn a_trend_goes_on_within_its_interval() {
        let rising: Vec<u64> = (0..26).map(|week| 10 + 2 * week + week % 3).collect();
        let next = forecast(&rising);
        assert_eq!(next.len(), HORIZON);
        for (week, estimate) in (26..).zip(&next) {
            let truth = f64::from(10 + 2 * week + week % 3);
            assert!(
                (estimate.low..=estimate.high).contains(&truth),
                "{estimate:?}, not {truth}"
            );
            assert!((estimate.low..=estimate.high).contains(&estimate.expected));
            assert!((estimate.expected - truth).abs() < 4.0, "{estimate:?}");
        }
    }

    #[test]
    fn every_history_has_a_forecast_that_makes_sense_or_none() {
        let mut random = 7_u64;
        let mut some = 0;
        for length in WEEKS_NEEDED..=52 {
            for most in [1, 3, 40, 100_000] {
                let history: Vec<u64> = (0..length)
                    .map(|_| {
                        // Knuth's multiplier.
                        random = random
                            .wrapping_mul(6_364_136_223_846_793_005)
                            .wrapping_add(1);
                        (random >> 33) % (most + 1)
                    })
                    .collect();
                for estimate in forecast(&history) {
                    let Estimate {
                        expected,
                        low,
                        high,
                    } = estimate;
                    assert!(0.0 <= low && low <= high, "{history:?}: {estimate:?}");
                    assert!(expected.is_finite() && high.is_finite());
                    some += 1;
                }
            }
        }
        assert!(some > 500, "{some}");
    }

    #[test]
    fn what_falls_does_not_fall_below_nothing() {
        let falling: Vec<u64> = (0..20).map(|week| 20 - week).collect();
        for estimate in forecast(&falling) {
            assert!(
                estimate.low >= 0.0 && estimate.expected >= 0.0,
                "{estimate:?}"
            );
        }
    }
}
