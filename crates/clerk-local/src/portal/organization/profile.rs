//! Name and slug.

use maud::{Markup, html};
use serde::Deserialize;

use super::{
    check, member,
    page::{self, Refused, RefusedForm, about},
};
use crate::{
    portal::{
        Answer,
        form::{Field, Refusal},
        layout::part,
        visit::{Sent, Visit, correctable},
    },
    state::{MANAGE_ORGANIZATION, Membership, OrganizationChanges},
};

/// The id of its part of the page.
const PART: &str = "profile";

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Given {
    organization_id: String,
    name: String,
    slug: String,
}

/// Changes name and slug.
pub(super) async fn rename(Sent(visit, given): Sent<Given>) -> Answer {
    let me = match member(&visit, &given.organization_id).await? {
        Ok(me) => me,
        Err(elsewhere) => return Ok(elsewhere),
    };
    check(&me, MANAGE_ORGANIZATION)?;
    let changes = OrganizationChanges {
        name: Some(given.name.clone()),
        slug: Some(given.slug.clone()),
        ..OrganizationChanges::default()
    };
    let id = &me.organization.id;
    let changed = visit.state.update_organization(id, changes).await;
    match correctable(changed)? {
        Ok(_) => Ok(visit.go_to_saved("organization", PART)),
        Err(error) => {
            let form = RefusedForm::Profile(given.name, given.slug);
            page::show(&visit, &me, Some(Refused { error, form })).await
        }
    }
}

/// The form for those who may change it, else what there is to know.
pub(super) fn section(visit: &Visit, me: &Membership, refused: Option<&Refused>) -> Markup {
    let organization = &me.organization;
    if !me.may(MANAGE_ORGANIZATION) {
        let slug = html! { p { "Slug: " (organization.slug) } };
        return part(PART, "Profile", &slug);
    }
    let (name, slug, refusal) = match refused {
        Some(Refused {
            error,
            form: RefusedForm::Profile(name, slug),
        }) => (name, slug, Refusal::of(error)),
        _ => (&organization.name, &organization.slug, Refusal::default()),
    };
    let name = Field {
        value: name,
        error: refusal.of_field("name"),
        autofocus: refusal.field() == Some("name"),
        ..Field::new("name", "Name", "text", "organization")
    };
    let slug = Field {
        value: slug,
        error: refusal.of_field("slug"),
        autofocus: refusal.field() == Some("slug"),
        ..Field::new("slug", "Slug", "text", "off")
    };
    let fields = html! {
        (about(me))
        (refusal.beyond(&["name", "slug"]))
        (name.render())
        (slug.render())
        button { "Save" }
    };
    let content = html! { (visit.saved(PART)) (visit.form("organization/rename", &fields)) };
    part(PART, "Profile", &content)
}
