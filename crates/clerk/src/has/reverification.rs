//! How lately somebody must have proved who they are.

use crate::claims::FactorAge;

/// Asks that the factors of `level` were verified less than `after_minutes` ago (Clerk:
/// reverification).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reverification {
    /// Which factors.
    pub level: ReverificationLevel,
    /// How old their verification may be, in minutes. Zero is never met.
    pub after_minutes: u32,
}

/// Which factors must be fresh. A person without a second factor proves the first instead,
/// at every level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReverificationLevel {
    /// The first.
    FirstFactor,
    /// The second.
    SecondFactor,
    /// Both.
    MultiFactor,
}

impl ReverificationLevel {
    /// As Clerk writes it: `first_factor`, `second_factor`, `multi_factor`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FirstFactor => "first_factor",
            Self::SecondFactor => "second_factor",
            Self::MultiFactor => "multi_factor",
        }
    }
}

impl Reverification {
    /// Clerk's `strict_mfa`: both factors within ten minutes.
    pub const STRICT_MFA: Self = Self::within(ReverificationLevel::MultiFactor, 10);
    /// Clerk's `strict`: the second factor within ten minutes.
    pub const STRICT: Self = Self::within(ReverificationLevel::SecondFactor, 10);
    /// Clerk's `moderate`: the second factor within an hour.
    pub const MODERATE: Self = Self::within(ReverificationLevel::SecondFactor, 60);
    /// Clerk's `lax`: the second factor within a day.
    pub const LAX: Self = Self::within(ReverificationLevel::SecondFactor, 1_440);

    /// The factors of `level` less than `after_minutes` ago.
    pub const fn within(level: ReverificationLevel, after_minutes: u32) -> Self {
        Self {
            level,
            after_minutes,
        }
    }

    pub(super) fn is_met_by(self, age: Option<FactorAge>) -> bool {
        let Some(age) = age else { return false };
        let fresh = |minutes: u32| minutes < self.after_minutes;
        match (age.first, age.second) {
            (None, None) => false,
            (Some(first), None) => fresh(first),
            (None, Some(second)) => {
                self.level == ReverificationLevel::SecondFactor && fresh(second)
            }
            (Some(first), Some(second)) => match self.level {
                ReverificationLevel::FirstFactor => fresh(first),
                ReverificationLevel::SecondFactor => fresh(second),
                ReverificationLevel::MultiFactor => fresh(first) && fresh(second),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEVER: Option<u32> = None;

    /// Whether factors of these ages do, at each level within ten minutes: first, second,
    /// multi.
    fn within_ten(first: Option<u32>, second: Option<u32>) -> [bool; 3] {
        use ReverificationLevel::{FirstFactor, MultiFactor, SecondFactor};
        [FirstFactor, SecondFactor, MultiFactor].map(|level| {
            Reverification::within(level, 10).is_met_by(Some(FactorAge { first, second }))
        })
    }

    #[test]
    fn each_level_looks_at_its_factors() {
        assert_eq!(within_ten(Some(9), Some(9)), [true, true, true]);
        assert_eq!(within_ten(Some(10), Some(9)), [false, true, false]);
        assert_eq!(within_ten(Some(9), Some(10)), [true, false, false]);
        assert_eq!(within_ten(Some(10), Some(10)), [false, false, false]);
    }

    #[test]
    fn without_a_second_factor_the_first_stands_in() {
        assert_eq!(within_ten(Some(0), NEVER), [true, true, true]);
        assert_eq!(within_ten(Some(10), NEVER), [false, false, false]);
    }

    #[test]
    fn without_a_first_factor_only_the_second_can_be_proved() {
        assert_eq!(within_ten(NEVER, Some(0)), [false, true, false]);
        assert_eq!(within_ten(NEVER, Some(10)), [false, false, false]);
        assert_eq!(within_ten(NEVER, NEVER), [false, false, false]);
    }

    #[test]
    fn clerks_named_levels() {
        let met = |first, second| {
            let age = Some(FactorAge { first, second });
            [
                Reverification::STRICT_MFA.is_met_by(age),
                Reverification::STRICT.is_met_by(age),
                Reverification::MODERATE.is_met_by(age),
                Reverification::LAX.is_met_by(age),
            ]
        };
        assert_eq!(met(Some(9), Some(9)), [true; 4]);
        assert_eq!(met(Some(10), Some(9)), [false, true, true, true]);
        assert_eq!(met(Some(9), Some(10)), [false, false, true, true]);
        assert_eq!(met(Some(9), Some(60)), [false, false, false, true]);
        assert_eq!(met(Some(9), Some(1_440)), [false; 4]);
    }

    #[test]
    fn no_age_or_no_time_is_never_enough() {
        let none = Reverification::within(ReverificationLevel::FirstFactor, 0);
        let age = FactorAge {
            first: Some(0),
            second: Some(0),
        };
        assert!(!none.is_met_by(Some(age)));
        assert!(!Reverification::LAX.is_met_by(None));
    }
}
