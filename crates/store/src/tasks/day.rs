use std::fmt;
use time::{Date, Duration, Month, OffsetDateTime};

/// A day of the calendar, in no time zone: when a task is due. Written `2026-11-22`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    /// Reads `2026-11-22`, as a date field sends it. Nothing else is a day, nor is one before
    /// the year 1000.
    pub fn parse(text: &str) -> Option<Self> {
        let shape = text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if text.len() != 10 || !shape || text.starts_with('0') {
            return None;
        }
        let month: u8 = text[5..7].parse().ok()?;
        let month = Month::try_from(month).ok()?;
        let date =
            Date::from_calendar_date(text[..4].parse().ok()?, month, text[8..].parse().ok()?);
        date.ok().map(Self)
    }

    /// The day of this moment (unix milliseconds) in UTC; the last of the year 9999 for what is
    /// beyond.
    pub fn of_ms(ms: i64) -> Self {
        let moment = OffsetDateTime::from_unix_timestamp(ms.div_euclid(1000));
        Self(moment.map_or(Date::MAX, OffsetDateTime::date))
    }

    /// When it begins in UTC (unix milliseconds).
    pub fn begins_at(self) -> i64 {
        self.0.midnight().assume_utc().unix_timestamp() * 1000
    }

    /// The date, to write it in words.
    pub fn date(self) -> Date {
        self.0
    }

    /// The Monday of the same week; weeks begin on Monday.
    pub fn begin_of_week(self) -> Self {
        self.later(-i64::from(self.0.weekday().number_days_from_monday()))
    }

    /// The day so many days later, or earlier; the calendar's last for what is beyond.
    pub fn later(self, days: i64) -> Self {
        let moved = self.0.checked_add(Duration::days(days));
        Self(moved.unwrap_or(Date::MAX))
    }

    /// The Sunday of the same week; weeks begin on Monday.
    pub fn end_of_week(self) -> Self {
        self.later(7 - i64::from(self.0.weekday().number_from_monday()))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.0.to_calendar_date();
        write!(f, "{year:04}-{:02}-{day:02}", u8::from(month))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_days() {
        for text in ["2026-11-22", "2028-02-29", "1000-01-01", "9999-12-31"] {
            assert_eq!(Day::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "",
            "2026-11-31",
            "2027-02-29",
            "2026-13-01",
            "2026-00-10",
            "0999-01-01",
            "22.11.2026",
            "2026-11-2",
            "2026-11-222",
            "+026-11-22",
            "2026-1１-22",
            "2026/11/22",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_know_their_moment_and_week() {
        assert_eq!(Day::of_ms(0).to_string(), "1970-01-01");
        assert_eq!(Day::of_ms(1_795_305_600_001).begins_at(), 1_795_305_600_000);
        assert_eq!(Day::of_ms(-1).begins_at(), -86_400_000);
        assert_eq!(Day::of_ms(-1).to_string(), "1969-12-31");
        assert_eq!(Day::of_ms(i64::MAX), Day(Date::MAX));
        let end = |text| Day::parse(text).unwrap().end_of_week().to_string();
        assert_eq!(end("2026-11-22"), "2026-11-22");
        assert_eq!(end("2026-11-23"), "2026-11-29");
        assert_eq!(end("2026-12-31"), "2027-01-03");
        let begin = |text| Day::parse(text).unwrap().begin_of_week().to_string();
        assert_eq!(begin("2026-11-22"), "2026-11-16");
        assert_eq!(begin("2026-11-23"), "2026-11-23");
        assert_eq!(begin("2027-01-01"), "2026-12-28");
        let last = Day::parse("9999-12-31").unwrap();
        assert_eq!(last.later(1), last);
    }
}
