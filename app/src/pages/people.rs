//! `/app/{slug}/people?q=`: members whose names or addresses have this in them, a few. The list under a
//! comment in which somebody types an `@` (`components/mention.rs`) takes `[data-people]` out of it.

use leptos::prelude::*;
use leptos_meta::Title;
use store::Member;

use crate::{
    components::{
        header::{AppHeader, Avatar},
        layout::{MAIN, Manners},
    },
    context::tenant,
    error::AppError,
    forms::query_value,
    language::texts,
    pages::{
        members::{called, members_of},
        page, slug_of_address,
    },
    redirects,
};

/// The most that are listed: to pick from, not to leaf through.
const SHOWN: u64 = 10;

/// The address of this page.
pub fn people_of(slug: &str) -> String {
    format!("/app/{}/people", redirects::segment(slug))
}

/// The page.
#[component]
pub fn People() -> impl IntoView {
    let slug = slug_of_address();
    page(async move {
        let members = load(&slug).await?;
        let texts = texts();
        Ok(view! {
            <Title text=texts.people_title()/>
            <AppHeader/>
            <main id=MAIN tabindex="-1">
                <h1>{texts.people_title()}</h1>
                <p>{texts.people_count(members.len())}</p>
                {list(&slug, &members)}
            </main>
            <Manners/>
        })
    })
}

async fn load(slug: &str) -> Result<Vec<Member>, AppError> {
    let name = query_value("q").unwrap_or_default();
    Ok(tenant(slug).await?.members().find(&name, SHOWN).await?)
}

/// Each leads to what the list of members has of them; `data-people` says how many there are.
fn list(slug: &str, members: &[Member]) -> AnyView {
    let rows = members.iter().map(|member| {
        let name = called(member);
        let address = member.email.clone().filter(|address| *address != name);
        let words = member.email.clone().unwrap_or_else(|| name.clone());
        let href = redirects::with_query(&members_of(slug), &[("q", &words)]);
        view! {
            <li>
                <a class="menu-item" href=href data-name=name.clone()>
                    <Avatar name=name.clone()/>
                    <span class="menu-item-text" dir="auto">
                        {name.clone()} <span class="menu-item-note">{address}</span>
                    </span>
                </a>
            </li>
        }
    });
    let rows = rows.collect_view();
    let count = texts().people_count(members.len());
    view! { <ul class="choices" data-people=count>{rows}</ul> }.into_any()
}
