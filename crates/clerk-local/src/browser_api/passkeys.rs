//! `/v1/me/passkeys`: the signed-in person's passkeys.

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
    flows::{PASSKEY, unknown_strategy},
    shapes::{self, factors},
    state::Passkey,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/me/passkeys", post(create))
        .route(
            "/v1/me/passkeys/{id}",
            get(read).patch(rename).delete(delete),
        )
        .route("/v1/me/passkeys/{id}/attempt_verification", post(register))
}

/// Begins to register one, for the page that asks.
async fn create(context: BrowserContext) -> Result<Response> {
    let user = context.verified_user().await?;
    let origin = context.origin()?;
    let passkey = context.state.create_passkey(&user.id, origin).await?;
    answer(&context, &passkey).await
}

async fn register(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    if context.form.required("strategy")? != PASSKEY {
        return Err(unknown_strategy());
    }
    let made = context.form.required("public_key_credential")?;
    let passkey = context.state.register_passkey(&user.id, &id, made).await?;
    answer(&context, &passkey).await
}

async fn read(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let passkey = context.state.passkey(&user.id, &id).await?;
    answer(&context, &passkey.ok_or_else(LocalError::not_found)?).await
}

async fn rename(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let name = context.form.required("name")?.trim();
    let passkey = context.state.rename_passkey(&user.id, &id, name).await?;
    answer(&context, &passkey).await
}

async fn delete(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let user = context.verified_user().await?;
    context.state.delete_passkey(&user.id, &id).await?;
    context.respond(shapes::deleted("passkey", &id)).await
}

async fn answer(context: &BrowserContext, passkey: &Passkey) -> Result<Response> {
    context.respond(factors::passkey(passkey)).await
}
