//! `/v1/organizations/{id}/metadata` and that of its memberships.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::patch,
};
use serde::Deserialize;
use serde_json::Value;

use super::{super::input::Body, answer};
use crate::{
    LocalState,
    error::Result,
    shapes,
    state::{MetadataMode, OrganizationChanges},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/organizations/{id}/metadata", patch(merge).put(replace))
        .route(
            "/v1/organizations/{id}/memberships/{user_id}/metadata",
            patch(merge_of_member).put(replace_of_member),
        )
}

/// Both are optional; what is not given stays as it is.
#[derive(Deserialize)]
struct Given {
    public_metadata: Option<Value>,
    private_metadata: Option<Value>,
}

async fn merge(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(given): Body<Given>,
) -> Result<Json<Value>> {
    change(&state, &id, given, MetadataMode::Merge).await
}

async fn replace(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(given): Body<Given>,
) -> Result<Json<Value>> {
    change(&state, &id, given, MetadataMode::Replace).await
}

async fn change(
    state: &LocalState,
    id: &str,
    given: Given,
    mode: MetadataMode,
) -> Result<Json<Value>> {
    let changes = OrganizationChanges {
        public_metadata: given.public_metadata,
        private_metadata: given.private_metadata,
        metadata_mode: mode,
        ..OrganizationChanges::default()
    };
    let organization = state.update_organization(id, changes).await?;
    Ok(answer(state, &organization))
}

async fn merge_of_member(
    State(state): State<LocalState>,
    Path(ids): Path<(String, String)>,
    Body(given): Body<Given>,
) -> Result<Json<Value>> {
    change_of_member(&state, ids, given, MetadataMode::Merge).await
}

async fn replace_of_member(
    State(state): State<LocalState>,
    Path(ids): Path<(String, String)>,
    Body(given): Body<Given>,
) -> Result<Json<Value>> {
    change_of_member(&state, ids, given, MetadataMode::Replace).await
}

async fn change_of_member(
    state: &LocalState,
    (id, user_id): (String, String),
    given: Given,
    mode: MetadataMode,
) -> Result<Json<Value>> {
    let (public, private) = (given.public_metadata, given.private_metadata);
    let changed = state.update_membership_metadata(&id, &user_id, mode, public, private);
    let body = shapes::backend::membership(&changed.await?, state.options());
    Ok(Json(body))
}
