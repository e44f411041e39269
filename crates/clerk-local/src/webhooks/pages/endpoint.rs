//! The form of one endpoint.

use axum::{
    body::Bytes,
    extract::{Path, State},
    response::Response,
};
use maud::{Markup, html};
use url::form_urlencoded;

use super::{Answer, frame, link};
use crate::{
    LocalState,
    error::{LocalError, Result},
    portal::{self, Field, Refusal, correctable},
    state::{EndpointForm, WebhookEndpoint},
};

/// An empty form.
pub(super) async fn ask_new() -> Response {
    page(None, &EndpointForm::default(), Refusal::default())
}

/// Adds an endpoint; it begins with the events from now on.
pub(super) async fn add(State(state): State<LocalState>, body: Bytes) -> Answer {
    let form = read(&body);
    Ok(
        match correctable(state.add_webhook_endpoint(&form).await)? {
            Ok(endpoint) => portal::see_other(&link(&format!("/endpoints/{}", endpoint.id))),
            Err(error) => page(None, &form, Refusal::of(&error)),
        },
    )
}

/// An endpoint as it is.
pub(super) async fn ask(State(state): State<LocalState>, Path(id): Path<String>) -> Answer {
    let endpoint = find(&state, &id).await?;
    let form = EndpointForm {
        url: endpoint.url.clone(),
        description: endpoint.description.clone(),
        event_types: endpoint.wanted().into_iter().map(str::to_owned).collect(),
        disabled: endpoint.disabled,
    };
    Ok(page(Some(&endpoint), &form, Refusal::default()))
}

/// Changes an endpoint.
pub(super) async fn change(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    let endpoint = find(&state, &id).await?;
    let form = read(&body);
    let changed = state.update_webhook_endpoint(&id, &form).await;
    Ok(match correctable(changed)? {
        Ok(_) => portal::see_other(&link("")),
        Err(error) => page(Some(&endpoint), &form, Refusal::of(&error)),
    })
}

/// Removes an endpoint.
pub(super) async fn remove(State(state): State<LocalState>, Path(id): Path<String>) -> Answer {
    state.delete_webhook_endpoint(&id).await?;
    Ok(portal::see_other(&link("")))
}

async fn find(state: &LocalState, id: &str) -> Result<WebhookEndpoint> {
    let found = state.webhook_endpoint(id).await?;
    found.ok_or_else(LocalError::not_found)
}

fn read(body: &[u8]) -> EndpointForm {
    let mut form = EndpointForm::default();
    for (name, value) in form_urlencoded::parse(body) {
        match name.as_ref() {
            "url" => form.url = value.into_owned(),
            "description" => form.description = value.into_owned(),
            "event_types" => {
                let types = value.split([' ', ',', '\r', '\n']);
                form.event_types = types
                    .filter(|one| !one.is_empty())
                    .map(str::to_owned)
                    .collect();
            }
            "disabled" => form.disabled = true,
            _ => {}
        }
    }
    form
}

fn page(endpoint: Option<&WebhookEndpoint>, form: &EndpointForm, refusal: Refusal<'_>) -> Response {
    let heading = match endpoint {
        Some(_) => "Endpoint",
        None => "Add an endpoint",
    };
    let path = endpoint.map_or_else(String::new, |endpoint| format!("/{}", endpoint.id));
    let action = link(&format!("/endpoints{path}"));
    let content = html! {
        form.narrow method="post" action=(action) novalidate {
            (refusal.beyond(&["url", "event_types"]))
            (fields(endpoint, form, refusal))
            button.primary { @if endpoint.is_some() { "Save" } @else { "Add endpoint" } }
        }
        @if let Some(endpoint) = endpoint {
            section aria-labelledby="secret" {
                h2 id="secret" { "Signing secret" }
                p { code data-testid="secret" { (endpoint.secret) } }
            }
            @if !endpoint.is_application() {
                form method="post" action={ (action) "/remove" } { button.danger { "Remove endpoint" } }
            }
        }
    };
    frame(refusal.status(), heading, &content)
}

fn fields(endpoint: Option<&WebhookEndpoint>, form: &EndpointForm, refusal: Refusal<'_>) -> Markup {
    let url = Field {
        value: &form.url,
        error: refusal.of_field("url"),
        autofocus: true,
        ..Field::new("url", "Address", "url", "off")
    };
    let description = Field {
        value: &form.description,
        required: false,
        ..Field::new("description", "Description", "text", "off")
    };
    let types = form.event_types.join(" ");
    let event_types = Field {
        value: &types,
        required: false,
        error: refusal.of_field("event_types"),
        hint: Some("Separated by spaces: user.created organization.updated. Empty for all."),
        ..Field::new("event_types", "Event types", "text", "off")
    };
    html! {
        @match endpoint.filter(|endpoint| endpoint.is_application()) {
            Some(own) => p { "The application's own endpoint, as the instance was started: " code { (own.url) } },
            None => (url.render()),
        }
        (description.render())
        (event_types.render())
        label.check {
            input type="checkbox" name="disabled" value="true" checked[form.disabled];
            "Disabled: it gets no new events, and what was on its way waits"
        }
    }
}
