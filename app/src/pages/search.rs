//! `/app/{slug}/search?q=`: projects, tasks, comments and members of this organization.

use leptos::prelude::*;
use store::{Hit, OrganizationView, Piece, Role, SEARCH_LIMIT, Target};

use crate::{
    components::empty_state::EmptyState,
    context::{RequestContext, request_context},
    error::AppError,
    forms::query_value,
    pages::{
        members::members_of,
        organization::organization_page,
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
        let session = context.session()?.clone();
        let data = load(&context, slug).await?;
        let (organization, role) = (data.organization.clone(), data.role);
        let content = content(&data);
        organization_page(&context, &session, "Search", &organization, role, content).await
    })
}

/// The address where an organization is searched.
pub fn search_of(slug: &str) -> String {
    format!("/app/{}/search", redirects::segment(slug))
}

struct Data {
    slug: String,
    organization: OrganizationView,
    role: Role,
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
        organization: tenant.organization().clone(),
        role: tenant.membership().role(),
        slug,
        query,
        hits,
    })
}

fn content(data: &Data) -> AnyView {
    view! {
        <div class="page-head">
            <h1>"Search"</h1>
        </div>
        <form class="create-form" role="search" method="get" action=search_of(&data.slug)>
            <div class="field">
                <label class="visually-hidden" for="search">"Search for"</label>
                <input
                    class="input"
                    type="search"
                    id="search"
                    name="q"
                    value=data.query.clone()
                    placeholder="Projects, tasks, comments, members"
                    autocomplete="off"
                />
            </div>
            <button class="button button-primary" type="submit">"Search"</button>
        </form>
        {results(data)}
    }
    .into_any()
}

fn results(data: &Data) -> AnyView {
    if data.query.trim().is_empty() {
        return ().into_any();
    }
    if data.hits.is_empty() {
        return view! {
            <EmptyState
                title="Nothing found"
                text="Every word has to occur, at least with its beginning. Try fewer or other words."
            />
        }
        .into_any();
    }
    let count = match data.hits.len() {
        1 => "1 result".to_owned(),
        many if many as u64 >= SEARCH_LIMIT => format!("The best {many} results"),
        many => format!("{many} results"),
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

fn hit(slug: &str, hit: &Hit) -> AnyView {
    let (href, kind) = match &hit.target {
        Target::Project(id) => (project_of(slug, &id.to_string()), "Project".to_owned()),
        Target::Task { id, number, status } => (
            task_of(slug, &id.to_string()),
            format!("Task #{number} · {}", status_name(*status)),
        ),
        Target::Comment { id, task, number } => (
            format!("{}#comment-{id}", task_of(slug, &task.to_string())),
            format!("Comment on #{number}"),
        ),
        Target::Member(_) => (members_of(slug), "Member".to_owned()),
    };
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
fn pieces(pieces: &[Piece]) -> AnyView {
    let parts: Vec<AnyView> = pieces
        .iter()
        .map(|piece| match piece.found {
            true => view! { <mark>{piece.text.clone()}</mark> }.into_any(),
            false => piece.text.clone().into_any(),
        })
        .collect();
    view! { <span>{parts}</span> }.into_any()
}
