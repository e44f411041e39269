//! `/v1/organizations`.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::get,
};
use serde::Deserialize;
use serde_json::Value;

use super::input::{Body, Query};
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
    state::{NewOrganization, OrganizationChanges, OrganizationQuery},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/organizations", get(list).post(create))
        .route(
            "/v1/organizations/{id}",
            get(read).patch(update).delete(delete),
        )
}

async fn list(State(state): State<LocalState>, Query(query): Query) -> Result<Json<Value>> {
    let (limit, offset) = query.page()?;
    let (organizations, total) = state
        .organizations(&OrganizationQuery {
            organization_ids: query.all("organization_id"),
            query: query.text("query").map(str::to_owned),
            order_by: query.text("order_by").map(str::to_owned),
            limit,
            offset,
        })
        .await?;
    let organizations = organizations
        .iter()
        .map(|organization| shapes::backend::organization(organization, state.options()))
        .collect();
    Ok(Json(shapes::page(organizations, total)))
}

/// By id or by slug, as Clerk does.
async fn read(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let organization = match state.organization(&id).await? {
        Some(organization) => Some(organization),
        None => state.organization_by_slug(&id).await?,
    };
    let organization = organization.ok_or_else(LocalError::not_found)?;
    Ok(Json(shapes::backend::organization(
        &organization,
        state.options(),
    )))
}

#[derive(Deserialize)]
struct Create {
    name: Option<String>,
    slug: Option<String>,
    created_by: Option<String>,
    max_allowed_memberships: Option<i64>,
    public_metadata: Option<Value>,
    private_metadata: Option<Value>,
}

async fn create(State(state): State<LocalState>, Body(body): Body<Create>) -> Result<Json<Value>> {
    let organization = state
        .create_organization_with(NewOrganization {
            name: body.name.ok_or_else(|| LocalError::missing("name"))?,
            slug: body.slug,
            created_by: body
                .created_by
                .ok_or_else(|| LocalError::missing("created_by"))?,
            max_allowed_memberships: body.max_allowed_memberships.unwrap_or(0).max(0),
            public_metadata: body.public_metadata,
            private_metadata: body.private_metadata,
        })
        .await?;
    Ok(Json(shapes::backend::organization(
        &organization,
        state.options(),
    )))
}

#[derive(Deserialize)]
struct Update {
    name: Option<String>,
    slug: Option<String>,
    public_metadata: Option<Value>,
    private_metadata: Option<Value>,
}

async fn update(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Update>,
) -> Result<Json<Value>> {
    let changes = OrganizationChanges {
        name: body.name,
        slug: body.slug,
        public_metadata: body.public_metadata,
        private_metadata: body.private_metadata,
    };
    let organization = state.update_organization(&id, changes).await?;
    Ok(Json(shapes::backend::organization(
        &organization,
        state.options(),
    )))
}

async fn delete(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    state.delete_organization(&id).await?;
    Ok(Json(shapes::deleted("organization", &id)))
}
