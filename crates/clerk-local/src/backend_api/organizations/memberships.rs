//! `/v1/organizations/{id}/memberships`, and those of all organizations.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, patch},
};
use serde::Deserialize;
use serde_json::Value;

use super::{
    super::input::{Body, Query},
    not_found,
};
use crate::{
    LocalState,
    browser_api::context::Form,
    error::{LocalError, Result},
    shapes,
    state::{Membership, MembershipQuery, MembershipTexts},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/organization_memberships", get(list_all))
        .route("/v1/organizations/{id}/memberships", get(list).post(create))
        .route(
            "/v1/organizations/{id}/memberships/{user_id}",
            patch(update).delete(delete),
        )
}

async fn list_all(State(state): State<LocalState>, Query(query): Query) -> Result<Json<Value>> {
    let query = membership_query(&query, None)?;
    page(&state, &query).await
}

async fn list(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Json<Value>> {
    let query = membership_query(&query, Some(id.clone()))?;
    state.organization(&id).await?.ok_or_else(not_found)?;
    page(&state, &query).await
}

async fn page(state: &LocalState, query: &MembershipQuery) -> Result<Json<Value>> {
    let (memberships, total) = state.memberships(query).await?;
    let body = shapes::backend::membership_page(&memberships, total, state.options());
    Ok(Json(body))
}

/// Newest first unless told otherwise.
fn membership_query(query: &Form, organization_id: Option<String>) -> Result<MembershipQuery> {
    let (limit, offset) = query.page()?;
    let text = |key: &str| query.text(key).map(str::to_owned);
    Ok(MembershipQuery {
        organization_id,
        user_id: None,
        user_ids: query.all("user_id"),
        email_addresses: query.all("email_address"),
        roles: query.all("role"),
        texts: MembershipTexts {
            any: text("query"),
            email_address: text("email_address_query"),
            name: text("name_query"),
        },
        created_at: (
            time(query, "created_at_after")?,
            time(query, "created_at_before")?,
        ),
        last_active_at: (
            time(query, "last_active_at_after")?,
            time(query, "last_active_at_before")?,
        ),
        order_by: text("order_by").or_else(|| Some("-created_at".to_owned())),
        limit,
        offset,
    })
}

/// Unix milliseconds.
fn time(query: &Form, key: &str) -> Result<Option<i64>> {
    let Some(text) = query.text(key) else {
        return Ok(None);
    };
    text.parse().map(Some).map_err(|_| {
        LocalError::form(
            422,
            "form_param_format_invalid",
            &format!("{key} must be a time in unix milliseconds."),
            key,
        )
    })
}

#[derive(Deserialize)]
struct Create {
    user_id: Option<String>,
    role: Option<String>,
    public_metadata: Option<Value>,
    private_metadata: Option<Value>,
}

async fn create(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Create>,
) -> Result<Json<Value>> {
    let user_id = body.user_id.ok_or_else(|| LocalError::missing("user_id"))?;
    let role = body.role.ok_or_else(|| LocalError::missing("role"))?;
    let (public, private) = (body.public_metadata, body.private_metadata);
    let membership = state.add_member_with(&id, &user_id, &role, public, private);
    Ok(answer(&state, &membership.await?))
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
