//! Leaving the organization, and deleting it.

use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::{check, member, members::button, page, page::about};
use crate::{
    LocalError,
    portal::{
        Answer,
        layout::part,
        visit::{Sent, Visit, correctable},
    },
    state::{DELETE_ORGANIZATION, Membership},
};

/// The forms.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Given {
    organization_id: String,
}

/// Ends the person's own membership.
pub(super) async fn leave(Sent(visit, given): Sent<Given>) -> Answer {
    let me = match member(&visit, &given.organization_id).await? {
        Ok(me) => me,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let left = visit.state.remove_member(&me.organization.id, &me.user.id);
    match correctable(left.await)? {
        Ok(_) => Ok(gone(&visit)),
        Err(error) => page::show(&visit, &me, Some(button(error))).await,
    }
}

/// Deletes the organization with everything in it.
pub(super) async fn delete(Sent(visit, given): Sent<Given>) -> Answer {
    let me = match member(&visit, &given.organization_id).await? {
        Ok(me) => me,
        Err(elsewhere) => return Ok(elsewhere),
    };
    check(&me, DELETE_ORGANIZATION)?;
    if !me.organization.admin_delete_enabled {
        let error = LocalError::api(
            403,
            "organization_admin_delete_not_enabled",
            "Deletion by admin is not enabled for this organization.",
        );
        return page::show(&visit, &me, Some(button(error))).await;
    }
    visit.state.delete_organization(&me.organization.id).await?;
    Ok(gone(&visit))
}

fn gone(visit: &Visit) -> Response {
    visit.go_to("organizations")
}

/// Both, behind a second click that needs no script.
pub(super) fn section(visit: &Visit, me: &Membership) -> Markup {
    let leave = html! { (about(me)) button.danger { "Leave organization" } };
    let delete = html! { (about(me)) button.danger { "Delete organization" } };
    let may_delete = me.may(DELETE_ORGANIZATION) && me.organization.admin_delete_enabled;
    let content = html! {
        details {
            summary { "Leave this organization" }
            p.hint { "You lose access to it and to everything in it." }
            (visit.buttons("organization/leave", &leave))
        }
        @if may_delete {
            details {
                summary { "Delete this organization" }
                p.hint { "All members lose it. This cannot be undone." }
                (visit.buttons("organization/delete", &delete))
            }
        }
    };
    part("danger", "Danger", &content)
}
