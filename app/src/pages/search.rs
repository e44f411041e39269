//! `/app/{slug}/search?q=`: projects, tasks, comments and members of this organization.

use leptos::prelude::*;
use store::{Hit, Piece, SEARCH_LIMIT, Target};

use crate::{
    components::empty_state::EmptyState,
    context::{RequestContext, request_context},
    error::AppError,
    forms::query_value,
    language::texts,
    pages::{
        members::members_of,
        organization::Frame,
        page,
        project::address::project_of,
        slug_of_address,
        task::{status_name, task_of},
    },
    redirects,
};

/// The page.
#[component]
pub fn SearchPage() -> impl IntoView {
    let slug = slug_of_address();
    page(async move {
        let context = request_context()?;
        let data = load(&context, slug).await?;
        let frame = data.frame.clone();
        let content = content(&data);
        let title = texts().search_title();
        frame.page(&title, content).await
    })
}

/// The address where an organization is searched.
pub fn search_of(slug: &str) -> String {
    format!("/app/{}/search", redirects::segment(slug))
}

struct Data {
    slug: String,
    frame: Frame,
    query: String,
    hits: Vec<Hit>,
}

async fn load(context: &RequestContext, slug: String) -> Result<Data, AppError> {
    let tenant = context.tenant(&slug).await?;
    let query = query_value("q").unwrap_or_default();
    let hits = match query.trim().is_empty() {
        true => Vec::new(),
        false => tenant.search(&query, SEARCH_LIMIT).await?,
    };
    Ok(Data {
        frame: Frame::of(&tenant),
        slug,
        query,
        hits,
    })
}

fn content(data: &Data) -> AnyView {
    let texts = texts();
    view! {
        <div class="page-head">
            <h1>{texts.search_title()}</h1>
        </div>
        <form class="create-form" role="search" method="get" action=search_of(&data.slug)>
            <div class="field">
                <label class="visually-hidden" for="search">{texts.search_for()}</label>
                <input
                    class="input"
                    type="search"
                    id="search"
                    name="q"
                    value=data.query.clone()
                    placeholder=texts.search_for_placeholder()
                    autocomplete="off"
                />
            </div>
            <button class="button button-primary" type="submit">{texts.search_for_submit()}</button>
        </form>
        {results(data)}
    }
    .into_any()
}

fn results(data: &Data) -> AnyView {
    if data.query.trim().is_empty() {
        return ().into_any();
    }
    let texts = texts();
    if data.hits.is_empty() {
        return view! {
            <EmptyState title=texts.search_nothing() text=texts.search_nothing_text()/>
        }
        .into_any();
    }
    let count = match data.hits.len() {
        many if many as u64 >= SEARCH_LIMIT => texts.search_best(many),
        some => texts.search_results(some),
    };
    let rows = data
        .hits
        .iter()
        .map(|one| hit(&data.slug, one))
        .collect_view();
    view! {
        <p class="page-note" role="status">{count}</p>
        <ul class="rows tasks">{rows}</ul>
    }
    .into_any()
}

/// Where something is that was found, and what it is.
pub fn destination(slug: &str, hit: &Hit) -> (String, String) {
    let texts = texts();
    match &hit.target {
        Target::Project(id) => (project_of(slug, &id.to_string()), texts.search_project()),
        Target::Task { id, number, status } => (
            task_of(slug, &id.to_string()),
            texts.search_task(*number, status_name(*status)),
        ),
        Target::Comment { id, task, number } => (
            format!("{}#comment-{id}", task_of(slug, &task.to_string())),
            texts.search_comment(*number),
        ),
        Target::Member(_) => (members_of(slug), texts.search_member()),
    }
}

fn hit(slug: &str, hit: &Hit) -> AnyView {
    let (href, kind) = destination(slug, hit);
    let excerpt = (!hit.excerpt.is_empty()).then(|| {
        view! { <div class="row-facts">{pieces(&hit.excerpt)}</div> }
    });
    view! {
        <li class="row">
            <div class="row-title">
                <a href=href>{pieces(&hit.title)}</a>
                {excerpt}
            </div>
            <span class="row-status">{kind}</span>
        </li>
    }
    .into_any()
}

/// A text with what was looked for marked.
pub fn pieces(pieces: &[Piece]) -> AnyView {
    let parts: Vec<AnyView> = pieces
        .iter()
        .map(|piece| match piece.found {
            true => view! { <mark>{piece.text.clone()}</mark> }.into_any(),
            false => piece.text.clone().into_any(),
        })
        .collect();
    view! { <span>{parts}</span> }.into_any()
}
