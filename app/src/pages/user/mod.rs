//! `/user`: one's own account, how one likes pages, and one's data. None of it is an
//! organization's.

mod data;
pub mod preferences;

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    clerk::{UserProfile, session_keeper::KeepSession},
    components::{
        header::AppHeader,
        layout::{MAIN, Manners},
        toast::{Alert, Toast},
    },
    context::{RequestContext, request_context},
    error::AppError,
    forms::{self, Refusal},
    language::texts,
    pages::page,
};

pub use data::{DATA, DataPage};
pub use preferences::{PREFERENCES, PreferencesPage};

/// The page's path.
pub const USER: &str = "/user";

/// Profile, addresses, password, passkeys, second factors, devices, connected accounts: Clerk's own
/// component. Without JavaScript there is a link to Clerk's page of the same.
#[component]
pub fn UserPage() -> impl IntoView {
    page(async {
        let context = request_context()?;
        context.session()?;
        let content = view! { <UserProfile config=&context.config/> };
        frame(&context, texts().user_title(), content.into_any())
    })
}

/// A page of the account: header, the account's other pages, one main region.
fn frame(context: &RequestContext, title: String, content: AnyView) -> Result<AnyView, AppError> {
    let session = context.session()?;
    let texts = texts();
    let refusal = Refusal::from_request();
    let here = forms::own_path();
    let links = [
        (USER, texts.user_title()),
        (PREFERENCES, texts.user_preferences()),
        (DATA, texts.user_data()),
    ]
    .map(|(path, name)| {
        let current = (path == here).then_some("page");
        view! { <li><a class="nav-link" href=path aria-current=current>{name}</a></li> }
    })
    .collect_view();
    Ok(view! {
        <Title text=title.clone()/>
        <AppHeader/>
        <div class="subheader">
            <nav class="nav" aria-label=texts.user_navigation()><ul>{links}</ul></nav>
        </div>
        <main id=MAIN tabindex="-1">
            <Toast/>
            {refusal.general().cloned().map(|error| view! { <Alert error=error/> })}
            <div class="page-head">
                <h1>{title}</h1>
            </div>
            {content}
        </main>
        <Manners/>
        <KeepSession context=context session=session/>
    }
    .into_any())
}
