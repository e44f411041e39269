//! Pages that could not be made: what happened and what to do. They keep the organization's frame
//! where the person is inside of one, and never look like an empty list.

use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;

use crate::{
    components::layout::PublicPage,
    context::request_context,
    error::AppError,
    forms::{self, Refusal},
    language::texts,
    pages::{
        organization::Frame, overview::overview_of, select_organization::SELECT_ORGANIZATION,
        sign_out::SignOut, user::USER,
    },
    redirects,
};

/// In how many seconds to try again what was not available.
const RETRY_AFTER: &str = "60";

/// Answers a page request with `error`: a redirect to what has to be done first, or a page with
/// the error's status. The one boundary where pages log their errors.
pub async fn refuse(error: &AppError) -> AnyView {
    if let AppError::SignedOut | AppError::NoActiveOrganization = error
        && let Some(refusal) = use_context::<Refusal>()
    {
        forms::set_status(error.status());
        return interrupted(error, &refusal);
    }
    match error {
        AppError::SignedOut => {
            forms::see_other(&redirects::sign_in(&forms::own_path_and_query()));
        }
        AppError::NoActiveOrganization => forms::see_other(SELECT_ORGANIZATION),
        AppError::NotFound => forms::set_status(StatusCode::NOT_FOUND),
        other => {
            tracing::warn!(error = %other, "page refused");
            forms::set_status(other.status());
            if other.status() == StatusCode::SERVICE_UNAVAILABLE {
                say_when_to_retry();
            }
        }
    }
    if let Some(page) = inside(error).await {
        return page;
    }
    let title = error.title(texts());
    let content = explanation(error, None);
    view! {
        <Title text=title/>
        <PublicPage class="message-page">{content}</PublicPage>
    }
    .into_any()
}

/// What was typed, when it is too long to be carried through a sign-in.
fn interrupted(error: &AppError, refusal: &Refusal) -> AnyView {
    let texts = texts();
    let (title, message) = (error.title(texts), error.message(texts));
    let kept = refusal
        .kept()
        .filter(|text| !text.is_empty())
        .map(|text| view! { <p class="conflict-text">{text.to_owned()}</p> })
        .collect_view();
    view! {
        <Title text=title.clone()/>
        <PublicPage>
            <h1>{title}</h1>
            <p>{message}</p>
            <p>{texts.error_interrupted()}</p>
            {kept}
            <p class="actions">
                <a class="button button-primary" href="/app" target="_blank">
                    {texts.error_open_app()}
                </a>
            </p>
        </PublicPage>
    }
    .into_any()
}

/// The error inside of the organization that the address names, if that is open to the person.
/// For others' organizations there is no frame, as for those that do not exist.
async fn inside(error: &AppError) -> Option<AnyView> {
    let context = request_context().ok()?;
    let session = context.session().ok()?.clone();
    let path = forms::own_path();
    let active = session.organization()?.slug.clone()?;
    let home = overview_of(&active);
    let within = path.strip_prefix(&home)?;
    if !(within.is_empty() || within.starts_with('/')) {
        return None;
    }
    // Not by way of Clerk: an error page troubles nobody.
    let tenant = context.store.enter(&session, &active).await.ok()?;
    let frame = Frame::of(&tenant);
    drop(tenant);
    let content = view! { <div class="message-page">{explanation(error, Some(home))}</div> };
    let title = error.title(texts());
    frame.page(&title, content.into_any()).await.ok()
}

/// What happened, and the ways on; `home` is the organization's address inside of one.
fn explanation(error: &AppError, home: Option<String>) -> AnyView {
    let texts = texts();
    let again = !matches!(error, AppError::NotFound | AppError::Forbidden);
    let (way_on, name) = match home {
        Some(home) => (home, texts.overview_title()),
        None => ("/app".to_owned(), texts.error_go_home()),
    };
    view! {
        <p class="eyebrow">{error.status().as_u16()}</p>
        <h1>{error.title(texts)}</h1>
        <p>{error.message(texts)}</p>
        <p class="actions">
            {sign_in_again(error)}
            {again.then(|| view! {
                <a class="button button-primary" href=forms::own_path_and_query()>
                    {texts.error_try_again()}
                </a>
            })}
            <a class="button" href=way_on>{name}</a>
            <a class="button" href="/">{texts.home()}</a>
        </p>
    }
    .into_any()
}

/// What to do about a session that the organization does not take.
fn sign_in_again(error: &AppError) -> Option<AnyView> {
    let set_up = match error {
        AppError::SecondFactorNeeded => true,
        AppError::SignInTooOld { .. } => false,
        _ => return None,
    };
    let texts = texts();
    let account = set_up.then(|| {
        view! {
            <a class="button button-primary" href=USER>{texts.error_set_up_second_factor()}</a>
        }
    });
    Some(
        view! {
            {account}
            <form method="post" action=SignOut::PATH>
                <button class="button" type="submit">{texts.account_sign_out()}</button>
            </form>
        }
        .into_any(),
    )
}

fn say_when_to_retry() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
    }
}
