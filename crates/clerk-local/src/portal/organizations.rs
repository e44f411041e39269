//! Choosing the active organization, and making one.

use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use maud::{Markup, html};
use serde::Deserialize;
use url::Url;

use super::{
    PortalError,
    destination::{leave, own_page, see_other, step},
    layout::{Field, card, page, refusal, way_back},
    sign_in::Asked,
    visitor::Visitor,
};
use crate::{
    BASE_PATH, LocalState,
    error::LocalError,
    flows,
    state::{ADMIN, Membership, OrganizationChoice, Session, User},
};

type Answer = Result<Response, PortalError>;

/// The form of either page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    organization_id: String,
    name: String,
    slug: String,
    redirect_url: Option<String>,
}

/// The person's organizations, each a button.
pub async fn ask(
    State(state): State<LocalState>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Answer {
    let back = own_page(&state.options().public_url, asked.redirect_url.as_deref());
    let Some((_, session, user)) = signed_in(&state, &headers).await? else {
        return Ok(sign_in_first(&state, "organizations", back.as_ref()));
    };
    let choices = state.memberships_of_user(&user.id).await?;
    Ok(choice_page(&session, &user, &choices, back.as_ref()))
}

/// Makes an organization the active one and returns to the app.
pub async fn choose(
    State(state): State<LocalState>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Answer {
    let public_url = &state.options().public_url;
    let back = own_page(public_url, given.redirect_url.as_deref());
    let Some((visitor, session, _)) = signed_in(&state, &headers).await? else {
        return Ok(sign_in_first(&state, "organizations", back.as_ref()));
    };
    let choice = OrganizationChoice::Set(&given.organization_id);
    state.touch_session(&session.id, choice).await?;
    Ok(leave(public_url, back.as_ref(), &visitor.client.token))
}

/// A form for a new organization.
pub async fn ask_new(
    State(state): State<LocalState>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Answer {
    let back = own_page(&state.options().public_url, asked.redirect_url.as_deref());
    let Some((_, _, user)) = signed_in(&state, &headers).await? else {
        return Ok(sign_in_first(&state, "create-organization", back.as_ref()));
    };
    Ok(new_page(&user, &Given::default(), None, back.as_ref()))
}

/// Makes the organization, makes it active and returns to the app.
pub async fn create(
    State(state): State<LocalState>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Answer {
    let public_url = &state.options().public_url;
    let back = own_page(public_url, given.redirect_url.as_deref());
    let Some((visitor, session, user)) = signed_in(&state, &headers).await? else {
        return Ok(sign_in_first(&state, "create-organization", back.as_ref()));
    };
    let slug = Some(given.slug.trim()).filter(|slug| !slug.is_empty());
    match state.create_organization(&given.name, slug, &user.id).await {
        Ok(organization) => {
            let choice = OrganizationChoice::Set(&organization.id);
            state.touch_session(&session.id, choice).await?;
            Ok(leave(public_url, back.as_ref(), &visitor.client.token))
        }
        Err(error @ LocalError::Api { .. }) => {
            Ok(new_page(&user, &given, Some(&error), back.as_ref()))
        }
        Err(error) => Err(error.into()),
    }
}

async fn signed_in(
    state: &LocalState,
    headers: &HeaderMap,
) -> Result<Option<(Visitor, Session, User)>, LocalError> {
    let Some(visitor) = Visitor::find(state, headers).await? else {
        return Ok(None);
    };
    let found = flows::signed_in(state, &visitor.client).await?;
    Ok(found.map(|(session, user)| (visitor, session, user)))
}

/// Signed-out people sign in and come back to this page.
fn sign_in_first(state: &LocalState, page: &str, back: Option<&Url>) -> Response {
    let here = step(BASE_PATH, page, back);
    let here = own_page(&state.options().public_url, Some(&here));
    see_other(&step(BASE_PATH, "sign-in", here.as_ref()))
}

fn choice_page(
    session: &Session,
    user: &User,
    choices: &[Membership],
    back: Option<&Url>,
) -> Response {
    let active = session.active_organization_id.as_deref();
    let list = html! {
        form method="post" action={ (BASE_PATH) "/portal/organizations" } {
            (way_back(back))
            ul.choices {
                @for membership in choices {
                    @let organization = &membership.organization;
                    li {
                        button name="organization_id" value=(organization.id) {
                            span.initial aria-hidden="true" { (initial(&organization.name)) }
                            span {
                                span.name { (organization.name) }
                                span.role {
                                    (role_name(&membership.role))
                                    @if active == Some(organization.id.as_str()) { " · active now" }
                                }
                            }
                            span.arrow aria-hidden="true" { "→" }
                        }
                    }
                }
            }
        }
    };
    let lead = html! {
        p.lead { "to continue as" }
        p.person { (user.identifier()) }
    };
    let content = html! {
        @if choices.is_empty() {
            p.notice { "You are not a member of any organization yet. Create one to get started." }
            a.primary.button href=(step(BASE_PATH, "create-organization", back)) { "Create an organization" }
        } @else {
            (list)
            div.ways {
                a href=(step(BASE_PATH, "create-organization", back)) { "Create an organization" }
            }
        }
    };
    let body = card(
        "Choose an organization",
        &lead,
        &content,
        Some(&sign_out_form(back)),
    );
    page(StatusCode::OK, "Choose an organization", &body)
}

fn new_page(
    user: &User,
    given: &Given,
    error: Option<&LocalError>,
    back: Option<&Url>,
) -> Response {
    let wrong = error.and_then(LocalError::param_name);
    let error_of = |name: &str| {
        error
            .filter(|_| wrong == Some(name))
            .map(LocalError::public_message)
    };
    let general = error
        .filter(|_| !matches!(wrong, Some("name" | "slug")))
        .map(LocalError::public_message);
    let name = Field {
        value: &given.name,
        error: error_of("name"),
        autofocus: wrong != Some("slug"),
        ..Field::new("name", "Name", "text", "organization")
    };
    let slug = Field {
        value: &given.slug,
        required: false,
        hint: Some("Lowercase letters, digits and hyphens; part of the organization's address."),
        error: error_of("slug"),
        autofocus: wrong == Some("slug"),
        ..Field::new("slug", "Slug", "text", "off")
    };
    let content = html! {
        form method="post" action={ (BASE_PATH) "/portal/create-organization" } novalidate {
            (way_back(back))
            (refusal(general))
            (name.render())
            (slug.render())
            button.primary { "Create organization" }
        }
        div.ways {
            a href=(step(BASE_PATH, "organizations", back)) { "Choose another organization" }
        }
    };
    let lead = html! { p.person { (user.identifier()) } };
    let status = error.map_or(StatusCode::OK, LocalError::status);
    let body = card(
        "Create an organization",
        &lead,
        &content,
        Some(&sign_out_form(back)),
    );
    page(status, "Create an organization", &body)
}

fn sign_out_form(back: Option<&Url>) -> Markup {
    html! {
        form method="post" action={ (BASE_PATH) "/portal/sign-out" } {
            (way_back(back))
            button.plain { "Sign out" }
        }
    }
}

fn initial(name: &str) -> String {
    name.chars().take(1).flat_map(char::to_uppercase).collect()
}

fn role_name(role: &str) -> &'static str {
    if role == ADMIN { "Admin" } else { "Member" }
}
