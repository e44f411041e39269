//! One file or folder per page, its server functions beside it.

use std::future::Future;

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    components::layout::PublicPage,
    error::AppError,
    forms::{self, Refusal},
    redirects,
};

pub mod app_home;
pub mod landing;
pub mod members;
pub mod my_tasks;
pub mod not_found;
pub mod organization;
pub mod project;
pub mod projects;
pub mod search;
pub mod select_organization;
pub mod settings;
pub mod sign_in;
pub mod sign_out;
pub mod sign_up;
pub mod task;

/// A page that is complete when `content` is. An error becomes the answer's status and a page of
/// its own, or a redirect to what the person has to do first.
pub fn page<V>(content: impl Future<Output = Result<V, AppError>> + Send + 'static) -> impl IntoView
where
    V: IntoView + 'static,
{
    Suspend::new(async move {
        match content.await {
            Ok(view) => view.into_any(),
            Err(error) => refuse(&error),
        }
    })
}

/// Answers a page request with `error`. The one boundary where pages log their errors.
fn refuse(error: &AppError) -> AnyView {
    if let AppError::SignedOut | AppError::NoActiveOrganization = error
        && let Some(refusal) = use_context::<Refusal>()
    {
        forms::set_status(error.status());
        return interrupted(error, &refusal);
    }
    match error {
        AppError::SignedOut => forms::see_other(&redirects::sign_in(&forms::own_path_and_query())),
        AppError::NoActiveOrganization => {
            forms::see_other(select_organization::SELECT_ORGANIZATION)
        }
        AppError::NotFound => return not_found::NotFound().into_any(),
        other => {
            tracing::warn!(error = %other, "page refused");
            forms::set_status(other.status());
        }
    }
    view! { <ErrorPage error=error.clone()/> }.into_any()
}

/// What was typed, when it is too long to be carried through a sign-in.
fn interrupted(error: &AppError, refusal: &Refusal) -> AnyView {
    let (title, message) = (error.title(), error.message());
    let texts = refusal
        .kept()
        .filter(|text| !text.is_empty())
        .map(|text| view! { <p class="conflict-text">{text.to_owned()}</p> })
        .collect_view();
    view! {
        <Title text=title/>
        <PublicPage>
            <h1>{title}</h1>
            <p>{message}</p>
            <p>"Nothing was changed. Copy what you had written before you leave this page:"</p>
            {texts}
            <p class="actions">
                <a class="button button-primary" href="/app" target="_blank">
                    "Open the app in a new tab"
                </a>
            </p>
        </PublicPage>
    }
    .into_any()
}

/// A page that could not be made. It never looks like an empty list.
#[component]
fn ErrorPage(error: AppError) -> impl IntoView {
    view! {
        <Title text=error.title()/>
        <PublicPage class="message-page">
            <h1>{error.title()}</h1>
            <p>{error.message()}</p>
            <p class="actions">
                <a class="button button-primary" href=forms::own_path_and_query()>"Try again"</a>
                <a class="button" href="/">"Home"</a>
            </p>
        </PublicPage>
    }
    .into_any()
}
