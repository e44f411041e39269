//! `/v1/users`.

mod access;
mod body;
mod list;
mod metadata;
mod password;

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, post, put},
};
use serde_json::Value;

use super::input::{Body, Query};
use crate::{
    LocalState,
    browser_api::upload,
    error::{LocalError, Result},
    shapes,
    state::{MembershipQuery, Upload, User},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/users", get(list::list).post(create))
        .route("/v1/users/count", get(list::count))
        .route("/v1/users/ban", post(access::ban_all))
        .route("/v1/users/unban", post(access::unban_all))
        .route("/v1/users/{id}", get(read).patch(update).delete(delete))
        .route(
            "/v1/users/{id}/metadata",
            put(metadata::replace).patch(metadata::merge),
        )
        .route("/v1/users/{id}/ban", post(access::ban))
        .route("/v1/users/{id}/unban", post(access::unban))
        .route("/v1/users/{id}/lock", post(access::lock))
        .route("/v1/users/{id}/unlock", post(access::unlock))
        .route("/v1/users/{id}/verify_password", post(password::verify))
        .route("/v1/users/{id}/remove_password", post(password::remove))
        .route(
            "/v1/users/{id}/password/set_compromised",
            post(password::set_compromised),
        )
        .route(
            "/v1/users/{id}/password/unset_compromised",
            post(password::unset_compromised),
        )
        .route(
            "/v1/users/{id}/profile_image",
            post(set_image).delete(remove_image).layer(upload::limit()),
        )
        .route("/v1/users/{id}/organization_memberships", get(memberships))
}

async fn read(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let user = find(&state, &id).await?;
    Ok(answer(&state, &user))
}

/// The backend vouches for the addresses: they count as verified.
async fn create(
    State(state): State<LocalState>,
    Body(body): Body<body::Create>,
) -> Result<Json<Value>> {
    let locked = body.locked();
    let mut user = state.create_user(body.into_new_user(&state)?).await?;
    if locked {
        user = state.lock_user(&user.id).await?;
    }
    Ok(answer(&state, &user))
}

async fn update(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<body::Update>,
) -> Result<Json<Value>> {
    let user = state.update_user(&id, body.into_changes(&state)?).await?;
    Ok(answer(&state, &user))
}

async fn delete(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    state.delete_user(&id).await?;
    Ok(Json(shapes::deleted("user", &id)))
}

async fn set_image(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Json<Value>> {
    find(&state, &id).await?;
    let user = state.set_user_image(&id, &upload).await?;
    Ok(answer(&state, &user))
}

async fn remove_image(
    State(state): State<LocalState>,
    Path(id): Path<String>,
) -> Result<Json<Value>> {
    let user = state.remove_user_image(&id).await?;
    Ok(answer(&state, &user))
}

async fn memberships(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Json<Value>> {
    let (limit, offset) = query.page()?;
    find(&state, &id).await?;
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

async fn find(state: &LocalState, id: &str) -> Result<User> {
    state.user(id).await?.ok_or_else(LocalError::not_found)
}

fn answer(state: &LocalState, user: &User) -> Json<Value> {
    Json(shapes::backend::user(user, state.options()))
}
