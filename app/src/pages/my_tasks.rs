//! `/app/{slug}/my-tasks`: what one has to do, in all of the organization's projects, by when.

use leptos::prelude::*;
use store::{AssigneeFilter, Day, TaskCard, TaskCursor, TaskFilter, TaskSort};

use crate::{
    components::{empty_state::EmptyState, pagination::Pagination, time::today, toast::Toast},
    context::{RequestContext, request_context},
    error::AppError,
    forms::query_value,
    language::texts,
    live::place::Place,
    pages::{
        organization::Frame,
        page, slug_of_address,
        task::{card::row, people::People},
    },
    redirects,
};

/// The page.
#[component]
pub fn MyTasks() -> impl IntoView {
    let slug = slug_of_address();
    page(async move {
        let context = request_context()?;
        let data = load(&context, slug).await?;
        let frame = data.frame.clone();
        let content = content(&data);
        let title = texts().my_tasks_title();
        frame.page(&title, content).await
    })
}

/// The address of what one has to do.
pub fn my_tasks_of(slug: &str) -> String {
    format!("/app/{}/my-tasks", redirects::segment(slug))
}

struct Data {
    slug: String,
    frame: Frame,
    cards: Vec<TaskCard>,
    next: Option<TaskCursor>,
    after: Option<TaskCursor>,
    people: People,
    today: Day,
}

async fn load(context: &RequestContext, slug: String) -> Result<Data, AppError> {
    let tenant = context.tenant(&slug).await?;
    let after = query_value("after").and_then(|text| TaskCursor::parse(&text).ok());
    let filter = TaskFilter {
        assignee: AssigneeFilter::Me,
        ..TaskFilter::default()
    };
    let tasks = tenant.tasks();
    let page = tasks.list(&filter, TaskSort::Due, after).await?;
    let me = tenant.membership().user_id.clone();
    Ok(Data {
        frame: Frame::of(&tenant).at(Place::MyTasks),
        people: People::new(tasks.people([me]).await?),
        today: today(context),
        cards: page.items,
        next: page.next,
        after,
        slug,
    })
}

/// When a task is due, as seen from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Overdue,
    Today,
    Week,
    Later,
    Never,
}

impl Group {
    const ALL: [Self; 5] = [
        Self::Overdue,
        Self::Today,
        Self::Week,
        Self::Later,
        Self::Never,
    ];

    fn of(due: Option<Day>, today: Day) -> Self {
        match due {
            None => Self::Never,
            Some(day) if day < today => Self::Overdue,
            Some(day) if day == today => Self::Today,
            Some(day) if day <= today.end_of_week() => Self::Week,
            Some(_) => Self::Later,
        }
    }

    fn name(self) -> String {
        let texts = texts();
        match self {
            Self::Overdue => texts.tasks_overdue(),
            Self::Today => texts.tasks_today(),
            Self::Week => texts.tasks_this_week(),
            Self::Later => texts.tasks_later(),
            Self::Never => texts.tasks_no_date(),
        }
    }
}

fn content(data: &Data) -> AnyView {
    let texts = texts();
    let groups = Group::ALL.map(|group| {
        let rows: Vec<AnyView> = data
            .cards
            .iter()
            .filter(|card| Group::of(card.task.due_on, data.today) == group)
            .map(|card| {
                row(
                    &data.slug,
                    card,
                    &data.people,
                    data.today,
                    Some(&card.project),
                )
            })
            .collect();
        (!rows.is_empty()).then(|| {
            view! {
                <section class="page-section">
                    <h2>{group.name()}</h2>
                    <ul class="rows tasks">{rows}</ul>
                </section>
            }
        })
    });
    let at = |cursor: TaskCursor| {
        redirects::with_query(&my_tasks_of(&data.slug), &[("after", &cursor.to_string())])
    };
    let nothing = data.cards.is_empty().then(|| {
        view! { <EmptyState title=texts.tasks_nothing() text=texts.tasks_nothing_mine()/> }
    });
    view! {
        <Toast/>
        <div class="page-head">
            <h1>{texts.my_tasks_title()}</h1>
        </div>
        {nothing}
        {groups.into_iter().collect_view()}
        <Pagination
            newest=data.after.map(|_| my_tasks_of(&data.slug))
            older=data.next.map(at)
        />
    }
    .into_any()
}
