//! Choosing the active organization.

use axum::response::Response;
use maud::html;
use serde::Deserialize;

use super::{
    Answer,
    form::Refusal,
    layout::step_page,
    sign_out,
    visit::{Sent, Visit},
};
use crate::state::{Membership, OrganizationChoice, Session, User};

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    organization_id: String,
}

/// The person's organizations, each a button.
pub async fn ask(visit: Visit) -> Answer {
    let Some((_, session, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first("organizations"));
    };
    let choices = visit.state.memberships_of_user(&user.id).await?;
    Ok(page(&visit, &session, &user, &choices))
}

/// Makes an organization the active one and returns to the app.
pub async fn take(Sent(visit, given): Sent<Given>) -> Answer {
    let Some((visitor, session, _)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first("organizations"));
    };
    let choice = OrganizationChoice::Set(&given.organization_id);
    visit.state.touch_session(&session.id, choice).await?;
    Ok(visit.finish(visitor))
}

fn page(visit: &Visit, session: &Session, user: &User, choices: &[Membership]) -> Response {
    let active = session.active_organization_id.as_deref();
    let list = html! {
        ul.choices {
            @for membership in choices {
                @let organization = &membership.organization;
                li {
                    button name="organization_id" value=(organization.id) {
                        span.initial aria-hidden="true" { (initial(&organization.name)) }
                        span {
                            span.name { (organization.name) }
                            span.role {
                                (membership.assigned.name)
                                @if active == Some(organization.id.as_str()) { " · active now" }
                            }
                        }
                        span.arrow aria-hidden="true" { "→" }
                    }
                }
            }
        }
    };
    let lead = html! {
        p.lead { "to continue as" }
        p.person { (user.identifier()) }
    };
    let new = visit.link("create-organization");
    let content = html! {
        @if choices.is_empty() {
            p.notice { "You are not a member of any organization yet. Create one to get started." }
            a.primary.button href=(new) { "Create an organization" }
        } @else {
            (visit.buttons("organizations", &list))
            div.ways {
                @if active.is_some() {
                    a href=(visit.link("organization")) { "Manage the active organization" }
                }
                a href=(new) { "Create an organization" }
            }
        }
    };
    step_page(
        "Choose an organization",
        Refusal::default(),
        &lead,
        &content,
        Some(&sign_out::offer(visit)),
    )
}

fn initial(name: &str) -> String {
    name.chars().take(1).flat_map(char::to_uppercase).collect()
}
