//! `/v1/me/totp`: the signed-in person's authenticator app.

use axum::{Router, response::Response, routing::post};

use super::context::BrowserContext;
use crate::{
    LocalState,
    error::Result,
    shapes::{self, factors},
    state::ShownFactors,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/me/totp", post(create).delete(delete))
        .route("/v1/me/totp/attempt_verification", post(confirm))
}

async fn create(context: BrowserContext) -> Result<Response> {
    let user = context.verified_user().await?;
    let totp = context.state.create_totp(&user).await?;
    let body = factors::new_totp(&totp, &user, context.state.options())?;
    context.respond(body).await
}

/// Takes the first code, which counts as second factor of this session.
async fn confirm(context: BrowserContext) -> Result<Response> {
    let session = context.session().await?;
    let code = context.form.required("code")?;
    let unit = context.state.unit().await?;
    let (totp, backup_codes) = unit.confirm_totp(&session.user_id, code).await?;
    let shown = ShownFactors {
        second: true,
        ..ShownFactors::default()
    };
    unit.note_factors(&session.id, shown).await?;
    unit.commit().await?;
    context
        .respond(factors::confirmed_totp(&totp, &backup_codes))
        .await
}

async fn delete(context: BrowserContext) -> Result<Response> {
    let user = context.verified_user().await?;
    let id = context.state.delete_totp(&user.id).await?;
    context.respond(shapes::deleted("totp", &id)).await
}
