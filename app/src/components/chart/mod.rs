//! Charts of counts: drawn by the server as SVG, said in one sentence, and to be read as a table.

mod plot;
mod scale;

use leptos::prelude::*;
use store::Day;

use super::number::number;
use crate::language::{Texts, texts};

/// Counts over time, and what is expected after them.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Unique within the page.
    pub id: &'static str,
    /// What is counted.
    pub title: String,
    /// What a place in time is: a day, a week.
    pub unit: String,
    /// What was counted, oldest first.
    pub points: Vec<Point>,
    /// What is expected then, each at a place without a count.
    pub expected: Vec<(Point, Estimate)>,
}

/// A place in time.
#[derive(Debug, Clone)]
pub struct Point {
    /// Its short name, for the axis.
    pub label: String,
    /// Its full name.
    pub name: String,
    /// What was counted there; nothing at a place that is yet to come.
    pub value: u64,
}

/// What a count may come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Most likely.
    pub expected: f64,
    /// The interval's lower end, not below zero.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
}

impl Point {
    /// A day, or the week that begins with it.
    pub fn at(day: Day, value: u64) -> Self {
        let (texts, date) = (texts(), day.date());
        let (number, month) = (date.day(), u8::from(date.month()));
        Self {
            label: texts.chart_day(number, month),
            name: texts.time_date(number, month, date.year()),
            value,
        }
    }
}

impl Estimate {
    /// In whole numbers, the interval widened to them.
    fn words(&self, texts: &Texts) -> [String; 3] {
        [self.expected.round(), self.low.floor(), self.high.ceil()]
            .map(|value| number(value as u64, texts))
    }
}

/// The chart. Its heading is the caller's.
#[component]
pub fn ChartFigure(chart: Chart) -> impl IntoView {
    let texts = texts();
    let counted = chart.points.iter().map(|point| point.value as f64);
    let expected = chart.expected.iter().map(|(_, estimate)| estimate.high);
    let max = counted.chain(expected).fold(0.0, f64::max);
    let ticks: Vec<(u64, String)> = scale::ticks(max)
        .into_iter()
        .map(|tick| (tick, number(tick, texts)))
        .collect();
    view! {
        <figure class="chart">
            <div class="chart-frame" role="img" aria-label=summary(&chart, texts)>
                <svg
                    class="chart-axis"
                    height=plot::HEIGHT
                    aria-hidden="true"
                    inner_html=plot::axis(&ticks)
                ></svg>
                <svg
                    class="chart-plot"
                    width="100%"
                    height=plot::HEIGHT
                    aria-hidden="true"
                    inner_html=plot::plot(&chart, &ticks, texts)
                ></svg>
            </div>
            {table(&chart, texts)}
        </figure>
    }
    .into_any()
}

/// The chart in a sentence or two, for those who do not see it.
fn summary(chart: &Chart, texts: &Texts) -> String {
    let (Some(first), Some(last)) = (chart.points.first(), chart.points.last()) else {
        return chart.title.clone();
    };
    let values = || chart.points.iter().map(|point| point.value);
    let write = |value: Option<u64>| number(value.unwrap_or_default(), texts);
    let mut summary = texts.chart_summary(
        &chart.title,
        &first.name,
        &last.name,
        write(values().min()),
        write(values().max()),
        number(last.value, texts),
    );
    if let Some((point, estimate)) = chart.expected.last() {
        let [expected, low, high] = estimate.words(texts);
        summary.push(' ');
        summary.push_str(&texts.chart_summary_expected(&point.name, expected, low, high));
    }
    summary
}

/// The same numbers, folded away.
fn table(chart: &Chart, texts: &Texts) -> AnyView {
    let line = |name: String, value: String| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{value}</td>
            </tr>
        }
    };
    let counted = chart
        .points
        .iter()
        .map(|point| line(point.name.clone(), number(point.value, texts)))
        .collect_view();
    let expected = chart
        .expected
        .iter()
        .map(|(point, estimate)| {
            let [expected, low, high] = estimate.words(texts);
            line(
                point.name.clone(),
                texts.chart_expected(expected, low, high),
            )
        })
        .collect_view();
    view! {
        <details class="chart-numbers">
            <summary>{texts.chart_table()} <span class="visually-hidden">": " {chart.title.clone()}</span></summary>
            <table id=format!("{}-numbers", chart.id)>
                <thead>
                    <tr>
                        <th scope="col">{chart.unit.clone()}</th>
                        <th scope="col">{chart.title.clone()}</th>
                    </tr>
                </thead>
                <tbody>{counted} {expected}</tbody>
            </table>
        </details>
    }
    .into_any()
}
