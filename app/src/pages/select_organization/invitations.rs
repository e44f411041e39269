//! Invitations to organizations that wait for the person's answer.

use std::time::Duration;

use clerk::{
    api::{ApiError, ListUserInvitations, OrganizationInvitation, User},
    session::Session,
};
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use tokio::time::timeout;

use super::SELECT_ORGANIZATION;
use crate::{
    components::{header::Avatar, time::Time},
    context::{RequestContext, request_context},
    error::AppError,
    forms::{Done, Posted},
    identity,
    language::texts,
    notice::Notice,
    pages::overview::overview_of,
};

/// How long the page waits for Clerk; the rest of it needs nobody.
const PATIENCE: Duration = Duration::from_secs(2);
/// The most that are shown: Clerk's largest page.
const SHOWN: u32 = 500;

/// The person's pending invitations; none when Clerk does not tell in time.
pub async fn pending(
    context: &RequestContext,
    session: &Session,
) -> Option<Vec<OrganizationInvitation>> {
    match timeout(PATIENCE, ask(context, session)).await {
        Ok(Ok(invitations)) => Some(invitations),
        Ok(Err(error)) => {
            tracing::warn!(%error, "Clerk does not tell about invitations");
            None
        }
        Err(_) => {
            tracing::warn!("Clerk is too slow to tell about invitations");
            None
        }
    }
}

/// Only those to addresses that the person has shown to be theirs: anybody can write any address
/// into an account.
async fn ask(
    context: &RequestContext,
    session: &Session,
) -> Result<Vec<OrganizationInvitation>, ApiError> {
    let users = context.clerk.users();
    let wanted = ListUserInvitations {
        status: Some("pending".to_owned()),
        limit: Some(SHOWN),
        ..ListUserInvitations::default()
    };
    let id = session.user_id();
    let page = users.list_organization_invitations(id, &wanted).await?;
    if page.data.is_empty() {
        return Ok(page.data);
    }
    let user = users.get(id).await?;
    let own = page.data.into_iter();
    Ok(own.filter(|one| is_to(&user, one)).collect())
}

/// Whether an invitation went to an address that the user has shown to be theirs.
fn is_to(user: &User, invitation: &OrganizationInvitation) -> bool {
    let to = &invitation.email_address;
    let mut addresses = user.email_addresses.iter();
    addresses.any(|own| own.is_verified() && own.email_address.eq_ignore_ascii_case(to))
}

/// The invitations, each with a button that accepts it.
#[component]
pub fn Invitations(pending: Option<Vec<OrganizationInvitation>>) -> impl IntoView {
    let texts = texts();
    let content = match pending {
        None => Some(view! { <p class="page-note">{texts.invitations_unknown()}</p> }.into_any()),
        Some(pending) if pending.is_empty() => None,
        Some(pending) => {
            let rows = pending.into_iter().map(row).collect_view();
            Some(view! { <ul class="rows">{rows}</ul> }.into_any())
        }
    };
    content
        .map(|content| {
            view! {
                <section aria-labelledby="your-invitations">
                    <h2 id="your-invitations">{texts.invitations_title()}</h2>
                    {content}
                </section>
            }
        })
        .into_any()
}

fn row(invitation: OrganizationInvitation) -> impl IntoView {
    let texts = texts();
    let (name, logo) = match invitation.public_organization_data {
        Some(known) => (known.name, known.has_image.then_some(known.image_url)),
        None => (invitation.organization_id.to_string(), None),
    };
    view! {
        <li class="row">
            <span class="row-name">
                <Avatar name=name.clone() logo=logo/>
                <span class="row-title">
                    <span dir="auto">{name.clone()}</span>
                    <span class="menu-item-note">{invitation.role_name}</span>
                </span>
            </span>
            <span class="row-time">
                <span class="visually-hidden">{texts.invitations_since()} " "</span>
                <Time at_ms=invitation.created_at/>
            </span>
            <form method="post" action=AcceptInvitation::PATH>
                <input type="hidden" name="id" value=invitation.id/>
                <button class="button button-primary" type="submit">
                    {texts.invitations_accept()}
                    <span class="visually-hidden">" " {name}</span>
                </button>
            </form>
        </li>
    }
    .into_any()
}

/// Makes the person a member of the organization that the invitation `id` is to.
///
/// # Errors
/// [`AppError::NotFound`] for an invitation that is not theirs, or not pending any more.
#[server(endpoint = "organizations/accept")]
pub async fn accept_invitation(id: String) -> Result<(), AppError> {
    let outcome = accept(&id).await;
    Posted {
        function: AcceptInvitation::PATH,
        page: SELECT_ORGANIZATION.to_owned(),
        kept: &[],
    }
    .answer(outcome)
}

/// Clerk's backend API can't accept for somebody, so the membership is made as invited, and the
/// invitation, which has served, is taken back.
async fn accept(id: &str) -> Result<Done, AppError> {
    let context = request_context()?;
    let session = context.session()?;
    let invitation = ask(&context, session)
        .await?
        .into_iter()
        .find(|invitation| invitation.id == id)
        .ok_or(AppError::NotFound)?;
    let organizations = context.clerk.organizations();
    let organization = &invitation.organization_id;
    let membership = organizations
        .create_membership(organization, session.user_id(), &invitation.role)
        .await
        .map_err(refused)?;
    tracing::info!(organization.id = %organization, invitation.id = id, "invitation accepted");
    let revoked = organizations
        .revoke_invitation(organization, id, None)
        .await;
    if let Err(error) = revoked {
        // It stays in the list until it lapses; accepted again, it changes nothing.
        tracing::warn!(%error, invitation.id = id, "an accepted invitation is still pending");
    }
    identity::read(&context, session).await?;
    let joined = membership.organization;
    Ok(Done {
        page: overview_of(joined.slug.as_deref().unwrap_or(joined.id.as_str())),
        notice: Some(Notice::InvitationAccepted),
    })
}

/// What Clerk's refusal means here (Clerk: API error codes).
fn refused(error: ApiError) -> AppError {
    match error.code() {
        Some("organization_membership_quota_exceeded") => AppError::NoPlaceLeft,
        _ if error.is_not_found() => AppError::NotFound,
        _ => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_address_that_was_never_shown_to_be_ones_own_opens_nothing() {
        let user = |status: &str| -> User {
            serde_json::from_value(json!({
                "id": "user_carl", "created_at": 1, "updated_at": 1,
                "email_addresses": [{
                    "id": "idn_1", "email_address": "dora@example.test",
                    "verification": { "status": status }
                }]
            }))
            .unwrap()
        };
        let invitation = |to: &str| -> OrganizationInvitation {
            serde_json::from_value(json!({
                "id": "orginv_1", "email_address": to, "role": "org:member",
                "organization_id": "org_acme"
            }))
            .unwrap()
        };
        let to_dora = invitation("Dora@example.test");
        assert!(is_to(&user("verified"), &to_dora));
        assert!(!is_to(&user("unverified"), &to_dora));
        assert!(!is_to(&user("verified"), &invitation("ada@acme.test")));
    }
}
