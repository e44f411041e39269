//! `/v1/organization_roles`.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::Value;

use super::input::{Body, Query, present};
use crate::{
    LocalState,
    browser_api::context::Form,
    error::{LocalError, Result},
    shapes,
    state::{CatalogQuery, NewRole, Role, RoleChanges},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/organization_roles", get(list).post(create))
        .route(
            "/v1/organization_roles/{id}",
            get(read).patch(update).delete(delete),
        )
        .route(
            "/v1/organization_roles/{id}/permissions/{permission_id}",
            post(assign).delete(withdraw),
        )
}

/// The query of a list of roles or permissions.
pub(super) fn catalog_query(query: &Form) -> Result<CatalogQuery> {
    let (limit, offset) = query.page()?;
    Ok(CatalogQuery {
        query: query.text("query").map(str::to_owned),
        order_by: query.text("order_by").map(str::to_owned),
        limit,
        offset,
    })
}

async fn list(State(state): State<LocalState>, Query(query): Query) -> Result<Json<Value>> {
    let (roles, total) = state.roles(&catalog_query(&query)?).await?;
    let data = roles.iter().map(shapes::roles::role).collect();
    Ok(Json(shapes::page(data, total)))
}

async fn read(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let role = state.role(&id).await?;
    Ok(answer(&role.ok_or_else(LocalError::not_found)?))
}

#[derive(Deserialize)]
struct Create {
    name: Option<String>,
    key: Option<String>,
    description: Option<String>,
    permissions: Option<Vec<String>>,
}

async fn create(State(state): State<LocalState>, Body(body): Body<Create>) -> Result<Json<Value>> {
    let new = NewRole {
        name: body.name.ok_or_else(|| LocalError::missing("name"))?,
        key: body.key.ok_or_else(|| LocalError::missing("key"))?,
        description: body.description,
        permissions: body.permissions.unwrap_or_default(),
    };
    Ok(answer(&state.create_role(new).await?))
}

/// An absent field stays, an explicit null clears the description.
#[derive(Deserialize)]
struct Update {
    name: Option<String>,
    key: Option<String>,
    #[serde(default, deserialize_with = "present")]
    description: Option<Option<String>>,
    permissions: Option<Vec<String>>,
}

async fn update(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Update>,
) -> Result<Json<Value>> {
    let changes = RoleChanges {
        name: body.name,
        key: body.key,
        description: body.description,
        permissions: body.permissions,
    };
    let role = state.update_role_definition(&id, changes).await?;
    Ok(answer(&role))
}

async fn delete(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    state.delete_role(&id).await?;
    Ok(Json(shapes::deleted("role", &id)))
}

async fn assign(
    State(state): State<LocalState>,
    Path((id, permission_id)): Path<(String, String)>,
) -> Result<Json<Value>> {
    let role = state.assign_permission(&id, &permission_id).await?;
    Ok(answer(&role))
}

async fn withdraw(
    State(state): State<LocalState>,
    Path((id, permission_id)): Path<(String, String)>,
) -> Result<Json<Value>> {
    let role = state.withdraw_permission(&id, &permission_id).await?;
    Ok(answer(&role))
}

fn answer(role: &Role) -> Json<Value> {
    Json(shapes::roles::role(role))
}
