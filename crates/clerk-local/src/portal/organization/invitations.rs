//! Who is invited.

use maud::{Markup, html};
use serde::Deserialize;

use super::{
    check, member,
    members::{button, roles},
    page::{Refused, RefusedForm, about, role_choice},
    shown,
};
use crate::{
    error::Result,
    portal::{
        Answer,
        form::{Field, Refusal},
        layout::part,
        visit::{Sent, Visit, correctable},
    },
    state::{
        Invitation, InvitationQuery, InvitationStatus, MANAGE_MEMBERS, MEMBER, Membership,
        NewInvitation, OrganizationTarget,
    },
};

/// How many invitations the page shows.
const SHOWN: u64 = 100;

/// The form to invite somebody.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Invited {
    organization_id: String,
    email_address: String,
    role: String,
}

/// The form beside an invitation.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Revoked {
    organization_id: String,
    invitation_id: String,
}

/// Invites somebody.
pub(super) async fn invite(Sent(visit, given): Sent<Invited>) -> Answer {
    let me = match member(&visit, &given.organization_id).await? {
        Ok(me) => me,
        Err(elsewhere) => return Ok(elsewhere),
    };
    check(&me, MANAGE_MEMBERS)?;
    let new = NewInvitation {
        email_address: given.email_address.clone(),
        organization: Some(OrganizationTarget {
            organization_id: me.organization.id.clone(),
            role: given.role.clone(),
            inviter_id: Some(me.user.id.clone()),
        }),
        ..NewInvitation::default()
    };
    let made = correctable(visit.state.create_invitation(new).await);
    let outcome = made.map(|made| made.map(drop));
    shown(&visit, &me, outcome, |error| Refused {
        error,
        form: RefusedForm::Invite(given.email_address, given.role),
    })
    .await
}

/// Takes an invitation back.
pub(super) async fn revoke(Sent(visit, given): Sent<Revoked>) -> Answer {
    let me = match member(&visit, &given.organization_id).await? {
        Ok(me) => me,
        Err(elsewhere) => return Ok(elsewhere),
    };
    check(&me, MANAGE_MEMBERS)?;
    let id = Some(me.organization.id.as_str());
    let revoked = visit.state.revoke_invitation(id, &given.invitation_id);
    let outcome = correctable(revoked.await).map(|revoked| revoked.map(drop));
    shown(&visit, &me, outcome, button).await
}

/// The form, and the invitations that wait for an answer.
pub(super) async fn section(
    visit: &Visit,
    me: &Membership,
    refused: Option<&Refused>,
) -> Result<Markup> {
    let query = InvitationQuery {
        into_organizations: true,
        organization_id: Some(me.organization.id.clone()),
        statuses: vec![InvitationStatus::Pending],
        limit: SHOWN,
        ..InvitationQuery::default()
    };
    let (pending, _) = visit.state.invitations(&query).await?;
    let roles = roles(visit).await?;
    let (email, role, refusal) = match refused {
        Some(Refused {
            error,
            form: RefusedForm::Invite(email, role),
        }) => (email.as_str(), role.as_str(), Refusal::of(error)),
        _ => ("", MEMBER, Refusal::default()),
    };
    let field = Field {
        value: email,
        error: refusal.of_field("email_address"),
        autofocus: refusal.field().is_some(),
        ..Field::new("email_address", "Email address", "email", "off")
    };
    let form = html! {
        (about(me))
        (refusal.beyond(&["email_address"]))
        (field.render())
        (role_choice("role", None, &roles, role))
        button { "Send invitation" }
    };
    let content = html! {
        (visit.form("organization/invite", &form))
        @if !pending.is_empty() {
            ul.people aria-label="Pending invitations" {
                @for one in &pending { li { (row(visit, me, one)) } }
            }
        }
    };
    Ok(part("invitations", "Invite somebody", &content))
}

fn row(visit: &Visit, me: &Membership, one: &Invitation) -> Markup {
    let address = &one.email_address;
    let revoke = html! {
        (about(me))
        input type="hidden" name="invitation_id" value=(one.id);
        button.plain aria-label={ "Revoke the invitation of " (address) } { "Revoke" }
    };
    html! {
        div.who {
            span.name { (address) }
            span.role { (one.assigned.as_ref().map_or("", |role| &role.name)) }
        }
        (visit.buttons("organization/revoke", &revoke))
    }
}
