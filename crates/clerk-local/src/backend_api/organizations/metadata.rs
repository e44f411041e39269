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
    state::{MetadataChange, OrganizationChanges},
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

type Change = fn(Value) -> MetadataChange;

async fn merge(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(given): Body<Given>,
) -> Result<Json<Value>> {
    change(&state, &id, given, MetadataChange::Merge).await
}

async fn replace(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(given): Body<Given>,
) -> Result<Json<Value>> {
    change(&state, &id, given, MetadataChange::Replace).await
}

async fn change(state: &LocalState, id: &str, given: Given, how: Change) -> Result<Json<Value>> {
    let changes = OrganizationChanges {
        public_metadata: given.public_metadata.map(how),
        private_metadata: given.private_metadata.map(how),
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
    change_of_member(&state, ids, given, MetadataChange::Merge).await
}

async fn replace_of_member(
    State(state): State<LocalState>,
    Path(ids): Path<(String, String)>,
    Body(given): Body<Given>,
) -> Result<Json<Value>> {
    change_of_member(&state, ids, given, MetadataChange::Replace).await
}

async fn change_of_member(
    state: &LocalState,
    (id, user_id): (String, String),
    given: Given,
    how: Change,
) -> Result<Json<Value>> {
    let public = given.public_metadata.map(how);
    let private = given.private_metadata.map(how);
    let changed = state.update_membership_metadata(&id, &user_id, public, private);
    let body = shapes::backend::membership(&changed.await?, state.options());
    Ok(Json(body))
}
