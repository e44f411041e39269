//! The charts: one for each thing that is counted by week.

use leptos::prelude::*;
use store::{Day, WeekCounts};

use super::forecast::{HORIZON, PERCENT, WEEKS_NEEDED, forecast};
use crate::{
    components::{
        chart::{Chart, ChartFigure, Point},
        number::number,
    },
    language::texts,
};

/// A chart's id, and how many a week has of what it shows.
type Counted = (&'static str, fn(&WeekCounts) -> u64);

const COUNTED: [Counted; 4] = [
    ("active", |week| week.active),
    ("created", |week| week.created),
    ("finished", |week| week.finished),
    ("joined", |week| week.joined),
];

/// The last `range` full weeks of `all`, whose last has not ended, each thing in a chart of its own.
pub fn charts(all: &[WeekCounts], range: usize, today: Day) -> AnyView {
    let texts = texts();
    let full = all.split_last().map_or(&[][..], |(_, full)| full);
    let shown = &full[full.len().saturating_sub(range)..];
    let history = since_the_beginning(full);
    let charts = COUNTED
        .map(|(id, count)| chart(id, count, shown, history, all.last(), today))
        .collect_view();
    let about_forecast = match history.len() < WEEKS_NEEDED {
        true => texts.insights_too_early(WEEKS_NEEDED, history.len()),
        false => texts.insights_forecast(HORIZON, PERCENT),
    };
    view! {
        <p class="page-note">{about_forecast} " " {texts.insights_utc()}</p>
        <div class="charts">{charts}</div>
    }
    .into_any()
}

/// Without the weeks before anything ever happened, which foretell nothing.
fn since_the_beginning(full: &[WeekCounts]) -> &[WeekCounts] {
    let happened = |week: &WeekCounts| COUNTED.iter().any(|(_, count)| count(week) > 0);
    let first = full.iter().position(happened).unwrap_or(full.len());
    &full[first..]
}

fn chart(
    id: &'static str,
    count: fn(&WeekCounts) -> u64,
    shown: &[WeekCounts],
    history: &[WeekCounts],
    this_week: Option<&WeekCounts>,
    today: Day,
) -> AnyView {
    let texts = texts();
    let (title, about) = match id {
        "active" => (texts.insights_active(), texts.insights_active_about()),
        "created" => (texts.insights_created(), texts.insights_created_about()),
        "finished" => (texts.insights_finished(), texts.insights_finished_about()),
        _ => (texts.insights_joined(), texts.insights_joined_about()),
    };
    let counts: Vec<u64> = history.iter().map(count).collect();
    let monday = today.begin_of_week();
    let expected = (0..)
        .zip(forecast(&counts))
        .map(|(week, estimate)| (Point::at(monday.later(7 * week), 0), estimate))
        .collect();
    let chart = Chart {
        id,
        title: title.clone(),
        unit: texts.insights_week_from(),
        points: shown
            .iter()
            .map(|week| Point::at(week.begins, count(week)))
            .collect(),
        expected,
    };
    let so_far = number(this_week.map_or(0, count), texts);
    view! {
        <section class="chart-card" aria-labelledby=format!("{id}-title")>
            <h3 id=format!("{id}-title")>{title}</h3>
            <p class="page-note">{about}</p>
            <p class="chart-now">{texts.insights_this_week(so_far)}</p>
            <ChartFigure chart=chart/>
        </section>
    }
    .into_any()
}
