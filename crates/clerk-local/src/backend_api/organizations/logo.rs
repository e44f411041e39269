//! `/v1/organizations/{id}/logo`.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::put,
};
use serde_json::Value;

use super::{answer, not_found};
use crate::{LocalState, browser_api::upload, error::Result, state::Upload};

pub(super) fn router() -> Router<LocalState> {
    Router::new().route(
        "/v1/organizations/{id}/logo",
        put(set).delete(remove).layer(upload::limit()),
    )
}

async fn set(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Json<Value>> {
    state.organization(&id).await?.ok_or_else(not_found)?;
    let organization = state.set_logo(&id, &upload).await?;
    Ok(answer(&state, &organization))
}

async fn remove(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let organization = state.remove_logo(&id).await?;
    Ok(answer(&state, &organization))
}
