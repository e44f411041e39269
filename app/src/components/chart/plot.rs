//! The drawing. Across, all is said in hundredths, so that it fits any width with letters of the
//! same size; only the band and the line of a forecast are stretched.

use std::fmt::Write;

use super::{Chart, Estimate};
use crate::{components::number::number, language::Texts, raw_text::escaped};

/// The height of a drawing, in pixels.
pub const HEIGHT: u32 = 200;
/// Where the axis across is.
const FLOOR: f64 = 172.0;
/// Where the highest number is.
const CEILING: f64 = 12.0;
/// How much of its place a bar takes.
const BAR: f64 = 0.72;
/// How many places are named below the axis.
const LABELS: usize = 4;

/// The numbers beside the axis.
pub fn axis(ticks: &[(u64, String)]) -> String {
    let scale = Scale::of(ticks);
    let mut svg = String::new();
    for (value, name) in ticks {
        let y = scale.y(*value as f64) + 4.0;
        let name = escaped(name);
        push(
            &mut svg,
            format_args!(
                r#"<text class="chart-text" x="100%" y="{y:.1}" text-anchor="end">{name}</text>"#
            ),
        );
    }
    svg
}

/// Grid, bars, and what is expected.
pub fn plot(chart: &Chart, ticks: &[(u64, String)], texts: &Texts) -> String {
    let scale = Scale::of(ticks);
    let places = (chart.points.len() + chart.expected.len()).max(1);
    let width = 100.0 / places as f64;
    let mut svg = String::new();
    for (value, _) in ticks {
        let y = scale.y(*value as f64);
        push(
            &mut svg,
            format_args!(r#"<line class="chart-grid" x1="0" x2="100%" y1="{y:.1}" y2="{y:.1}"/>"#),
        );
    }
    for (at, point) in chart.points.iter().enumerate() {
        let x = (at as f64 + (1.0 - BAR) / 2.0) * width;
        let y = scale.y(point.value as f64);
        push(
            &mut svg,
            format_args!(
                r#"<rect class="chart-bar" x="{x:.3}%" width="{:.3}%" y="{y:.1}" height="{:.1}"><title>{}: {}</title></rect>"#,
                BAR * width,
                FLOOR - y,
                escaped(&point.name),
                number(point.value, texts),
            ),
        );
    }
    svg.push_str(&forecast(chart, places, scale));
    labels(&mut svg, chart, places, width);
    svg
}

/// The interval as a band, what is expected as a line with dots.
fn forecast(chart: &Chart, places: usize, scale: Scale) -> String {
    let mut svg = String::new();
    if chart.expected.is_empty() {
        return svg;
    }
    let x = |at: usize| (chart.points.len() + at) as f64 + 0.5;
    let path = |part: fn(&Estimate) -> f64| -> Vec<(f64, f64)> {
        let points = chart.expected.iter().enumerate();
        points
            .map(|(at, (_, estimate))| (x(at), scale.y(part(estimate))))
            .collect()
    };
    let (upper, middle) = (
        path(|estimate| estimate.high),
        path(|estimate| estimate.expected),
    );
    let mut lower = path(|estimate| estimate.low);
    lower.reverse();
    let band: Vec<_> = upper.into_iter().chain(lower).collect();
    push(
        &mut svg,
        format_args!(
            r#"<svg width="100%" height="{HEIGHT}" viewBox="0 0 {places} {HEIGHT}" preserveAspectRatio="none"><path class="chart-band" vector-effect="non-scaling-stroke" d="{}Z"/><path class="chart-line" vector-effect="non-scaling-stroke" d="{}"/></svg>"#,
            drawn(&band),
            drawn(&middle),
        ),
    );
    for (x, y) in middle {
        let x = x / places as f64 * 100.0;
        push(
            &mut svg,
            format_args!(r#"<circle class="chart-dot" cx="{x:.3}%" cy="{y:.1}" r="3.5"/>"#),
        );
    }
    svg
}

/// The names of some places, evenly spread, the first and the last among them.
fn labels(svg: &mut String, chart: &Chart, places: usize, width: f64) {
    let named = chart.points.iter().map(|point| &point.label);
    let names: Vec<&String> = named
        .chain(chart.expected.iter().map(|(point, _)| &point.label))
        .collect();
    let count = LABELS.min(places);
    for number in 0..count {
        let at = number * (places - 1) / (count - 1).max(1);
        let Some(name) = names.get(at) else { continue };
        let (x, anchor) = match number {
            0 => (0.0, "start"),
            last if last == count - 1 => (100.0, "end"),
            _ => ((at as f64 + 0.5) * width, "middle"),
        };
        let (y, name) = (FLOOR + 20.0, escaped(name));
        push(
            svg,
            format_args!(
                r#"<text class="chart-text" x="{x:.3}%" y="{y}" text-anchor="{anchor}">{name}</text>"#
            ),
        );
    }
}

/// Where numbers stand.
#[derive(Clone, Copy)]
struct Scale {
    top: f64,
}

impl Scale {
    fn of(ticks: &[(u64, String)]) -> Self {
        let top = ticks.last().map_or(1, |(value, _)| *value);
        Self {
            top: top.max(1) as f64,
        }
    }

    fn y(self, value: f64) -> f64 {
        FLOOR - (value / self.top).clamp(0.0, 1.0) * (FLOOR - CEILING)
    }
}

/// A path along points.
fn drawn(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (at, (x, y)) in points.iter().enumerate() {
        let letter = if at == 0 { 'M' } else { 'L' };
        push(&mut path, format_args!("{letter}{x:.3},{y:.1}"));
    }
    path
}

/// Writing into a string can't fail.
fn push(text: &mut String, more: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(more);
}
