//! `/v1/organizations/{id}/memberships`.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, patch},
};
use serde::Deserialize;
use serde_json::Value;

use super::input::{Body, Query};
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
    state::{Membership, MembershipQuery},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/organizations/{id}/memberships", get(list).post(create))
        .route(
            "/v1/organizations/{id}/memberships/{user_id}",
            patch(update).delete(delete),
        )
}

async fn list(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Json<Value>> {
    let (limit, offset) = query.page()?;
    let organization = state.organization(&id).await?;
    organization.ok_or_else(LocalError::not_found)?;
    let (memberships, total) = state
        .memberships(&MembershipQuery {
            organization_id: Some(id),
            user_id: query.text("user_id").map(str::to_owned),
            roles: query.all("role"),
            query: query.text("query").map(str::to_owned),
            newest_first: query.get("order_by") == Some("-created_at"),
            limit,
            offset,
        })
        .await?;
    let body = shapes::backend::membership_page(&memberships, total, state.options());
    Ok(Json(body))
}

#[derive(Deserialize)]
struct Create {
    user_id: Option<String>,
    role: Option<String>,
}

async fn create(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Create>,
) -> Result<Json<Value>> {
    let user_id = body.user_id.ok_or_else(|| LocalError::missing("user_id"))?;
    let role = body.role.ok_or_else(|| LocalError::missing("role"))?;
    let membership = state.add_member(&id, &user_id, &role).await?;
    Ok(answer(&state, &membership))
}

#[derive(Deserialize)]
struct Update {
    role: Option<String>,
}

async fn update(
    State(state): State<LocalState>,
    Path((id, user_id)): Path<(String, String)>,
    Body(body): Body<Update>,
) -> Result<Json<Value>> {
    let role = body.role.ok_or_else(|| LocalError::missing("role"))?;
    let membership = state.update_role(&id, &user_id, &role).await?;
    Ok(answer(&state, &membership))
}

/// Answers with the membership as it was, as Clerk does.
async fn delete(
    State(state): State<LocalState>,
    Path((id, user_id)): Path<(String, String)>,
) -> Result<Json<Value>> {
    let membership = state.remove_member(&id, &user_id).await?;
    Ok(answer(&state, &membership))
}

fn answer(state: &LocalState, membership: &Membership) -> Json<Value> {
    Json(shapes::backend::membership(membership, state.options()))
}
