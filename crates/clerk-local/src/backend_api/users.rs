//! `/v1/users`.

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
    browser_api::context::Form,
    error::{LocalError, Result},
    shapes,
    state::{MembershipQuery, NewUser, UserChanges, UserQuery},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/users", get(list).post(create))
        .route("/v1/users/count", get(count))
        .route("/v1/users/{id}", get(read).patch(update).delete(delete))
        .route("/v1/users/{id}/organization_memberships", get(memberships))
}

/// A bare array, unlike every other list.
async fn list(State(state): State<LocalState>, Query(query): Query) -> Result<Json<Value>> {
    let (users, _) = state.users(&user_query(&query)?).await?;
    let users: Vec<Value> = users
        .iter()
        .map(|user| shapes::backend::user(user, state.options()))
        .collect();
    Ok(Json(Value::Array(users)))
}

async fn count(State(state): State<LocalState>, Query(query): Query) -> Result<Json<Value>> {
    let (_, total) = state.users(&user_query(&query)?).await?;
    Ok(Json(
        json!({ "object": "total_count", "total_count": total }),
    ))
}

async fn read(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let user = state.user(&id).await?.ok_or_else(LocalError::not_found)?;
    Ok(Json(shapes::backend::user(&user, state.options())))
}

/// What a person is created from; fields the local instance has no use for are ignored.
#[derive(Deserialize)]
struct Create {
    #[serde(default)]
    email_address: Vec<String>,
    password: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    external_id: Option<String>,
    public_metadata: Option<Value>,
    private_metadata: Option<Value>,
    unsafe_metadata: Option<Value>,
}

/// The backend vouches for the address: it counts as verified.
async fn create(State(state): State<LocalState>, Body(body): Body<Create>) -> Result<Json<Value>> {
    let email = body
        .email_address
        .into_iter()
        .next()
        .ok_or_else(|| LocalError::missing("email_address"))?;
    let new = NewUser {
        email,
        first_name: body.first_name,
        last_name: body.last_name,
        password: body.password,
        password_digest: None,
        email_verified: true,
        external_id: body.external_id,
        public_metadata: body.public_metadata,
        private_metadata: body.private_metadata,
        unsafe_metadata: body.unsafe_metadata,
    };
    let user = state.create_user(new).await?;
    Ok(Json(shapes::backend::user(&user, state.options())))
}

/// What may change; an absent field stays, an explicit null clears a name.
#[derive(Deserialize)]
struct Update {
    #[serde(default, deserialize_with = "present")]
    first_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    last_name: Option<Option<String>>,
    password: Option<String>,
    public_metadata: Option<Value>,
    private_metadata: Option<Value>,
    unsafe_metadata: Option<Value>,
}

/// Tells an explicit null from an absent field.
fn present<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

async fn update(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Update>,
) -> Result<Json<Value>> {
    let changes = UserChanges {
        first_name: body.first_name,
        last_name: body.last_name,
        password: body.password,
        public_metadata: body.public_metadata,
        private_metadata: body.private_metadata,
        unsafe_metadata: body.unsafe_metadata,
        ..UserChanges::default()
    };
    let user = state.update_user(&id, changes).await?;
    Ok(Json(shapes::backend::user(&user, state.options())))
}

async fn delete(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    state.delete_user(&id).await?;
    Ok(Json(shapes::deleted("user", &id)))
}

async fn memberships(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Json<Value>> {
    let (limit, offset) = query.page()?;
    state.user(&id).await?.ok_or_else(LocalError::not_found)?;
    let (memberships, total) = state
        .memberships(&MembershipQuery {
            user_id: Some(id),
            limit,
            offset,
            ..MembershipQuery::default()
        })
        .await?;
    let body = shapes::backend::membership_page(&memberships, total, state.options());
    Ok(Json(body))
}

fn user_query(query: &Form) -> Result<UserQuery> {
    let (limit, offset) = query.page()?;
    Ok(UserQuery {
        user_ids: query.all("user_id"),
        email_addresses: query.all("email_address"),
        query: query.text("query").map(str::to_owned),
        order_by: query.text("order_by").map(str::to_owned),
        limit,
        offset,
    })
}
