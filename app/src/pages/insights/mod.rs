//! `/app/{slug}/insights`: how much is done week by week, what may come next, and what could be
//! better. The address says how many weeks.

mod forecast;
mod suggestions;
mod weeks;

use leptos::prelude::*;
use store::{Action, Attention, Day, WEEKS_LIMIT, WeekCounts};

use crate::{
    components::time,
    context::{RequestContext, request_context},
    error::AppError,
    forms::query_value,
    language::texts,
    pages::{organization::Frame, page, slug_of_address},
    redirects,
};
use suggestions::{Invitations, suggestions};
use weeks::charts;

/// How many full weeks can be shown; the first is shown without being asked for.
const RANGES: [usize; 3] = [12, 26, 52];
const WEEKS: &str = "weeks";

/// The page.
#[component]
pub fn InsightsPage() -> impl IntoView {
    let slug = slug_of_address();
    page(async move {
        let context = request_context()?;
        let data = load(&context, slug).await?;
        let frame = data.frame.clone();
        let content = content(&data);
        frame.page(&texts().insights_title(), content).await
    })
}

/// The address of an organization's insights.
pub fn insights_of(slug: &str) -> String {
    format!("/app/{}/insights", redirects::segment(slug))
}

struct Data {
    frame: Frame,
    /// How many full weeks are shown.
    range: usize,
    /// All that are counted, oldest first; the last has not ended.
    weeks: Vec<WeekCounts>,
    attention: Attention,
    invitations: Invitations,
    /// The day, in UTC.
    today: Day,
}

async fn load(context: &RequestContext, slug: String) -> Result<Data, AppError> {
    let tenant = context.tenant(&slug).await?;
    let now = context.clock.now_ms();
    let today = Day::of_ms(now);
    let insights = tenant.insights();
    // A forecast is made of all weeks, however many are shown.
    let weeks = insights.weeks(today, WEEKS_LIMIT).await?;
    let attention = insights.attention(time::today(context)).await?;
    let may_invite = tenant.can(Action::MemberInvite);
    let frame = Frame::of(&tenant);
    // Nobody waits for Clerk with a transaction open.
    drop(tenant);
    let invitations = match may_invite {
        true => Invitations::ask(context, &frame.organization.id, now).await,
        false => Invitations::NotOurs,
    };
    let asked = query_value(WEEKS).and_then(|weeks| weeks.parse().ok());
    Ok(Data {
        range: asked
            .filter(|weeks| RANGES.contains(weeks))
            .unwrap_or(RANGES[0]),
        frame,
        weeks,
        attention,
        invitations,
        today,
    })
}

fn content(data: &Data) -> AnyView {
    let texts = texts();
    let path = insights_of(&data.frame.organization.slug);
    let ranges = RANGES
        .map(|range| {
            let href = redirects::with_query(&path, &[(WEEKS, &range.to_string())]);
            let here = (range == data.range).then_some("page");
            view! {
                <a class="tab" href=href aria-current=here>
                    {texts.insights_weeks(range)}
                </a>
            }
        })
        .collect_view();
    view! {
        <div class="page-head">
            <h1>{texts.insights_title()}</h1>
        </div>
        {suggestions(&data.frame.organization.slug, &data.attention, &data.invitations)}
        <section class="page-section" aria-labelledby="by-week">
            <h2 id="by-week">{texts.insights_by_week()}</h2>
            <nav class="tabs" aria-label=texts.insights_range()>
                {ranges}
            </nav>
            {charts(&data.weeks, data.range, data.today)}
        </section>
    }
    .into_any()
}
