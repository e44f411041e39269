//! `/v1/me/organization_…`: the person's own memberships and invitations.

use axum::{
    Router,
    extract::Path,
    response::Response,
    routing::{delete, get, post},
};
use serde_json::{Value, json};

use super::{invitations::statuses, membership};
use crate::{
    LocalState,
    browser_api::context::BrowserContext,
    error::{LocalError, Result},
    shapes,
    state::{InvitationQuery, MembershipQuery, User},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/me/organization_memberships", get(memberships))
        .route("/v1/me/organization_memberships/{id}", delete(leave))
        .route("/v1/me/organization_invitations", get(invitations))
        .route("/v1/me/organization_invitations/{id}/accept", post(accept))
        .route("/v1/me/organization_suggestions", get(suggestions))
        .route(
            "/v1/me/organization_creation_defaults",
            get(creation_defaults),
        )
}

async fn memberships(context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let (limit, offset) = context.query.page()?;
    let query = MembershipQuery {
        user_id: Some(user.id.clone()),
        limit,
        offset,
        ..MembershipQuery::default()
    };
    let (memberships, total) = context.state.memberships(&query).await?;
    let options = context.state.options();
    let body = shapes::browser::membership_page(&memberships, total, options);
    context.respond(body).await
}

/// Everybody may leave, except the last one who can run the organization.
async fn leave(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let mine = membership(&context, &id).await?;
    let gone = context
        .state
        .remove_member(&mine.organization.id, &mine.user.id)
        .await?;
    context
        .respond(shapes::deleted("organization_membership", &gone.id))
        .await
}

/// Invitations to the addresses that are shown to be the person's.
async fn invitations(context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let (limit, offset) = context.query.page()?;
    let statuses = statuses(&context.query)?;
    let email_addresses = verified_addresses(&user);
    if email_addresses.is_empty() {
        return context.respond(shapes::page(Vec::new(), 0)).await;
    }
    let query = InvitationQuery {
        into_organizations: true,
        statuses,
        email_addresses,
        limit,
        offset,
        ..InvitationQuery::default()
    };
    let state = &context.state;
    let (invitations, total) = state.invitations(&query).await?;
    let shape = |one| shapes::invitations::browser(one, state.now_ms(), state.options());
    let data: Vec<Value> = invitations.iter().map(shape).collect();
    context.respond(shapes::page(data, total)).await
}

/// Joins the organization; somebody else's invitation is as good as none.
async fn accept(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let state = &context.state;
    let invitation = state.invitation(&id).await?;
    let invitation = invitation
        .filter(|invitation| {
            let mut verified = user.email_addresses.iter().filter(|email| email.verified);
            invitation.organization_id.is_some()
                && verified.any(|email| email.lookup_key == invitation.lookup_key)
        })
        .ok_or_else(|| no_invitation(&id))?;
    state.accept_invitation(&invitation.id, &user.id).await?;
    let accepted = state.invitation(&id).await?;
    let accepted = accepted.ok_or_else(|| no_invitation(&id))?;
    let body = shapes::invitations::browser(&accepted, state.now_ms(), state.options());
    context.respond(body).await
}

fn no_invitation(id: &str) -> LocalError {
    LocalError::api(
        404,
        "organization_invitation_not_found",
        &format!("No invitation found with id {id}."),
    )
}

fn verified_addresses(user: &User) -> Vec<String> {
    let addresses = user.email_addresses.iter().filter(|email| email.verified);
    addresses.map(|email| email.lookup_key.clone()).collect()
}

/// Organizations suggest themselves by their domains; without domains nobody is suggested one.
async fn suggestions(context: BrowserContext) -> Result<Response> {
    context.user().await?;
    context.respond(shapes::page(Vec::new(), 0)).await
}

/// What a form for a new organization starts with.
async fn creation_defaults(context: BrowserContext) -> Result<Response> {
    context.user().await?;
    let defaults = json!({
        "object": "organization_creation_defaults",
        "advisory": null,
        "form": { "name": "", "slug": "", "logo": null, "blur_hash": null },
    });
    context.respond(defaults).await
}
