//! Points in time, for people and for machines.

use leptos::prelude::*;

/// A date, with the full time in UTC for machines and as the tooltip.
#[component]
pub fn Time(
    /// Unix milliseconds.
    at_ms: i64,
) -> impl IntoView {
    let (date, time) = (date(at_ms), time_of_day(at_ms));
    let (year, month, day) = civil(at_ms.div_euclid(DAY_MS));
    let iso = format!("{year:04}-{month:02}-{day:02}T{time}Z");
    let title = format!("{date}, {} UTC", &time[..5]);
    view! { <time datetime=iso title=title>{date}</time> }.into_any()
}

/// A day of the calendar, written `2026-11-22`.
#[component]
pub fn DayOf(day: store::Day) -> impl IntoView {
    let date = day.date();
    let month = MONTHS
        .get(usize::from(u8::from(date.month())).saturating_sub(1))
        .copied()
        .unwrap_or_default();
    let words = format!("{} {month} {}", date.day(), date.year());
    view! { <time datetime=day.to_string()>{words}</time> }.into_any()
}

const DAY_MS: i64 = 86_400_000;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

fn date(at_ms: i64) -> String {
    let (year, month, day) = civil(at_ms.div_euclid(DAY_MS));
    let month = MONTHS
        .get(month.saturating_sub(1))
        .copied()
        .unwrap_or_default();
    format!("{day} {month} {year}")
}

fn time_of_day(at_ms: i64) -> String {
    let seconds = at_ms.rem_euclid(DAY_MS) / 1000;
    format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// Year, month (1–12) and day (1–31) of a day counted from 1970-01-01, in the Gregorian calendar.
///
/// Years start in March here, so that the leap day is a year's last, and months follow a pattern
/// of 153 days in five.
fn civil(days: i64) -> (i64, usize, i64) {
    // 719,468 days lie between 0000-03-01 and 1970-01-01; 146,097 days make 400 years.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, usize::try_from(month).unwrap_or(1), day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        assert_eq!(date(0), "1 Jan 1970");
        assert_eq!(date(951_782_400_000), "29 Feb 2000");
        assert_eq!(date(1_795_132_800_000), "20 Nov 2026");
        assert_eq!(date(-1), "31 Dec 1969");
        assert_eq!(time_of_day(-1), "23:59:59");
        assert_eq!(time_of_day(951_826_154_000), "12:09:14");
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut last = civil(-800_000);
        for day in -799_999..200_000 {
            let next = civil(day);
            assert!(next > last, "{last:?} {next:?}");
            assert!(next.2 == 1 || next.2 == last.2 + 1);
            last = next;
        }
    }
}
