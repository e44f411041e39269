//! `/sign-in`: Clerk's own component.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    clerk::SignIn,
    components::layout::PublicPage,
    context::{RequestContext, request_context},
    error::AppError,
    forms::{self, query_value},
    language::texts,
    pages::page,
    redirects,
};

/// Where people land who did not come from anywhere.
const DEFAULT: &str = "/app";

/// Signs in and returns to `?redirect_url=`. Whoever is signed in already goes there at once.
#[component]
pub fn SignInPage() -> impl IntoView {
    page(async {
        let Some((context, then)) = visitor()? else {
            return Ok(().into_any());
        };
        let title = texts().sign_in();
        Ok(view! {
            <Title text=title.clone()/>
            <PublicPage class="auth-page">
                <h1 class="visually-hidden">{title}</h1>
                <SignIn config=&context.config then=then/>
            </PublicPage>
        }
        .into_any())
    })
}

/// The context and the way back of somebody who is not signed in; a redirect for others.
pub fn visitor() -> Result<Option<(RequestContext, String)>, AppError> {
    let context = request_context()?;
    let wanted = query_value("redirect_url");
    let then = wanted
        .as_deref()
        .and_then(redirects::own_path)
        .unwrap_or(DEFAULT)
        .to_owned();
    if context.auth.session().is_some() {
        forms::see_other(&then);
        return Ok(None);
    }
    Ok(Some((context, then)))
}
