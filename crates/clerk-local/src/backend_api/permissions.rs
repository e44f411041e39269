//! `/v1/organization_permissions`.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::get,
};
use serde::Deserialize;
use serde_json::Value;

use super::{
    input::{Body, Query},
    roles::catalog_query,
};
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
    state::{NewPermission, Permission, PermissionChanges},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/organization_permissions", get(list).post(create))
        .route(
            "/v1/organization_permissions/{id}",
            get(read).patch(update).delete(delete),
        )
}

async fn list(State(state): State<LocalState>, Query(query): Query) -> Result<Json<Value>> {
    let (permissions, total) = state.permissions(&catalog_query(&query)?).await?;
    let data = permissions.iter().map(shapes::roles::permission).collect();
    Ok(Json(shapes::page(data, total)))
}

async fn read(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let permission = state.permission(&id).await?;
    Ok(answer(&permission.ok_or_else(LocalError::not_found)?))
}

#[derive(Deserialize)]
struct Create {
    name: Option<String>,
    key: Option<String>,
    description: Option<String>,
}

async fn create(State(state): State<LocalState>, Body(body): Body<Create>) -> Result<Json<Value>> {
    let new = NewPermission {
        name: body.name.ok_or_else(|| LocalError::missing("name"))?,
        key: body.key.ok_or_else(|| LocalError::missing("key"))?,
        description: body.description,
    };
    Ok(answer(&state.create_permission(new).await?))
}

#[derive(Deserialize)]
struct Update {
    name: Option<String>,
    key: Option<String>,
    description: Option<String>,
}

async fn update(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Update>,
) -> Result<Json<Value>> {
    let changes = PermissionChanges {
        name: body.name,
        key: body.key,
        description: body.description,
    };
    Ok(answer(&state.update_permission(&id, changes).await?))
}

async fn delete(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    state.delete_permission(&id).await?;
    Ok(Json(shapes::deleted("permission", &id)))
}

fn answer(permission: &Permission) -> Json<Value> {
    Json(shapes::roles::permission(permission))
}
