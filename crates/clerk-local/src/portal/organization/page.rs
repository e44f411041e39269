//! The whole page.

use axum::response::Response;
use maud::{Markup, html};

use super::{super::PortalError, danger, invitations, members, profile};
use crate::{
    error::LocalError,
    portal::{form::Refusal, layout::settings_page, sign_out, visit::Visit},
    state::{MANAGE_MEMBERS, Membership, READ_MEMBERS},
};

/// A form that comes back, with what was typed.
pub(super) struct Refused {
    /// What is wrong.
    pub(super) error: LocalError,
    /// Which form.
    pub(super) form: RefusedForm,
}

/// The forms of the page.
pub(super) enum RefusedForm {
    /// Name and slug, as typed.
    Profile(String, String),
    /// Address and role, as typed.
    Invite(String, String),
    /// A button.
    Button,
}

/// The page as this member sees it.
pub(super) async fn show(
    visit: &Visit,
    me: &Membership,
    refused: Option<Refused>,
) -> Result<Response, PortalError> {
    let refused = refused.as_ref();
    let sections = html! {
        (buttons_refused(refused))
        (profile::section(visit, me, refused))
        @if me.may(READ_MEMBERS) { (members::section(visit, me).await?) }
        @if me.may(MANAGE_MEMBERS) { (invitations::section(visit, me, refused).await?) }
        (danger::section(visit, me))
    };
    let refusal = refused.map_or_else(Refusal::default, |refused| Refusal::of(&refused.error));
    let lead = html! { p.person { (me.user.identifier()) " · " (me.assigned.name) } };
    let footer = html! {
        a href=(visit.link("organizations")) { "Choose another organization" }
        (sign_out::offer(visit))
    };
    Ok(settings_page(
        &me.organization.name,
        refusal,
        &lead,
        &sections,
        &footer,
    ))
}

/// What a button was refused for stands above all sections.
fn buttons_refused(refused: Option<&Refused>) -> Markup {
    match refused {
        Some(Refused {
            error,
            form: RefusedForm::Button,
        }) => Refusal::of(error).beyond(&[]),
        _ => html! {},
    }
}

/// The hidden field that says which organization a form is about: another tab may have made
/// another one active since.
pub(super) fn about(me: &Membership) -> Markup {
    html! { input type="hidden" name="organization_id" value=(me.organization.id); }
}

/// The choice among roles; the list of members says to the ears whose it is.
pub(super) fn role_choice(
    id: &str,
    whose: Option<&str>,
    roles: &[(String, String)],
    chosen: &str,
) -> Markup {
    html! {
        div.field {
            label for=(id) {
                "Role"
                @if let Some(whose) = whose { span.unseen { " of " (whose) } }
            }
            select id=(id) name="role" {
                @for (key, name) in roles {
                    option value=(key) selected[key == chosen] { (name) }
                }
            }
        }
    }
}
