//! `/v1/organizations/{id}/logo`.

use axum::{Router, extract::Path, response::Response, routing::put};

use super::{allowed, answer};
use crate::{
    LocalState,
    browser_api::{
        context::BrowserContext,
        upload::{self, WithUpload},
    },
    error::Result,
    state::MANAGE_ORGANIZATION,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new().route(
        "/v1/organizations/{id}/logo",
        put(set).delete(remove).layer(upload::limit()),
    )
}

async fn set(Path(id): Path<String>, WithUpload(context, upload): WithUpload) -> Result<Response> {
    let mine = allowed(&context, &id, MANAGE_ORGANIZATION).await?;
    let id = &mine.organization.id;
    let changed = context.state.set_logo(id, &upload).await?;
    answer(&context, &changed).await
}

async fn remove(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let mine = allowed(&context, &id, MANAGE_ORGANIZATION).await?;
    let changed = context.state.remove_logo(&mine.organization.id).await?;
    answer(&context, &changed).await
}
