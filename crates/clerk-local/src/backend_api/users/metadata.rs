//! `/v1/users/{id}/metadata`: PATCH merges, PUT replaces.

use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use serde_json::Value;

use super::answer;
use crate::{
    LocalState,
    backend_api::input::{Body, present},
    error::Result,
    state::{MetadataMode, UserChanges},
};

/// An absent value stays as it is.
#[derive(Deserialize)]
pub(super) struct Metadata {
    #[serde(default, deserialize_with = "present")]
    public_metadata: Option<Option<Value>>,
    #[serde(default, deserialize_with = "present")]
    private_metadata: Option<Option<Value>>,
    #[serde(default, deserialize_with = "present")]
    unsafe_metadata: Option<Option<Value>>,
}

pub(super) async fn replace(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Metadata>,
) -> Result<Json<Value>> {
    change(&state, &id, body, MetadataMode::Replace).await
}

/// Merging with null changes nothing.
pub(super) async fn merge(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Metadata>,
) -> Result<Json<Value>> {
    change(&state, &id, body, MetadataMode::Merge).await
}

async fn change(
    state: &LocalState,
    id: &str,
    body: Metadata,
    metadata_mode: MetadataMode,
) -> Result<Json<Value>> {
    let given = |value: Option<Option<Value>>| value.map(Option::unwrap_or_default);
    let changes = UserChanges {
        public_metadata: given(body.public_metadata),
        private_metadata: given(body.private_metadata),
        unsafe_metadata: given(body.unsafe_metadata),
        metadata_mode,
        ..UserChanges::default()
    };
    let user = state.update_user(id, changes).await?;
    Ok(answer(state, &user))
}
