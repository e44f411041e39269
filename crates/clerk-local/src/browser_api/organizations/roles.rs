//! `GET /v1/organizations/{id}/roles`: what members of it may be.

use axum::{Router, extract::Path, response::Response, routing::get};
use serde_json::{Value, json};

use super::membership;
use crate::{
    LocalState, browser_api::context::BrowserContext, error::Result, shapes, state::CatalogQuery,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new().route("/v1/organizations/{id}/roles", get(list))
}

async fn list(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    membership(&context, &id).await?;
    let (limit, offset) = context.query.page()?;
    let query = CatalogQuery {
        order_by: Some("created_at".to_owned()),
        limit,
        offset,
        ..CatalogQuery::default()
    };
    let (roles, total) = context.state.roles(&query).await?;
    let data: Vec<Value> = roles.iter().map(shapes::roles::role).collect();
    let body = json!({
        "data": data,
        "total_count": total,
        "has_role_set_migration": false,
    });
    context.respond(body).await
}
