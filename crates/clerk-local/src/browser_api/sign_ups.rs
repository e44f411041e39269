//! `/v1/client/sign_ups`: signing up.

use axum::{
    Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};

use super::context::{BrowserContext, Form};
use crate::{
    LocalState,
    error::{LocalError, Result},
    flows::{
        EMAIL_CODE, EMAIL_LINK, PASSWORD, TICKET,
        sign_up::{self, Wishes},
        unknown_strategy,
    },
    shapes,
    state::{Limited, SignUp},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/client/sign_ups", post(create))
        .route("/v1/client/sign_ups/{id}", get(read).patch(update))
        .route(
            "/v1/client/sign_ups/{id}/prepare_verification",
            post(prepare_verification),
        )
        .route(
            "/v1/client/sign_ups/{id}/attempt_verification",
            post(attempt_verification),
        )
}

async fn create(context: BrowserContext) -> Result<Response> {
    let client = context.client()?;
    context.limit(Limited::CreateSignUp)?;
    let wishes = wishes(&context.form)?;
    let attempt = sign_up::start(&context.state, client, wishes).await?;
    answer(&context, &attempt).await
}

async fn read(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let attempt = own(&context, &id).await?;
    // A page that waits for a link to be opened learns of its new session here.
    let body = shapes::attempts::sign_up(&attempt, context.state.options());
    context.respond_with_client(body).await
}

async fn update(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let attempt = own(&context, &id).await?;
    let wishes = wishes(&context.form)?;
    let attempt = sign_up::update(&context.state, context.client()?, attempt, wishes).await?;
    answer(&context, &attempt).await
}

async fn prepare_verification(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let attempt = own(&context, &id).await?;
    let (state, form) = (&context.state, &context.form);
    let attempt = match form.required("strategy")? {
        EMAIL_CODE => sign_up::send_code(state, attempt).await?,
        EMAIL_LINK => {
            let page = form.required("redirect_url")?;
            sign_up::email_link::send(state, attempt, page).await?
        }
        _ => return Err(unknown_strategy()),
    };
    answer(&context, &attempt).await
}

async fn attempt_verification(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let attempt = own(&context, &id).await?;
    context.limit(Limited::AttemptSignUp)?;
    let form = &context.form;
    if form.required("strategy")? != EMAIL_CODE {
        return Err(unknown_strategy());
    }
    let code = form.required("code")?;
    let attempt = sign_up::attempt_code(&context.state, context.client()?, attempt, code).await?;
    answer(&context, &attempt).await
}

/// What the form says about the person. The client sends `null` as an empty value, which clears a
/// name and is no password and no address.
fn wishes(form: &Form) -> Result<Wishes> {
    let strategy = form.text("strategy");
    if strategy.is_some_and(|strategy| ![PASSWORD, EMAIL_CODE, TICKET].contains(&strategy)) {
        return Err(unknown_strategy());
    }
    let ticket = match strategy {
        Some(TICKET) => Some(form.required("ticket")?),
        _ => form.text("ticket"),
    };
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Ok(Wishes {
        email_address: owned(form.text("email_address")),
        password: owned(form.get("password").filter(|password| !password.is_empty())),
        first_name: owned(form.get("first_name")),
        last_name: owned(form.get("last_name")),
        ticket: owned(ticket),
        unsafe_metadata: form.json_object("unsafe_metadata")?,
    })
}

/// The attempt, if it belongs to this browser.
async fn own(context: &BrowserContext, id: &str) -> Result<SignUp> {
    let client = context.client()?;
    let attempt = context.state.sign_up(id).await?;
    attempt
        .filter(|attempt| attempt.client_id == client.id)
        .ok_or_else(LocalError::not_found)
}

async fn answer(context: &BrowserContext, attempt: &SignUp) -> Result<Response> {
    let body = shapes::attempts::sign_up(attempt, context.state.options());
    context.respond(body).await
}
