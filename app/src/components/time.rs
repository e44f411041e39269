//! Points in time, for people and for machines.

use leptos::prelude::*;
use store::Day;

use crate::{
    context::RequestContext,
    language::{Texts, texts},
    preferences::Preferences,
};

/// How long ago something was, or its date when that is more than a week, or yet to come. The
/// full time where the person is is the tooltip; the machines' attribute has it in UTC.
#[component]
pub fn Time(
    /// Unix milliseconds.
    at_ms: i64,
) -> impl IntoView {
    let texts = texts();
    let (local_ms, zone) = Preferences::of_request().zone.local(at_ms);
    let (date, time) = (date(local_ms, texts), time_of_day(local_ms));
    let title = texts.time_exact(&date, &time[..5], &zone);
    let ago = use_context::<RequestContext>()
        .and_then(|context| ago(context.clock.now_ms() - at_ms, texts));
    view! { <time datetime=iso(at_ms) title=title>{ago.unwrap_or(date)}</time> }.into_any()
}

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
const WEEK_MS: i64 = 7 * DAY_MS;

/// A day of the calendar, written `2026-11-22`.
#[component]
pub fn DayOf(day: Day) -> impl IntoView {
    view! { <time datetime=day.to_string()>{day_in_words(day, texts())}</time> }.into_any()
}

fn day_in_words(day: Day, texts: &Texts) -> String {
    let date = day.date();
    texts.time_date(date.day(), u8::from(date.month()), date.year())
}

/// The day that it is where the person is. Asked after an organization is entered: by then it is
/// known where that is.
pub fn today(context: &RequestContext) -> Day {
    Preferences::of_request().zone.day(context.clock.now_ms())
}

/// For machines: `2026-11-22T09:30:00Z` of unix milliseconds.
pub fn iso(at_ms: i64) -> String {
    format!("{}T{}Z", Day::of_ms(at_ms), time_of_day(at_ms))
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
    day_in_words(Day::of_ms(at_ms), texts)
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
}
