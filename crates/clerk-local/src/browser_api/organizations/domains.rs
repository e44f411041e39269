//! `GET /v1/organizations/{id}/domains`: whose addresses belong to it.
//!
//! Clerk's profile of an organization asks for them even where the instance has no domains, as
//! its environment says here.

use axum::{Router, extract::Path, response::Response, routing::get};

use super::allowed;
use crate::{
    LocalState, browser_api::context::BrowserContext, error::Result, shapes, state::READ_DOMAINS,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new().route("/v1/organizations/{id}/domains", get(list))
}

async fn list(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    allowed(&context, &id, READ_DOMAINS).await?;
    context.respond(shapes::page(Vec::new(), 0)).await
}
