//! `/v1/client/sign_ins`: signing in with a password or an emailed code.

use axum::{
    Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};

use super::context::BrowserContext;
use crate::{
    LocalState,
    error::{LocalError, Result},
    flows::{
        EMAIL_CODE, PASSWORD, oauth,
        sign_in::{self, Preparation, Proof},
        unknown_strategy,
    },
    shapes::attempts::load_sign_in,
    state::SignIn,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/client/sign_ins", post(create))
        .route("/v1/client/sign_ins/{id}", get(read))
        .route(
            "/v1/client/sign_ins/{id}/prepare_first_factor",
            post(prepare_first_factor),
        )
        .route(
            "/v1/client/sign_ins/{id}/attempt_first_factor",
            post(attempt_first_factor),
        )
}

/// Begins a sign-in. With a strategy, or with a password, the first factor follows at once.
async fn create(context: BrowserContext) -> Result<Response> {
    let (state, form) = (&context.state, &context.form);
    let client = context.client()?;
    let password = form.get("password");
    if form.is_true("transfer") {
        let attempt = oauth::sign_in::transfer(state, client).await?;
        return answer(&context, &attempt).await;
    }
    let strategy = form.text("strategy").or(password.map(|_| PASSWORD));
    if let Some(journey) = context.journey(strategy)? {
        let attempt = oauth::sign_in::start(state, client, &journey).await?;
        return answer(&context, &attempt).await;
    }
    if strategy.is_some_and(|strategy| ![PASSWORD, EMAIL_CODE].contains(&strategy)) {
        return Err(unknown_strategy());
    }
    let identifier = match strategy {
        Some(_) => Some(form.required("identifier")?),
        None => form.get("identifier"),
    };
    let attempt = sign_in::start(state, client, identifier).await?;
    let attempt = match strategy {
        Some(PASSWORD) if password.is_some() => {
            let proof = Proof::new(PASSWORD, password, None)?;
            sign_in::attempt(state, client, attempt, proof).await?
        }
        Some(EMAIL_CODE) => {
            let code = Preparation::EmailCode {
                email_address_id: None,
            };
            sign_in::prepare(state, attempt, code).await?
        }
        _ => attempt,
    };
    answer(&context, &attempt).await
}

async fn read(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let attempt = own(&context, &id).await?;
    answer(&context, &attempt).await
}

async fn prepare_first_factor(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let attempt = own(&context, &id).await?;
    let form = &context.form;
    let preparation = Preparation::new(form.required("strategy")?, form.text("email_address_id"))?;
    let attempt = sign_in::prepare(&context.state, attempt, preparation).await?;
    answer(&context, &attempt).await
}

async fn attempt_first_factor(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let attempt = own(&context, &id).await?;
    let form = &context.form;
    let strategy = form.required("strategy")?;
    let proof = Proof::new(strategy, form.get("password"), form.get("code"))?;
    let attempt = sign_in::attempt(&context.state, context.client()?, attempt, proof).await?;
    answer(&context, &attempt).await
}

/// The attempt, if it belongs to this browser.
async fn own(context: &BrowserContext, id: &str) -> Result<SignIn> {
    let client = context.client()?;
    let attempt = context.state.sign_in(id).await?;
    attempt
        .filter(|attempt| attempt.client_id == client.id)
        .ok_or_else(LocalError::not_found)
}

async fn answer(context: &BrowserContext, attempt: &SignIn) -> Result<Response> {
    let body = load_sign_in(&context.state, attempt).await?;
    context.respond(body).await
}
