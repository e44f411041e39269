//! `/v1/me/email_addresses`: the person's addresses.

use axum::{
    Json, Router,
    extract::Path,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::Value;

use super::context::BrowserContext;
use crate::{
    LocalState,
    error::Result,
    flows::{EMAIL_CODE, EMAIL_LINK, own_email, unknown_strategy},
    shapes,
    state::EmailAddress,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/me/email_addresses", get(list).post(add))
        .route("/v1/me/email_addresses/{id}", get(read).delete(remove))
        .route(
            "/v1/me/email_addresses/{id}/prepare_verification",
            post(prepare),
        )
        .route(
            "/v1/me/email_addresses/{id}/attempt_verification",
            post(attempt),
        )
}

/// A bare array, as the other lists of what is the person's own.
async fn list(context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let all = user.email_addresses.iter().map(shapes::email_address);
    Ok(Json(Value::Array(all.collect())).into_response())
}

async fn add(context: BrowserContext) -> Result<Response> {
    let user = context.verified_user().await?;
    let email = context.form.required("email_address")?;
    let added = context.state.add_email_address(&user.id, email).await?;
    answer(&context, &added).await
}

async fn read(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    // A page that waits for a link to be opened learns of the person's new address here.
    let body = shapes::email_address(user.email_address(&id)?);
    context.respond_with_client(body).await
}

async fn remove(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let user = context.verified_user().await?;
    context.state.remove_email_address(&user.id, &id).await?;
    context.respond(shapes::deleted("email_address", &id)).await
}

/// Sends what the address is to be verified with.
async fn prepare(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let (state, form) = (&context.state, &context.form);
    let email = match form.required("strategy")? {
        EMAIL_CODE => own_email::send_code(state, &user.id, &id).await?,
        EMAIL_LINK => {
            let page = form.required("redirect_url")?;
            own_email::send_link(state, &user.id, &id, page).await?
        }
        _ => return Err(unknown_strategy()),
    };
    answer(&context, &email).await
}

async fn attempt(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let code = context.form.required("code")?;
    let email = own_email::attempt_code(&context.state, &user.id, &id, code).await?;
    answer(&context, &email).await
}

async fn answer(context: &BrowserContext, email: &EmailAddress) -> Result<Response> {
    context.respond(shapes::email_address(email)).await
}
