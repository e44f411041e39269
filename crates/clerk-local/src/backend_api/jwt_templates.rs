//! `/v1/jwt_templates`.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::get,
};
use serde_json::Value;

use super::input::{Body, Query};
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
    state::JwtTemplateForm,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/jwt_templates", get(list).post(create))
        .route(
            "/v1/jwt_templates/{id}",
            get(read).patch(update).delete(delete),
        )
}

/// `paginated=true` wraps the list, otherwise it is a bare array.
async fn list(State(state): State<LocalState>, Query(query): Query) -> Result<Json<Value>> {
    let (limit, offset) = query.page()?;
    let (templates, total) = state.jwt_templates(limit, offset).await?;
    let templates: Vec<Value> = templates.iter().map(shapes::jwt_template).collect();
    Ok(Json(match query.get("paginated") == Some("true") {
        true => shapes::page(templates, total),
        false => Value::Array(templates),
    }))
}

async fn create(
    State(state): State<LocalState>,
    Body(form): Body<JwtTemplateForm>,
) -> Result<Json<Value>> {
    let template = state.create_jwt_template(form).await?;
    Ok(Json(shapes::jwt_template(&template)))
}

async fn read(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let template = state.jwt_template(&id).await?;
    let template = template.ok_or_else(LocalError::not_found)?;
    Ok(Json(shapes::jwt_template(&template)))
}

async fn update(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(form): Body<JwtTemplateForm>,
) -> Result<Json<Value>> {
    let template = state.update_jwt_template(&id, form).await?;
    Ok(Json(shapes::jwt_template(&template)))
}

async fn delete(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    state.delete_jwt_template(&id).await?;
    Ok(Json(shapes::deleted("jwt_template", &id)))
}
