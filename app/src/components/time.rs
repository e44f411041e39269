//! Points in time, for people and for machines.

use leptos::prelude::*;

use crate::{
    context::RequestContext,
    language::{Texts, texts},
};

/// How long ago something was, or its date when that is more than a week, or yet to come. The
/// full time in UTC is the tooltip, and the machines' attribute.
#[component]
pub fn Time(
    /// Unix milliseconds.
    at_ms: i64,
) -> impl IntoView {
    let texts = texts();
    let (date, time) = (date(at_ms, texts), time_of_day(at_ms));
    let (year, month, day) = civil(at_ms.div_euclid(DAY_MS));
    let iso = format!("{year:04}-{month:02}-{day:02}T{time}Z");
    let title = texts.time_exact(&date, &time[..5]);
    let ago = use_context::<RequestContext>()
        .and_then(|context| ago(context.clock.now_ms() - at_ms, texts));
    view! { <time datetime=iso title=title>{ago.unwrap_or(date)}</time> }.into_any()
}

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
const WEEK_MS: i64 = 7 * DAY_MS;
/// A day of the calendar, written `2026-11-22`.
#[component]
pub fn DayOf(day: store::Day) -> impl IntoView {
    let date = day.date();
    let month = u8::from(date.month());
    let words = texts().time_date(date.day(), month, date.year());
    view! { <time datetime=day.to_string()>{words}</time> }.into_any()
}

/// In words, up to a week.
fn ago(elapsed_ms: i64, texts: &Texts) -> Option<String> {
    match elapsed_ms {
        0..MINUTE_MS => Some(texts.time_now()),
        MINUTE_MS..HOUR_MS => Some(texts.time_minutes(elapsed_ms / MINUTE_MS)),
        HOUR_MS..DAY_MS => Some(texts.time_hours(elapsed_ms / HOUR_MS)),
        DAY_MS..WEEK_MS => Some(texts.time_days(elapsed_ms / DAY_MS)),
        _ => None,
    }
}

fn date(at_ms: i64, texts: &Texts) -> String {
    let (year, month, day) = civil(at_ms.div_euclid(DAY_MS));
    texts.time_date(day, month, year)
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
    use crate::language::Language;

    #[test]
    fn known_days() {
        let (english, german) = (Language::En.texts(), Language::De.texts());
        assert_eq!(date(0, english), "1 Jan 1970");
        assert_eq!(date(951_782_400_000, english), "29 Feb 2000");
        assert_eq!(date(1_795_132_800_000, english), "20 Nov 2026");
        assert_eq!(date(-1, english), "31 Dec 1969");
        assert_eq!(date(951_782_400_000, german), "29. Februar 2000");
        assert_eq!(time_of_day(-1), "23:59:59");
        assert_eq!(time_of_day(951_826_154_000), "12:09:14");
    }

    #[test]
    fn up_to_a_week_it_is_said_how_long_ago() {
        let english = |elapsed| ago(elapsed, Language::En.texts());
        let german = |elapsed| ago(elapsed, Language::De.texts());
        assert_eq!(english(0).as_deref(), Some("just now"));
        assert_eq!(english(MINUTE_MS - 1).as_deref(), Some("just now"));
        assert_eq!(english(MINUTE_MS).as_deref(), Some("1 minute ago"));
        assert_eq!(english(HOUR_MS - 1).as_deref(), Some("59 minutes ago"));
        assert_eq!(english(2 * HOUR_MS).as_deref(), Some("2 hours ago"));
        assert_eq!(german(HOUR_MS).as_deref(), Some("vor 1 Stunde"));
        assert_eq!(german(6 * DAY_MS).as_deref(), Some("vor 6 Tagen"));
        assert_eq!(english(WEEK_MS), None);
        assert_eq!(english(-1), None);
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
