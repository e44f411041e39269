//! `/v1/organizations/{id}/invitations`, and those of all organizations and of one person.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::Value;

use super::{
    super::input::{Body, Query},
    not_found,
};
use crate::{
    LocalState,
    browser_api::{
        context::Form,
        organizations::{check, statuses},
    },
    error::{LocalError, Result},
    shapes,
    state::{
        Invitation, InvitationQuery, InvitationStatus, MANAGE_MEMBERS, NewInvitation,
        OrganizationTarget,
    },
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/organization_invitations", get(list_all))
        .route("/v1/users/{id}/organization_invitations", get(list_of_user))
        .route("/v1/organizations/{id}/invitations", get(list).post(create))
        .route("/v1/organizations/{id}/invitations/bulk", post(create_many))
        .route("/v1/organizations/{id}/invitations/pending", get(pending))
        .route(
            "/v1/organizations/{id}/invitations/{invitation_id}",
            get(read),
        )
        .route(
            "/v1/organizations/{id}/invitations/{invitation_id}/revoke",
            post(revoke),
        )
}

async fn list_all(State(state): State<LocalState>, Query(query): Query) -> Result<Json<Value>> {
    page(&state, invitation_query(&query)?).await
}

async fn list(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Json<Value>> {
    state.organization(&id).await?.ok_or_else(not_found)?;
    let query = InvitationQuery {
        organization_id: Some(id),
        email_addresses: query.all("email_address"),
        ..invitation_query(&query)?
    };
    page(&state, query).await
}

async fn pending(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Json<Value>> {
    state.organization(&id).await?.ok_or_else(not_found)?;
    let query = InvitationQuery {
        organization_id: Some(id),
        statuses: vec![InvitationStatus::Pending],
        ..invitation_query(&query)?
    };
    page(&state, query).await
}

/// Invitations to any of the person's addresses.
async fn list_of_user(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Json<Value>> {
    let user = state.user(&id).await?.ok_or_else(LocalError::not_found)?;
    let addresses = user.email_addresses.iter();
    let email_addresses: Vec<String> = addresses.map(|email| email.lookup_key.clone()).collect();
    if email_addresses.is_empty() {
        return Ok(Json(shapes::page(Vec::new(), 0)));
    }
    let query = InvitationQuery {
        email_addresses,
        ..invitation_query(&query)?
    };
    page(&state, query).await
}

fn invitation_query(query: &Form) -> Result<InvitationQuery> {
    let (limit, offset) = query.page()?;
    Ok(InvitationQuery {
        into_organizations: true,
        statuses: statuses(query)?,
        query: query.text("query").map(str::to_owned),
        order_by: query.text("order_by").map(str::to_owned),
        limit,
        offset,
        ..InvitationQuery::default()
    })
}

async fn page(state: &LocalState, query: InvitationQuery) -> Result<Json<Value>> {
    let (invitations, total) = state.invitations(&query).await?;
    Ok(Json(shapes::page(bodies(state, &invitations)?, total)))
}

#[derive(Deserialize)]
struct Create {
    email_address: Option<String>,
    role: Option<String>,
    inviter_user_id: Option<String>,
    public_metadata: Option<Value>,
    private_metadata: Option<Value>,
    redirect_url: Option<String>,
    expires_in_days: Option<i64>,
    notify: Option<bool>,
}

impl Create {
    /// Checks what belongs to one invitation; the inviter has to be allowed to invite.
    async fn into_new(self, state: &LocalState, id: &str) -> Result<NewInvitation> {
        let missing = LocalError::missing;
        if let Some(inviter_id) = &self.inviter_user_id {
            let inviter = state.membership(inviter_id, id).await?;
            let inviter = inviter.ok_or_else(LocalError::not_found)?;
            check(&inviter, MANAGE_MEMBERS)?;
        }
        Ok(NewInvitation {
            email_address: self.email_address.ok_or_else(|| missing("email_address"))?,
            organization: Some(OrganizationTarget {
                organization_id: id.to_owned(),
                role: self.role.ok_or_else(|| missing("role"))?,
                inviter_id: self.inviter_user_id,
            }),
            public_metadata: self.public_metadata,
            private_metadata: self.private_metadata,
            redirect_url: self.redirect_url,
            expires_in_days: self.expires_in_days,
            ignore_existing: false,
            silent: self.notify == Some(false),
        })
    }
}

async fn create(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Create>,
) -> Result<Json<Value>> {
    let new = body.into_new(&state, &id).await?;
    let made = state.create_invitation(new).await?;
    Ok(Json(body_of(&state, &made)?))
}

async fn create_many(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Vec<Create>>,
) -> Result<Json<Value>> {
    let mut new = Vec::with_capacity(body.len());
    for one in body {
        new.push(one.into_new(&state, &id).await?);
    }
    let made = state.create_invitations(new).await?;
    let total = u64::try_from(made.len()).unwrap_or(u64::MAX);
    Ok(Json(shapes::page(bodies(&state, &made)?, total)))
}

async fn read(
    State(state): State<LocalState>,
    Path((id, invitation_id)): Path<(String, String)>,
) -> Result<Json<Value>> {
    let found = state.invitation(&invitation_id).await?;
    let found = found.filter(|one| one.organization_id.as_ref() == Some(&id));
    let found = found.ok_or_else(LocalError::not_found)?;
    Ok(Json(body_of(&state, &found)?))
}

#[derive(Deserialize)]
struct Revoke {
    requesting_user_id: Option<String>,
}

/// In the name of `requesting_user_id`, if one is given.
async fn revoke(
    State(state): State<LocalState>,
    Path((id, invitation_id)): Path<(String, String)>,
    Body(body): Body<Revoke>,
) -> Result<Json<Value>> {
    if let Some(user_id) = &body.requesting_user_id {
        let asking = state.membership(user_id, &id).await?;
        check(&asking.ok_or_else(LocalError::not_found)?, MANAGE_MEMBERS)?;
    }
    let revoked = state.revoke_invitation(Some(&id), &invitation_id).await?;
    Ok(Json(body_of(&state, &revoked)?))
}

fn bodies(state: &LocalState, invitations: &[Invitation]) -> Result<Vec<Value>> {
    invitations.iter().map(|one| body_of(state, one)).collect()
}

fn body_of(state: &LocalState, invitation: &Invitation) -> Result<Value> {
    shapes::invitations::backend(invitation, state, state.now_ms())
}
