//! Making an organization.

use axum::response::Response;
use maud::html;
use serde::Deserialize;

use super::{
    Answer,
    form::{Field, Refusal},
    layout::step_page,
    sign_out,
    visit::{Sent, Visit, correctable},
};
use crate::state::{OrganizationChoice, User};

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    name: String,
    slug: String,
}

/// A form for a new organization.
pub async fn ask(visit: Visit) -> Answer {
    let Some((_, _, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first("create-organization"));
    };
    Ok(page(&visit, &user, &Given::default(), Refusal::default()))
}

/// Makes the organization, makes it active and returns to the app.
pub async fn take(Sent(visit, given): Sent<Given>) -> Answer {
    let Some((visitor, session, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first("create-organization"));
    };
    let unit = visit.state.unit().await?;
    let slug = Some(given.slug.trim()).filter(|slug| !slug.is_empty());
    let made = unit.create_organization(&given.name, slug, &user.id).await;
    Ok(match correctable(made)? {
        Ok(organization) => {
            let choice = OrganizationChoice::Set(&organization.id);
            unit.touch_session(&session.id, choice).await?;
            unit.commit().await?;
            visit.finish(visitor)
        }
        Err(error) => page(&visit, &user, &given, Refusal::of(&error)),
    })
}

fn page(visit: &Visit, user: &User, given: &Given, refusal: Refusal<'_>) -> Response {
    let wrong = refusal.field();
    let name = Field {
        value: &given.name,
        error: refusal.of_field("name"),
        autofocus: wrong != Some("slug"),
        ..Field::new("name", "Name", "text", "organization")
    };
    let slug = Field {
        value: &given.slug,
        required: false,
        hint: Some("Lowercase letters, digits and hyphens; part of the organization's address."),
        error: refusal.of_field("slug"),
        autofocus: wrong == Some("slug"),
        ..Field::new("slug", "Slug", "text", "off")
    };
    let fields = html! {
        (refusal.beyond(&["name", "slug"]))
        (name.render())
        (slug.render())
        button.primary { "Create organization" }
    };
    let content = html! {
        (visit.form("create-organization", &fields))
        div.ways {
            a href=(visit.link("organizations")) { "Choose another organization" }
        }
    };
    let lead = html! { p.person { (user.identifier()) } };
    step_page(
        "Create an organization",
        refusal,
        &lead,
        &content,
        Some(&sign_out::offer(visit)),
    )
}
