//! Who is in the organization.

use maud::{Markup, html};
use serde::Deserialize;

use super::{
    check, member,
    page::{Refused, RefusedForm, about, role_choice},
    shown,
};
use crate::{
    error::Result,
    portal::{
        Answer,
        layout::part,
        visit::{Sent, Visit, correctable},
    },
    state::{CatalogQuery, MANAGE_MEMBERS, Membership, MembershipQuery},
};

/// How many members the page shows.
const SHOWN: u64 = 100;

/// The forms beside a member.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Given {
    organization_id: String,
    user_id: String,
    role: String,
}

/// Gives a member another role.
pub(super) async fn change_role(Sent(visit, given): Sent<Given>) -> Answer {
    let me = match member(&visit, &given.organization_id).await? {
        Ok(me) => me,
        Err(elsewhere) => return Ok(elsewhere),
    };
    check(&me, MANAGE_MEMBERS)?;
    let id = &me.organization.id;
    let changed = visit.state.update_role(id, &given.user_id, &given.role);
    let outcome = correctable(changed.await).map(|changed| changed.map(drop));
    shown(&visit, &me, outcome, button).await
}

/// Removes a member.
pub(super) async fn remove(Sent(visit, given): Sent<Given>) -> Answer {
    let me = match member(&visit, &given.organization_id).await? {
        Ok(me) => me,
        Err(elsewhere) => return Ok(elsewhere),
    };
    check(&me, MANAGE_MEMBERS)?;
    let id = &me.organization.id;
    let removed = visit.state.remove_member(id, &given.user_id);
    let outcome = correctable(removed.await).map(|removed| removed.map(drop));
    shown(&visit, &me, outcome, button).await
}

pub(super) fn button(error: crate::LocalError) -> Refused {
    Refused {
        error,
        form: RefusedForm::Button,
    }
}

/// Keys and names of all roles, the oldest first.
pub(super) async fn roles(visit: &Visit) -> Result<Vec<(String, String)>> {
    let query = CatalogQuery {
        order_by: Some("created_at".to_owned()),
        limit: SHOWN,
        ..CatalogQuery::default()
    };
    let (roles, _) = visit.state.roles(&query).await?;
    Ok(roles
        .into_iter()
        .map(|role| (role.row.key, role.row.name))
        .collect())
}

/// The members, with what may be done to them.
pub(super) async fn section(visit: &Visit, me: &Membership) -> Result<Markup> {
    let query = MembershipQuery {
        organization_id: Some(me.organization.id.clone()),
        limit: SHOWN,
        ..MembershipQuery::default()
    };
    let (members, total) = visit.state.memberships(&query).await?;
    let roles = roles(visit).await?;
    let list = html! {
        ul.people {
            @for one in &members { li { (row(visit, me, one, &roles)) } }
        }
        @if total > SHOWN { p.hint { "Only the first " (SHOWN) " are shown." } }
    };
    Ok(part("members", &format!("Members ({total})"), &list))
}

fn row(visit: &Visit, me: &Membership, one: &Membership, roles: &[(String, String)]) -> Markup {
    let who = one.user.identifier();
    let named = html! {
        (about(me))
        input type="hidden" name="user_id" value=(one.user_id);
    };
    let change = html! {
        (named)
        (role_choice(&format!("role-{}", one.user_id), Some(who), roles, &one.role))
        button { "Change role" }
    };
    let remove = html! {
        (named)
        button.plain aria-label={ "Remove " (who) } { "Remove" }
    };
    html! {
        div.who {
            span.name { (who) @if one.id == me.id { " (you)" } }
            @if !me.may(MANAGE_MEMBERS) { span.role { (one.assigned.name) } }
        }
        @if me.may(MANAGE_MEMBERS) {
            (visit.form("organization/role", &change))
            @if one.id != me.id { (visit.buttons("organization/remove", &remove)) }
        }
    }
}
