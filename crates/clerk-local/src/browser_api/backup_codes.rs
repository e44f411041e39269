//! `/v1/me/backup_codes`: new backup codes for the signed-in person.

use axum::{Router, response::Response, routing::post};

use super::context::BrowserContext;
use crate::{LocalState, error::Result, shapes::factors};

pub(super) fn router() -> Router<LocalState> {
    Router::new().route("/v1/me/backup_codes", post(create))
}

async fn create(context: BrowserContext) -> Result<Response> {
    let user = context.verified_user().await?;
    let codes = context.state.replace_backup_codes(&user.id).await?;
    let body = factors::backup_codes(&user, &codes, context.state.now_ms());
    context.respond(body).await
}
