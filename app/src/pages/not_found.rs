//! The page for what is not there. The same for an unknown address, an organization of others and
//! a project of others: nobody can tell which.

use http::StatusCode;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{components::layout::PublicPage, error::AppError, forms, language::texts};

/// Answers 404.
#[component]
pub fn NotFound() -> impl IntoView {
    forms::set_status(StatusCode::NOT_FOUND);
    let error = AppError::NotFound;
    let texts = texts();
    view! {
        <Title text=error.title(texts)/>
        <PublicPage class="message-page">
            <p class="eyebrow">"404"</p>
            <h1>{error.title(texts)}</h1>
            <p>{error.message(texts)}</p>
            <p class="actions">
                <a class="button button-primary" href="/app">{texts.error_go_home()}</a>
                <a class="button" href="/">{texts.home()}</a>
            </p>
        </PublicPage>
    }
    .into_any()
}
