//! The account portal: Clerk's hosted pages, for browsers without JavaScript.
//!
//! Every page is HTML from the server, every change a form that is answered with a redirect. The same
//! state machines ([`crate::flows`]) answer the browser API.

mod destination;
mod layout;
mod organizations;
mod origin;
mod sign_in;
mod sign_out;
mod sign_up;
mod visitor;

pub use layout::page;

use axum::{
    Router,
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use maud::{Markup, html};

use crate::{BASE_PATH, LocalState, error::LocalError};

/// Routes at `/portal`.
pub fn router(state: &LocalState) -> Router<LocalState> {
    let pages = Router::new()
        .route("/", get(front))
        .route("/portal.css", get(stylesheet))
        .route("/icon.svg", get(icon))
        .route(
            "/sign-in",
            get(sign_in::ask_email).post(sign_in::take_email),
        )
        .route(
            "/sign-in/password",
            get(sign_in::ask_password).post(sign_in::take_password),
        )
        .route("/sign-in/send-code", post(sign_in::send_code))
        .route(
            "/sign-in/code",
            get(sign_in::ask_code).post(sign_in::take_code),
        )
        .route("/sign-up", get(sign_up::ask).post(sign_up::take))
        .route("/sign-up/send-code", post(sign_up::send_code))
        .route(
            "/sign-up/code",
            get(sign_up::ask_code).post(sign_up::take_code),
        )
        .route("/sign-out", get(sign_out::ask).post(sign_out::leave))
        .route(
            "/organizations",
            get(organizations::ask).post(organizations::choose),
        )
        .route(
            "/create-organization",
            get(organizations::ask_new).post(organizations::create),
        )
        .fallback(nothing_here)
        .layer(middleware::from_fn_with_state(state.clone(), origin::check));
    Router::new().nest("/portal", pages)
}

async fn front() -> Response {
    destination::see_other(&destination::step(BASE_PATH, "sign-in", None))
}

async fn stylesheet() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, include_str!("portal.css")).into_response()
}

async fn icon() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, include_str!("icon.svg")).into_response()
}

async fn nothing_here() -> Response {
    let content = html! { p { "There is no such page." } };
    message(StatusCode::NOT_FOUND, "Page not found", &content)
}

/// An error that has no place beside a field.
#[derive(Debug)]
struct PortalError(LocalError);

impl From<LocalError> for PortalError {
    fn from(error: LocalError) -> Self {
        Self(error)
    }
}

impl IntoResponse for PortalError {
    fn into_response(self) -> Response {
        let status = self.0.status();
        if status.is_server_error() {
            tracing::error!(error = %self.0, "the portal failed");
        }
        message(
            status,
            "That did not work",
            &html! { p { (self.0.public_message()) } },
        )
    }
}

/// A page that only says something.
fn message(status: StatusCode, heading: &str, content: &Markup) -> Response {
    let again = destination::step(BASE_PATH, "sign-in", None);
    let body = layout::card(
        heading,
        &html! {},
        content,
        Some(&html! { a href=(again) { "Go to sign-in" } }),
    );
    page(status, heading, &body)
}
