//! `/v1/me/profile_image`: the person's picture.

use axum::{Router, response::Response, routing::post};

use super::{
    context::BrowserContext,
    upload::{self, WithUpload},
};
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new().route(
        "/v1/me/profile_image",
        post(set).delete(remove).layer(upload::limit()),
    )
}

async fn set(WithUpload(context, upload): WithUpload) -> Result<Response> {
    let user = context.user().await?;
    let user = context.state.set_user_image(&user.id, &upload).await?;
    let id = user.image_id.as_deref().ok_or_else(LocalError::not_found)?;
    context
        .respond(shapes::image(id, context.state.options()))
        .await
}

async fn remove(context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    context.state.remove_user_image(&user.id).await?;
    let id = user.image_id.as_deref().unwrap_or_default();
    context.respond(shapes::deleted("image", id)).await
}
