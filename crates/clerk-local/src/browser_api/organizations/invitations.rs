//! `/v1/organizations/{id}/invitations`.

use axum::{
    Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};
use serde_json::Value;

use super::allowed;
use crate::{
    LocalState,
    browser_api::context::{BrowserContext, Form},
    error::{LocalError, Result},
    shapes,
    state::{
        Invitation, InvitationQuery, InvitationStatus, MANAGE_MEMBERS, Membership, NewInvitation,
        OrganizationTarget,
    },
};

/// The most invitations of one request (Clerk: `bulk_size_exceeded`).
const MOST: usize = 10;

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/organizations/{id}/invitations", get(list).post(create))
        .route("/v1/organizations/{id}/invitations/bulk", post(create_many))
        .route("/v1/organizations/{id}/invitations/pending", get(pending))
        .route(
            "/v1/organizations/{id}/invitations/{invitation_id}/revoke",
            post(revoke),
        )
}

/// The states that a query asks for.
///
/// # Errors
/// 422 `form_param_value_invalid` for one that Clerk does not have.
pub(crate) fn statuses(query: &Form) -> Result<Vec<InvitationStatus>> {
    let wanted = query.all("status").into_iter();
    wanted
        .map(|name| {
            InvitationStatus::named(&name).ok_or_else(|| {
                LocalError::form(
                    422,
                    "form_param_value_invalid",
                    &format!("{name} is not a status of invitations."),
                    "status",
                )
            })
        })
        .collect()
}

async fn list(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let wanted = statuses(&context.query)?;
    answer_page(&context, &id, wanted).await
}

async fn pending(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    answer_page(&context, &id, vec![InvitationStatus::Pending]).await
}

async fn answer_page(
    context: &BrowserContext,
    id: &str,
    statuses: Vec<InvitationStatus>,
) -> Result<Response> {
    let mine = allowed(context, id, MANAGE_MEMBERS).await?;
    let (limit, offset) = context.query.page()?;
    let query = InvitationQuery {
        into_organizations: true,
        organization_id: Some(mine.organization.id.clone()),
        statuses,
        limit,
        offset,
        ..InvitationQuery::default()
    };
    let (invitations, total) = context.state.invitations(&query).await?;
    let data = invitations.iter().map(|one| shape(context, one)).collect();
    context.respond(shapes::page(data, total)).await
}

async fn create(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let mine = allowed(&context, &id, MANAGE_MEMBERS).await?;
    let email = context.form.required("email_address")?;
    let new = invitation(&context, &mine, email)?;
    let made = context.state.create_invitation(new).await?;
    context.respond(shape(&context, &made)).await
}

/// Answers with a bare array, which is what clerk-js reads.
async fn create_many(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let mine = allowed(&context, &id, MANAGE_MEMBERS).await?;
    let emails = context.form.all("email_address");
    if emails.is_empty() {
        return Err(LocalError::missing("email_address"));
    }
    if emails.len() > MOST {
        return Err(LocalError::api(
            400,
            "bulk_size_exceeded",
            &format!("Bulk size exceeded. You can send up to {MOST} invitations at once."),
        ));
    }
    let emails = emails.iter();
    let new: Result<Vec<NewInvitation>> = emails
        .map(|email| invitation(&context, &mine, email))
        .collect();
    let made = context.state.create_invitations(new?).await?;
    let made = made.iter().map(|one| shape(&context, one)).collect();
    context.respond(Value::Array(made)).await
}

/// What a form asks for, for one of its addresses.
fn invitation(
    context: &BrowserContext,
    mine: &Membership,
    email_address: &str,
) -> Result<NewInvitation> {
    Ok(NewInvitation {
        email_address: email_address.to_owned(),
        organization: Some(OrganizationTarget {
            organization_id: mine.organization.id.clone(),
            role: context.form.required("role")?.to_owned(),
            inviter_id: Some(mine.user.id.clone()),
        }),
        silent: context.form.get("notify") == Some("false"),
        ..NewInvitation::default()
    })
}

async fn revoke(
    Path((id, invitation_id)): Path<(String, String)>,
    context: BrowserContext,
) -> Result<Response> {
    let mine = allowed(&context, &id, MANAGE_MEMBERS).await?;
    let organization_id = Some(mine.organization.id.as_str());
    let state = &context.state;
    let revoked = state.revoke_invitation(organization_id, &invitation_id);
    let revoked = revoked.await?;
    context.respond(shape(&context, &revoked)).await
}

fn shape(context: &BrowserContext, invitation: &Invitation) -> Value {
    let state = &context.state;
    shapes::invitations::browser(invitation, state.now_ms(), state.options())
}
