//! `/v1/email_addresses`, and `PUT /v1/users/{id}/email_address`.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, post, put},
};
use serde::Deserialize;
use serde_json::Value;

use super::input::Body;
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes::{self, ADMIN_STRATEGY},
    state::{EmailAddressChanges, NewEmailAddress},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/email_addresses", post(create))
        .route(
            "/v1/email_addresses/{id}",
            get(read).patch(update).delete(delete),
        )
        .route("/v1/users/{id}/email_address", put(replace))
}

async fn read(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let address = state.email_address(&id).await?;
    let address = address.ok_or_else(LocalError::not_found)?;
    Ok(Json(shapes::email_address(&address)))
}

#[derive(Deserialize)]
struct Create {
    user_id: Option<String>,
    email_address: Option<String>,
    verified: Option<bool>,
    primary: Option<bool>,
}

async fn create(State(state): State<LocalState>, Body(body): Body<Create>) -> Result<Json<Value>> {
    let user_id = body.user_id.ok_or_else(|| LocalError::missing("user_id"))?;
    let new = NewEmailAddress {
        email_address: body
            .email_address
            .ok_or_else(|| LocalError::missing("email_address"))?,
        verified_by: vouched_for(body.verified == Some(true)),
        primary: body.primary == Some(true),
    };
    let address = state.give_email_address(&user_id, new).await?;
    Ok(Json(shapes::email_address(&address)))
}

#[derive(Deserialize)]
struct Update {
    verified: Option<bool>,
    primary: Option<bool>,
}

async fn update(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Update>,
) -> Result<Json<Value>> {
    let changes = EmailAddressChanges {
        verified_by: body.verified.map(vouched_for),
        primary: body.primary == Some(true),
    };
    let address = state.update_email_address(&id, changes).await?;
    Ok(Json(shapes::email_address(&address)))
}

async fn delete(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let address = state.email_address(&id).await?;
    let address = address.ok_or_else(LocalError::not_found)?;
    state.remove_email_address(&address.user_id, &id).await?;
    Ok(Json(shapes::deleted("email_address", &id)))
}

#[derive(Deserialize)]
struct Replace {
    email_address: Option<String>,
    identification_status: Option<Status>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Status {
    Verified,
    Reserved,
}

/// One address in place of all others.
async fn replace(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Replace>,
) -> Result<Json<Value>> {
    let new = NewEmailAddress {
        email_address: body
            .email_address
            .ok_or_else(|| LocalError::missing("email_address"))?,
        verified_by: vouched_for(body.identification_status != Some(Status::Reserved)),
        primary: true,
    };
    let address = state.replace_email_addresses(&id, new).await?;
    Ok(Json(shapes::email_address(&address)))
}

fn vouched_for(verified: bool) -> Option<String> {
    verified.then(|| ADMIN_STRATEGY.to_owned())
}
