//! Signing in: email address, then password or an emailed code.

use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use maud::{Markup, html};
use serde::Deserialize;
use url::Url;

use super::{
    PortalError,
    destination::{leave, onward, own_page, see_other, step},
    layout::{Field, card, page, way_back},
    visitor::Visitor,
};
use crate::{
    BASE_PATH, LocalState,
    error::LocalError,
    flows::{
        self,
        sign_in::{self, Proof},
    },
    state::{SignIn, SignInStatus, User},
};

type Answer = Result<Response, PortalError>;

/// The query every page of the portal takes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Where to go when done.
    pub redirect_url: Option<String>,
}

/// The form of any of the steps.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    identifier: String,
    password: String,
    code: String,
    redirect_url: Option<String>,
}

/// First step: whom.
pub async fn ask_email(
    State(state): State<LocalState>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Answer {
    let back = own_page(&state.options().public_url, asked.redirect_url.as_deref());
    if let Some(visitor) = Visitor::find(&state, &headers).await?
        && let Some((_, user)) = flows::signed_in(&state, &visitor.client).await?
    {
        return Ok(already(&state, &visitor, &user, back.as_ref()));
    }
    Ok(email_page(&state, "", None, back.as_ref()))
}

/// First step, answered.
pub async fn take_email(
    State(state): State<LocalState>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Answer {
    let back = own_page(&state.options().public_url, given.redirect_url.as_deref());
    let visitor = Visitor::find_or_create(&state, &headers).await?;
    if let Some((_, user)) = flows::signed_in(&state, &visitor.client).await? {
        return Ok(already(&state, &visitor, &user, back.as_ref()));
    }
    match sign_in::start(&state, &visitor.client, Some(&given.identifier)).await {
        Ok(attempt) => {
            let next = if has_password(&state, &attempt).await? {
                "sign-in/password"
            } else {
                sign_in::send_code(&state, attempt, None).await?;
                "sign-in/code"
            };
            let next = see_other(&step(BASE_PATH, next, back.as_ref()));
            Ok(visitor.remember(&state, next))
        }
        Err(error @ LocalError::Api { .. }) => {
            let answer = email_page(&state, &given.identifier, Some(&error), back.as_ref());
            Ok(visitor.remember(&state, answer))
        }
        Err(error) => Err(error.into()),
    }
}

/// Second step: the password.
pub async fn ask_password(
    State(state): State<LocalState>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Answer {
    let back = own_page(&state.options().public_url, asked.redirect_url.as_deref());
    Ok(match current(&state, &headers).await? {
        Some((_, attempt)) => password_page(&attempt, None, back.as_ref()),
        None => start_again(back.as_ref()),
    })
}

/// Second step, answered with the password.
pub async fn take_password(
    State(state): State<LocalState>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Answer {
    let back = own_page(&state.options().public_url, given.redirect_url.as_deref());
    let Some((visitor, attempt)) = current(&state, &headers).await? else {
        return Ok(start_again(back.as_ref()));
    };
    let proof = Proof::Password(&given.password);
    match sign_in::attempt(&state, &visitor.client, attempt.clone(), proof).await {
        Ok(_) => Ok(leave(
            &state.options().public_url,
            back.as_ref(),
            &visitor.client.token,
        )),
        Err(error @ LocalError::Api { .. }) => {
            Ok(password_page(&attempt, Some(&error), back.as_ref()))
        }
        Err(error) => Err(error.into()),
    }
}

/// Sends a code, the other way to answer the second step.
pub async fn send_code(
    State(state): State<LocalState>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Answer {
    let back = own_page(&state.options().public_url, given.redirect_url.as_deref());
    let Some((_, attempt)) = current(&state, &headers).await? else {
        return Ok(start_again(back.as_ref()));
    };
    sign_in::send_code(&state, attempt, None).await?;
    Ok(see_other(&step(BASE_PATH, "sign-in/code", back.as_ref())))
}

/// Second step: the code.
pub async fn ask_code(
    State(state): State<LocalState>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Answer {
    let back = own_page(&state.options().public_url, asked.redirect_url.as_deref());
    Ok(match current(&state, &headers).await? {
        Some((_, attempt)) => code_page(&state, &attempt, "", None, back.as_ref()).await?,
        None => start_again(back.as_ref()),
    })
}

/// Second step, answered with the code.
pub async fn take_code(
    State(state): State<LocalState>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Answer {
    let back = own_page(&state.options().public_url, given.redirect_url.as_deref());
    let Some((visitor, attempt)) = current(&state, &headers).await? else {
        return Ok(start_again(back.as_ref()));
    };
    let proof = Proof::Code(&given.code);
    match sign_in::attempt(&state, &visitor.client, attempt.clone(), proof).await {
        Ok(_) => Ok(leave(
            &state.options().public_url,
            back.as_ref(),
            &visitor.client.token,
        )),
        Err(error @ LocalError::Api { .. }) => {
            Ok(code_page(&state, &attempt, &given.code, Some(&error), back.as_ref()).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// The sign-in under way in this browser, once a person is named.
async fn current(
    state: &LocalState,
    headers: &HeaderMap,
) -> Result<Option<(Visitor, SignIn)>, LocalError> {
    let Some(visitor) = Visitor::find(state, headers).await? else {
        return Ok(None);
    };
    let attempt = match &visitor.client.sign_in_id {
        Some(id) => state.sign_in(id).await?,
        None => None,
    };
    let open = attempt.filter(|it| it.detail.status == SignInStatus::NeedsFirstFactor);
    Ok(open.map(|attempt| (visitor, attempt)))
}

async fn has_password(state: &LocalState, attempt: &SignIn) -> Result<bool, LocalError> {
    let user = match &attempt.detail.user_id {
        Some(id) => state.user(id).await?,
        None => None,
    };
    Ok(user.is_some_and(|user| user.password_digest.is_some()))
}

fn start_again(back: Option<&Url>) -> Response {
    see_other(&step(BASE_PATH, "sign-in", back))
}

fn email_page(
    state: &LocalState,
    typed: &str,
    error: Option<&LocalError>,
    back: Option<&Url>,
) -> Response {
    let app = &state.options().application_name;
    let heading = format!("Sign in to {app}");
    let field = Field {
        value: typed,
        error: error.map(LocalError::public_message),
        autofocus: true,
        ..Field::new("identifier", "Email address", "email", "username")
    };
    let content = html! {
        form method="post" action={ (BASE_PATH) "/portal/sign-in" } novalidate {
            (way_back(back))
            (field.render())
            button.primary { "Continue" }
        }
    };
    let lead = html! { p.lead { "Welcome back. Please sign in to continue." } };
    let footer = html! {
        "No account yet? " a href=(step(BASE_PATH, "sign-up", back)) { "Sign up" }
    };
    let status = error.map_or(StatusCode::OK, LocalError::status);
    page(
        status,
        &heading,
        &card(&heading, &lead, &content, Some(&footer)),
    )
}

fn password_page(attempt: &SignIn, error: Option<&LocalError>, back: Option<&Url>) -> Response {
    let field = Field {
        error: error.map(LocalError::public_message),
        autofocus: true,
        ..Field::new("password", "Password", "password", "current-password")
    };
    let content = html! {
        form method="post" action={ (BASE_PATH) "/portal/sign-in/password" } novalidate {
            (way_back(back))
            // For password managers: whose password it is.
            input type="email" name="identifier" autocomplete="username" readonly hidden
                value=[attempt.detail.identifier.as_deref()];
            (field.render())
            button.primary { "Continue" }
        }
        div.or { "or" }
        (code_form("Email me a code instead", back))
    };
    let status = error.map_or(StatusCode::OK, LocalError::status);
    let body = card(
        "Enter your password",
        &person(attempt),
        &content,
        Some(&other(back)),
    );
    page(status, "Enter your password", &body)
}

async fn code_page(
    state: &LocalState,
    attempt: &SignIn,
    typed: &str,
    error: Option<&LocalError>,
    back: Option<&Url>,
) -> Result<Response, LocalError> {
    let field = Field {
        value: typed,
        error: error.map(LocalError::public_message),
        autofocus: true,
        ..Field::new("code", "Verification code", "text", "one-time-code")
    };
    let content = html! {
        form method="post" action={ (BASE_PATH) "/portal/sign-in/code" } novalidate {
            (way_back(back))
            (field.render())
            button.primary { "Continue" }
        }
        div.ways {
            (code_form("Send a new code", back))
            @if has_password(state, attempt).await? {
                a href=(step(BASE_PATH, "sign-in/password", back)) { "Use your password instead" }
            }
        }
    };
    let status = error.map_or(StatusCode::OK, LocalError::status);
    let body = card(
        "Check your email",
        &person(attempt),
        &content,
        Some(&other(back)),
    );
    Ok(page(status, "Check your email", &body))
}

fn code_form(label: &str, back: Option<&Url>) -> Markup {
    html! {
        form method="post" action={ (BASE_PATH) "/portal/sign-in/send-code" } {
            (way_back(back))
            button { (label) }
        }
    }
}

fn person(attempt: &SignIn) -> Markup {
    let name = attempt.detail.identifier.as_deref().unwrap_or_default();
    html! { p.person { (name) } }
}

fn other(back: Option<&Url>) -> Markup {
    html! { a href=(step(BASE_PATH, "sign-in", back)) { "Use another email address" } }
}

/// Somebody is signed in: nothing to prove, two ways to go on.
pub fn already(state: &LocalState, visitor: &Visitor, user: &User, back: Option<&Url>) -> Response {
    let onward = onward(&state.options().public_url, back, &visitor.client.token);
    let lead = html! { p.person { (user.identifier()) } };
    let content = html! {
        p.lead { "You are signed in in this browser." }
        a.primary.button href=(onward) { "Continue" }
        form method="post" action={ (BASE_PATH) "/portal/sign-out" } {
            button { "Sign out" }
        }
    };
    let body = card("You are already signed in", &lead, &content, None);
    page(StatusCode::OK, "You are already signed in", &body)
}
