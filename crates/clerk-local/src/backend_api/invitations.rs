//! `/v1/invitations`: to the application, not into an organization.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{self, get, post},
};
use serde::Deserialize;
use serde_json::Value;

use super::input::{Body, Query};
use crate::{
    LocalState,
    browser_api::organizations::statuses,
    error::{LocalError, Result},
    shapes::{self, invitations::to_application},
    state::{Invitation, InvitationQuery, NewInvitation},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/invitations", get(list).post(create))
        .route("/v1/invitations/bulk", post(create_many))
        .route("/v1/invitations/{id}", routing::delete(delete))
        .route("/v1/invitations/{id}/revoke", post(revoke))
}

/// A bare array, or a page when `paginated=true`.
async fn list(State(state): State<LocalState>, Query(query): Query) -> Result<Json<Value>> {
    let (limit, offset) = query.page()?;
    let wanted = InvitationQuery {
        statuses: statuses(&query)?,
        query: query.text("query").map(str::to_owned),
        order_by: query.text("order_by").map(str::to_owned),
        limit,
        offset,
        ..InvitationQuery::default()
    };
    let (invitations, total) = state.invitations(&wanted).await?;
    let data = bodies(&state, &invitations)?;
    Ok(Json(match query.get("paginated") {
        Some("true") => shapes::page(data, total),
        _ => Value::Array(data),
    }))
}

#[derive(Deserialize)]
struct Create {
    email_address: Option<String>,
    public_metadata: Option<Value>,
    redirect_url: Option<String>,
    notify: Option<bool>,
    ignore_existing: Option<bool>,
    expires_in_days: Option<i64>,
}

impl Create {
    fn into_new(self) -> Result<NewInvitation> {
        Ok(NewInvitation {
            email_address: self
                .email_address
                .ok_or_else(|| LocalError::missing("email_address"))?,
            public_metadata: self.public_metadata,
            redirect_url: self.redirect_url,
            expires_in_days: self.expires_in_days,
            ignore_existing: self.ignore_existing == Some(true),
            silent: self.notify == Some(false),
            ..NewInvitation::default()
        })
    }
}

async fn create(State(state): State<LocalState>, Body(body): Body<Create>) -> Result<Json<Value>> {
    let made = state.create_invitation(body.into_new()?).await?;
    Ok(Json(to_application(&made, &state)?))
}

async fn create_many(
    State(state): State<LocalState>,
    Body(body): Body<Vec<Create>>,
) -> Result<Json<Value>> {
    let new: Result<Vec<NewInvitation>> = body.into_iter().map(Create::into_new).collect();
    let made = state.create_invitations(new?).await?;
    Ok(Json(Value::Array(bodies(&state, &made)?)))
}

async fn revoke(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let revoked = state.revoke_invitation(None, &id).await?;
    Ok(Json(to_application(&revoked, &state)?))
}

/// For good. Clerk's client calls it; the published description does not have it yet.
async fn delete(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    state.delete_invitation(&id).await?;
    Ok(Json(shapes::deleted("invitation", &id)))
}

fn bodies(state: &LocalState, invitations: &[Invitation]) -> Result<Vec<Value>> {
    let shape = |invitation| to_application(invitation, state);
    invitations.iter().map(shape).collect()
}
