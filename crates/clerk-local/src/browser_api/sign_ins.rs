//! `/v1/client/sign_ins`: signing in.

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
        EMAIL_CODE, EMAIL_LINK, PASSKEY, PASSWORD, RESET_PASSWORD_EMAIL_CODE, TICKET, oauth,
        sign_in::{self, Preparation, Proof},
        unknown_strategy,
    },
    shapes::attempts::load_sign_in,
    state::{Limited, SignIn},
};

/// Strategies that begin with a mail.
const BY_MAIL: [&str; 3] = [EMAIL_CODE, EMAIL_LINK, RESET_PASSWORD_EMAIL_CODE];

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
        .route(
            "/v1/client/sign_ins/{id}/prepare_second_factor",
            post(prepare_second_factor),
        )
        .route(
            "/v1/client/sign_ins/{id}/attempt_second_factor",
            post(attempt_second_factor),
        )
        .route(
            "/v1/client/sign_ins/{id}/reset_password",
            post(reset_password),
        )
}

/// Begins a sign-in. With a strategy, or with a password, the first factor follows at once.
async fn create(context: BrowserContext) -> Result<Response> {
    let (state, form) = (&context.state, &context.form);
    let client = context.client()?;
    context.limit(Limited::CreateSignIn)?;
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
    if strategy == Some(TICKET) {
        let ticket = form.required("ticket")?;
        let attempt = sign_in::ticket::start(state, client, ticket).await?;
        return answer(&context, &attempt).await;
    }
    if strategy == Some(PASSKEY) && form.text("identifier").is_none() {
        let attempt = sign_in::passkey::start(state, client, context.origin()?).await?;
        return answer(&context, &attempt).await;
    }
    let is_known =
        |strategy| [PASSWORD, PASSKEY].contains(&strategy) || BY_MAIL.contains(&strategy);
    if strategy.is_some_and(|strategy| !is_known(strategy)) {
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
        Some(strategy) if BY_MAIL.contains(&strategy) => {
            let preparation = Preparation::new(strategy, None, form.text("redirect_url"), None)?;
            sign_in::prepare(state, attempt, preparation).await?
        }
        Some(PASSKEY) => {
            let origin = context.origin()?;
            sign_in::prepare(state, attempt, Preparation::Passkey { origin }).await?
        }
        _ => attempt,
    };
    answer(&context, &attempt).await
}

async fn read(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let attempt = own(&context, &id).await?;
    // A page that waits for a link to be opened learns of its new session here.
    let body = load_sign_in(&context.state, &attempt).await?;
    context.respond_with_client(body).await
}

async fn prepare_first_factor(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let attempt = own(&context, &id).await?;
    let form = &context.form;
    let preparation = Preparation::new(
        form.required("strategy")?,
        form.text("email_address_id"),
        form.text("redirect_url"),
        context.azp(),
    )?;
    let attempt = sign_in::prepare(&context.state, attempt, preparation).await?;
    answer(&context, &attempt).await
}

async fn attempt_first_factor(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let attempt = own(&context, &id).await?;
    context.limit(Limited::AttemptSignIn)?;
    let form = &context.form;
    let strategy = form.required("strategy")?;
    if strategy == PASSKEY {
        let (state, client) = (&context.state, context.client()?);
        let signed = form.required("public_key_credential")?;
        let attempt = sign_in::passkey::attempt(state, client, attempt, signed).await?;
        return answer(&context, &attempt).await;
    }
    let proof = Proof::new(strategy, form.get("password"), form.get("code"))?;
    let (state, client) = (&context.state, context.client()?);
    let attempt = sign_in::attempt(state, client, attempt, proof).await?;
    // With the code of a forgotten password, the new one may come along.
    let attempt = match (proof, form.text("password")) {
        (Proof::ResetCode(_), Some(password)) => {
            sign_in::new_password::set(state, client, attempt, password, false).await?
        }
        _ => attempt,
    };
    answer(&context, &attempt).await
}

async fn reset_password(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let attempt = own(&context, &id).await?;
    let (state, client, form) = (&context.state, context.client()?, &context.form);
    let password = form.required("password")?;
    let elsewhere = form.text("sign_out_of_other_sessions") == Some("true");
    let attempt = sign_in::new_password::set(state, client, attempt, password, elsewhere).await?;
    answer(&context, &attempt).await
}

/// Neither authenticator apps nor backup codes have anything to prepare.
async fn prepare_second_factor(
    Path(id): Path<String>,
    context: BrowserContext,
) -> Result<Response> {
    own(&context, &id).await?;
    context.form.required("strategy")?;
    Err(unknown_strategy())
}

async fn attempt_second_factor(
    Path(id): Path<String>,
    context: BrowserContext,
) -> Result<Response> {
    let attempt = own(&context, &id).await?;
    context.limit(Limited::AttemptSignIn)?;
    let (state, client) = (&context.state, context.client()?);
    let strategy = context.form.required("strategy")?;
    let code = context.form.required("code")?;
    let done = sign_in::second_factor::attempt(state, client, attempt, strategy, code);
    answer(&context, &done.await?).await
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
