//! `/v1/organizations`, and what belongs to them.

mod invitations;
mod logo;
mod memberships;
mod metadata;

use std::collections::HashSet;

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::get,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{Body, Query};
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
    state::{
        IdFilter, MetadataMode, NewOrganization, Organization, OrganizationChanges,
        OrganizationQuery,
    },
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/organizations", get(list).post(create))
        .route(
            "/v1/organizations/{id}",
            get(read).patch(update).delete(delete),
        )
        .merge(invitations::router())
        .merge(logo::router())
        .merge(memberships::router())
        .merge(metadata::router())
}

async fn list(State(state): State<LocalState>, Query(query): Query) -> Result<Json<Value>> {
    let (limit, offset) = query.page()?;
    let (organizations, total) = state
        .organizations(&OrganizationQuery {
            organization_ids: IdFilter::read(query.all("organization_id")),
            user_ids: IdFilter::read(query.all("user_id")),
            query: query.text("query").map(str::to_owned),
            order_by: query.text("order_by").map(str::to_owned),
            limit,
            offset,
        })
        .await?;
    let managed = managed(&state, &query, &organizations).await?;
    let organizations = organizations
        .iter()
        .map(|organization| shape(&state, organization, managed.as_ref()))
        .collect();
    Ok(Json(shapes::page(organizations, total)))
}

/// By id or by slug, as Clerk does.
async fn read(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Json<Value>> {
    let organization = match state.organization(&id).await? {
        Some(organization) => Some(organization),
        None => state.organization_by_slug(&id).await?,
    };
    let organization = organization.ok_or_else(not_found)?;
    let managed = managed(&state, &query, std::slice::from_ref(&organization)).await?;
    Ok(Json(shape(&state, &organization, managed.as_ref())))
}

/// Which of these have somebody who can run them, if the caller asks for it.
async fn managed(
    state: &LocalState,
    query: &crate::browser_api::context::Form,
    organizations: &[Organization],
) -> Result<Option<HashSet<String>>> {
    if query.get("include_missing_member_with_elevated_permissions") != Some("true") {
        return Ok(None);
    }
    let ids: Vec<&str> = organizations.iter().map(|one| one.id.as_str()).collect();
    Ok(Some(state.organizations_with_a_manager(&ids).await?))
}

fn shape(
    state: &LocalState,
    organization: &Organization,
    managed: Option<&HashSet<String>>,
) -> Value {
    let mut body = shapes::backend::organization(organization, state.options());
    if let Some(managed) = managed {
        let missing = !managed.contains(&organization.id);
        body["missing_member_with_elevated_permissions"] = json!(missing);
    }
    body
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
            created_by: body.created_by,
            by_creator: false,
            max_allowed_memberships: body.max_allowed_memberships.unwrap_or(0).max(0),
            public_metadata: body.public_metadata,
            private_metadata: body.private_metadata,
        })
        .await?;
    Ok(answer(&state, &organization))
}

#[derive(Deserialize)]
struct Update {
    name: Option<String>,
    slug: Option<String>,
    max_allowed_memberships: Option<i64>,
    admin_delete_enabled: Option<bool>,
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
        metadata_mode: MetadataMode::Replace,
        max_allowed_memberships: body.max_allowed_memberships,
        admin_delete_enabled: body.admin_delete_enabled,
    };
    let organization = state.update_organization(&id, changes).await?;
    Ok(answer(&state, &organization))
}

async fn delete(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    state.delete_organization(&id).await?;
    Ok(Json(shapes::deleted("organization", &id)))
}

fn answer(state: &LocalState, organization: &Organization) -> Json<Value> {
    let body = shapes::backend::organization(organization, state.options());
    Json(body)
}

/// 404: there is no such organization.
fn not_found() -> LocalError {
    LocalError::api(404, "resource_not_found", "Given organization not found.")
}
