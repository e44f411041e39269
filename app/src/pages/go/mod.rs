//! `/app/{slug}/go?q=`: where one can go from here, as the command palette shows it. The palette's
//! island takes `[data-go]` out of this page; as a page it is a list of links like any other.

mod commands;

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use leptos_meta::Title;
use store::{Action, Hit};

use crate::{
    components::{
        header::{AppHeader, Avatar},
        icons,
        layout::{MAIN, Manners},
        theme::{SetTheme, Theme},
    },
    context::{RequestContext, request_context},
    error::AppError,
    forms::{own_path, query_value},
    identity,
    language::texts,
    pages::{
        overview::overview_of,
        page,
        search::{destination, pieces, search_of},
        slug_of_address,
    },
    redirects,
};
use commands::{Command, May, commands, fits};

/// The id of the field in which a new project is named.
pub const NEW_PROJECT: &str = "new-project";

/// How many hits of the search are shown: a list to look over, not to leaf through.
const HITS: u64 = 8;

/// The address of this page.
pub fn go_of(slug: &str) -> String {
    format!("/app/{}/go", redirects::segment(slug))
}

/// The page.
#[component]
pub fn Go() -> impl IntoView {
    let slug = slug_of_address();
    page(async move {
        let context = request_context()?;
        let data = load(&context, slug).await?;
        let texts = texts();
        Ok(view! {
            <Title text=texts.go_title()/>
            <AppHeader/>
            <main id=MAIN tabindex="-1">
                <h1>{texts.go_title()}</h1>
                <form class="create-form" role="search" method="get" action=own_path()>
                    <input
                        class="input"
                        type="search"
                        name="q"
                        value=data.query.clone()
                        aria-label=texts.go_field()
                        placeholder=texts.go_field_placeholder()
                        autocomplete="off"
                    />
                    <button class="button button-primary" type="submit">{texts.go_submit()}</button>
                </form>
                {choices(data)}
            </main>
            <Manners/>
        })
    })
}

struct Data {
    slug: String,
    query: String,
    hits: Vec<Hit>,
    commands: Vec<Command>,
    organizations: Vec<Command>,
}

async fn load(context: &RequestContext, slug: String) -> Result<Data, AppError> {
    let tenant = context.tenant(&slug).await?;
    let query = query_value("q").unwrap_or_default().trim().to_owned();
    let hits = match query.is_empty() {
        true => Vec::new(),
        false => tenant.search(&query, HITS).await?,
    };
    let may = May {
        create: tenant.can(Action::ProjectCreate),
        see_insights: tenant.can(Action::InsightsRead),
    };
    let organizations = identity::organizations(context, context.session()?)
        .await?
        .into_iter()
        .filter(|mine| mine.slug != slug && fits(&mine.name, &query))
        .map(|mine| Command {
            href: overview_of(&mine.slug),
            label: mine.name,
            keys: "",
        })
        .collect();
    Ok(Data {
        commands: commands(&slug, &may, &query),
        organizations,
        slug,
        query,
        hits,
    })
}

/// All that can be chosen, in groups; `data-go` says how much it is.
fn choices(data: Data) -> AnyView {
    let texts = texts();
    let Data {
        slug,
        query,
        hits,
        commands,
        organizations,
    } = data;
    let themes: Vec<_> = Theme::ALL
        .into_iter()
        .filter(|theme| fits(&theme.name(texts), &query))
        .collect();
    let all = commands.len() + organizations.len() + themes.len() + hits.len();
    let found = hits.iter().map(|one| hit(&slug, one)).collect();
    let commands = commands.into_iter().map(command).collect();
    let organizations = organizations.into_iter().map(organization).collect();
    let themes = themes.into_iter().map(theme).collect();
    let everywhere = match query.is_empty() {
        true => Vec::new(),
        false => vec![everywhere(&slug, &query)],
    };
    view! {
        <div class="choices" data-go=texts.go_count(all)>
            {group("go-to", texts.go_to(), commands)}
            {group("go-found", texts.go_found(), found)}
            {group("go-organizations", texts.organization_menu_label(), organizations)}
            {group("go-theme", texts.theme_label(), themes)}
            {group("go-search", texts.search_title(), everywhere)}
        </div>
    }
    .into_any()
}

fn group(id: &'static str, title: String, choices: Vec<AnyView>) -> AnyView {
    if choices.is_empty() {
        return ().into_any();
    }
    view! {
        <section aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <ul>{choices}</ul>
        </section>
    }
    .into_any()
}

fn command(command: Command) -> AnyView {
    let keys = (!command.keys.is_empty()).then(|| {
        view! { <kbd class="menu-item-end" aria-hidden="true">{command.keys}</kbd> }
    });
    view! {
        <li>
            <a class="menu-item" href=command.href>{icons::arrow_right()} {command.label} {keys}</a>
        </li>
    }
    .into_any()
}

fn organization(command: Command) -> AnyView {
    view! {
        <li>
            <a class="menu-item" href=command.href>
                <Avatar name=command.label.clone()/>
                <span dir="auto">{command.label}</span>
            </a>
        </li>
    }
    .into_any()
}

fn theme(theme: Theme) -> AnyView {
    view! {
        <li>
            <form method="post" action=SetTheme::PATH>
                <input type="hidden" name="back" value="/app"/>
                <button class="menu-item" type="submit" name="theme" value=theme.key()>
                    {theme.icon()} {theme.name(texts())}
                </button>
            </form>
        </li>
    }
    .into_any()
}

fn hit(slug: &str, hit: &Hit) -> AnyView {
    let (href, kind) = destination(slug, hit);
    view! {
        <li>
            <a class="menu-item" href=href>
                {icons::search()}
                <span class="menu-item-text">
                    {pieces(&hit.title)}
                    <span class="menu-item-note">{kind}</span>
                </span>
            </a>
        </li>
    }
    .into_any()
}

/// The way to all that is found.
fn everywhere(slug: &str, query: &str) -> AnyView {
    let href = redirects::with_query(&search_of(slug), &[("q", query)]);
    view! {
        <li>
            <a class="menu-item" href=href>{icons::search()} {texts().go_search(query)}</a>
        </li>
    }
    .into_any()
}
