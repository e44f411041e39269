//! `/webhooks`: the endpoints, what was sent to them and what they answered. Plain HTML; for people
//! at this machine only, since an endpoint's address makes the instance send requests anywhere.

mod endpoint;
mod event;
mod overview;

use axum::{
    Router,
    http::StatusCode,
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use maud::{Markup, html};

use crate::{BASE_PATH, LocalState, error::LocalError, loopback, portal};

/// Routes at `/webhooks`.
pub(crate) fn router(state: &LocalState) -> Router<LocalState> {
    Router::new()
        .route("/webhooks", get(overview::show))
        .route(
            "/webhooks/endpoints",
            get(endpoint::ask_new).post(endpoint::add),
        )
        .route(
            "/webhooks/endpoints/{id}",
            get(endpoint::ask).post(endpoint::change),
        )
        .route("/webhooks/endpoints/{id}/remove", post(endpoint::remove))
        .route("/webhooks/events/{id}", get(event::show))
        .route(
            "/webhooks/events/{id}/replay/{delivery}",
            post(event::replay),
        )
        .route_layer(middleware::from_fn_with_state(
            state.clone(),
            portal::check_origin,
        ))
        .route_layer(middleware::from_fn(loopback::people_only))
}

/// What every page answers with.
type Answer = Result<Response, Failure>;

/// An error that has no place beside a field.
struct Failure(LocalError);

impl From<LocalError> for Failure {
    fn from(error: LocalError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = self.0.status();
        if status.is_server_error() {
            tracing::error!(error = %self.0, "a page about webhooks failed");
        }
        let text = self.0.public_message();
        frame(
            status,
            "That did not work",
            &html! { p.refusal role="alert" { (text) } },
        )
    }
}

/// A page with the way back to the overview.
fn frame(status: StatusCode, heading: &str, content: &Markup) -> Response {
    let body = html! {
        main.wide {
            header {
                nav aria-label="Way back" { a href=(link("")) { "← Webhooks" } }
                h1 { (heading) }
            }
            (content)
        }
    };
    portal::page(status, heading, &body)
}

/// The address of a page below `/webhooks`.
fn link(path: &str) -> String {
    format!("{BASE_PATH}/webhooks{path}")
}
