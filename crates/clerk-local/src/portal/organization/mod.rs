//! The active organization: its profile, its members, who is invited, leaving and deleting it.
//!
//! Each part is a file with its section of the page and the forms it answers. What somebody may not
//! do is not offered, and refused all the same.

mod danger;
mod invitations;
mod members;
mod page;
mod profile;

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};

use super::{Answer, PortalError, visit::Visit};
use crate::{
    LocalState,
    browser_api::organizations::check,
    error::{LocalError, Result},
    state::{Membership, Session},
};
use page::Refused;

/// Routes below `/portal/organization`.
pub fn router() -> Router<LocalState> {
    Router::new()
        .route("/organization", get(ask))
        .route("/organization/rename", post(profile::rename))
        .route("/organization/role", post(members::change_role))
        .route("/organization/remove", post(members::remove))
        .route("/organization/invite", post(invitations::invite))
        .route("/organization/revoke", post(invitations::revoke))
        .route("/organization/leave", post(danger::leave))
        .route("/organization/delete", post(danger::delete))
}

/// The page of the active organization; people without one choose one first.
async fn ask(visit: Visit) -> Answer {
    let Some((_, session, _)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first("organization"));
    };
    match active(&visit, &session).await? {
        Some(me) => page::show(&visit, &me, None).await,
        None => Ok(visit.go_to("organizations")),
    }
}

async fn active(visit: &Visit, session: &Session) -> Result<Option<Membership>> {
    match &session.active_organization_id {
        Some(id) => visit.state.membership(&session.user_id, id).await,
        None => Ok(None),
    }
}

/// The person's membership in the organization that a form names, or the way to sign in.
async fn member(visit: &Visit, id: &str) -> Result<Result<Membership, Response>, PortalError> {
    let Some((_, session, _)) = visit.signed_in().await? else {
        return Ok(Err(visit.sign_in_first("organization")));
    };
    let found = visit.state.membership(&session.user_id, id).await?;
    Ok(Ok(found.ok_or_else(crate::mint::organization_not_found)?))
}

/// After a change: the page again, or the form with what is wrong.
async fn shown(
    visit: &Visit,
    me: &Membership,
    outcome: Result<Result<(), LocalError>>,
    refused: impl FnOnce(LocalError) -> Refused,
) -> Answer {
    match outcome? {
        Ok(()) => Ok(visit.go_to("organization")),
        Err(error) => page::show(visit, me, Some(refused(error))).await,
    }
}
