//! `GET /v1/organization_roles`: the two built-in roles.

use axum::{Json, Router, extract::State, routing::get};
use serde_json::Value;

use crate::{
    LocalState, shapes,
    state::{ADMIN, MEMBER},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new().route("/v1/organization_roles", get(list))
}

async fn list(State(state): State<LocalState>) -> Json<Value> {
    let since = state.instance().created_at;
    let roles = [ADMIN, MEMBER].map(|key| shapes::backend::role(key, since));
    Json(shapes::page(roles.to_vec(), 2))
}
