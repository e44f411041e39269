//! Signing up: name, email address and password, then the code that was mailed.

use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use maud::html;
use serde::Deserialize;
use url::Url;

use super::{
    PortalError,
    destination::{leave, own_page, see_other, step},
    layout::{Field, card, page, refusal, way_back},
    sign_in::{Asked, already},
    visitor::Visitor,
};
use crate::{
    BASE_PATH, LocalState,
    error::LocalError,
    flows::{
        self,
        sign_up::{self, Wishes},
    },
    state::{MIN_PASSWORD_LENGTH, SignUp},
};

type Answer = Result<Response, PortalError>;

/// The form of either step.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    first_name: String,
    last_name: String,
    email_address: String,
    password: String,
    code: String,
    redirect_url: Option<String>,
}

/// First step: who, and which password.
pub async fn ask(
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
    Ok(form_page(&state, &Given::default(), None, back.as_ref()))
}

/// First step, answered: sends the code.
pub async fn take(
    State(state): State<LocalState>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Answer {
    let back = own_page(&state.options().public_url, given.redirect_url.as_deref());
    let visitor = Visitor::find_or_create(&state, &headers).await?;
    if let Some((_, user)) = flows::signed_in(&state, &visitor.client).await? {
        return Ok(already(&state, &visitor, &user, back.as_ref()));
    }
    let wishes = Wishes {
        email_address: Some(given.email_address.clone()),
        password: Some(given.password.clone()),
        first_name: Some(given.first_name.clone()),
        last_name: Some(given.last_name.clone()),
        unsafe_metadata: None,
    };
    let answer = match sign_up::start(&state, &visitor.client, wishes).await {
        Ok(attempt) => {
            sign_up::send_code(&state, attempt).await?;
            see_other(&step(BASE_PATH, "sign-up/code", back.as_ref()))
        }
        Err(error @ LocalError::Api { .. }) => {
            form_page(&state, &given, Some(&error), back.as_ref())
        }
        Err(error) => return Err(error.into()),
    };
    Ok(visitor.remember(&state, answer))
}

/// Sends another code.
pub async fn send_code(
    State(state): State<LocalState>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Answer {
    let back = own_page(&state.options().public_url, given.redirect_url.as_deref());
    let Some((_, attempt)) = current(&state, &headers).await? else {
        return Ok(start_again(back.as_ref()));
    };
    sign_up::send_code(&state, attempt).await?;
    Ok(see_other(&step(BASE_PATH, "sign-up/code", back.as_ref())))
}

/// Second step: the code.
pub async fn ask_code(
    State(state): State<LocalState>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Answer {
    let back = own_page(&state.options().public_url, asked.redirect_url.as_deref());
    Ok(match current(&state, &headers).await? {
        Some((_, attempt)) => code_page(&attempt, "", None, back.as_ref()),
        None => start_again(back.as_ref()),
    })
}

/// Second step, answered: the person exists and is signed in.
pub async fn take_code(
    State(state): State<LocalState>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Answer {
    let public_url = &state.options().public_url;
    let back = own_page(public_url, given.redirect_url.as_deref());
    let Some((visitor, attempt)) = current(&state, &headers).await? else {
        return Ok(start_again(back.as_ref()));
    };
    match sign_up::attempt_code(&state, &visitor.client, attempt.clone(), &given.code).await {
        Ok(_) => Ok(leave(public_url, back.as_ref(), &visitor.client.token)),
        Err(error @ LocalError::Api { .. }) => Ok(code_page(
            &attempt,
            &given.code,
            Some(&error),
            back.as_ref(),
        )),
        Err(error) => Err(error.into()),
    }
}

/// The sign-up under way in this browser.
async fn current(
    state: &LocalState,
    headers: &HeaderMap,
) -> Result<Option<(Visitor, SignUp)>, LocalError> {
    let Some(visitor) = Visitor::find(state, headers).await? else {
        return Ok(None);
    };
    let attempt = match &visitor.client.sign_up_id {
        Some(id) => state.sign_up(id).await?,
        None => None,
    };
    let open = attempt.filter(|it| {
        it.detail.created_user_id.is_none()
            && it.detail.email_address.is_some()
            && it.detail.password_digest.is_some()
    });
    Ok(open.map(|attempt| (visitor, attempt)))
}

fn start_again(back: Option<&Url>) -> Response {
    see_other(&step(BASE_PATH, "sign-up", back))
}

fn form_page(
    state: &LocalState,
    given: &Given,
    error: Option<&LocalError>,
    back: Option<&Url>,
) -> Response {
    let heading = format!("Create your {} account", state.options().application_name);
    let wrong = error.and_then(LocalError::param_name);
    let error_of = |name: &str| {
        error
            .filter(|_| wrong == Some(name))
            .map(LocalError::public_message)
    };
    let fields = ["first_name", "last_name", "email_address", "password"];
    let general = error
        .filter(|_| !wrong.is_some_and(|name| fields.contains(&name)))
        .map(LocalError::public_message);
    let hint = format!("At least {MIN_PASSWORD_LENGTH} characters.");
    let first_name = Field {
        value: &given.first_name,
        required: false,
        error: error_of("first_name"),
        autofocus: wrong.is_none_or(|name| name == "first_name"),
        ..Field::new("first_name", "First name", "text", "given-name")
    };
    let last_name = Field {
        value: &given.last_name,
        required: false,
        error: error_of("last_name"),
        autofocus: wrong == Some("last_name"),
        ..Field::new("last_name", "Last name", "text", "family-name")
    };
    let email = Field {
        value: &given.email_address,
        error: error_of("email_address"),
        autofocus: wrong == Some("email_address"),
        ..Field::new("email_address", "Email address", "email", "email")
    };
    let password = Field {
        hint: Some(&hint),
        error: error_of("password"),
        autofocus: wrong == Some("password"),
        ..Field::new("password", "Password", "password", "new-password")
    };
    let content = html! {
        form method="post" action={ (BASE_PATH) "/portal/sign-up" } novalidate {
            (way_back(back))
            (refusal(general))
            div.row { (first_name.render()) (last_name.render()) }
            (email.render())
            (password.render())
            button.primary { "Continue" }
        }
    };
    let lead = html! { p.lead { "Welcome! Please fill in the details to get started." } };
    let footer = html! {
        "Have an account already? " a href=(step(BASE_PATH, "sign-in", back)) { "Sign in" }
    };
    let status = error.map_or(StatusCode::OK, LocalError::status);
    page(
        status,
        &heading,
        &card(&heading, &lead, &content, Some(&footer)),
    )
}

fn code_page(
    attempt: &SignUp,
    typed: &str,
    error: Option<&LocalError>,
    back: Option<&Url>,
) -> Response {
    let field = Field {
        value: typed,
        error: error.map(LocalError::public_message),
        autofocus: true,
        ..Field::new("code", "Verification code", "text", "one-time-code")
    };
    let content = html! {
        form method="post" action={ (BASE_PATH) "/portal/sign-up/code" } novalidate {
            (way_back(back))
            (field.render())
            button.primary { "Continue" }
        }
        div.ways {
            form method="post" action={ (BASE_PATH) "/portal/sign-up/send-code" } {
                (way_back(back))
                button { "Send a new code" }
            }
        }
    };
    let address = attempt.detail.email_address.as_deref().unwrap_or_default();
    let lead = html! {
        p.lead { "Enter the code we sent to your email address." }
        p.person { (address) }
    };
    let footer =
        html! { a href=(step(BASE_PATH, "sign-up", back)) { "Use another email address" } };
    let status = error.map_or(StatusCode::OK, LocalError::status);
    let body = card("Verify your email", &lead, &content, Some(&footer));
    page(status, "Verify your email", &body)
}
