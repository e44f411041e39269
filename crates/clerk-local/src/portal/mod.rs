//! The account portal: Clerk's hosted pages, for browsers without JavaScript.
//!
//! Every page is HTML from the server, every change a form that is answered with a redirect. The same
//! state machines ([`crate::flows`]) answer the browser API.

mod already;
mod create_organization;
mod destination;
mod form;
mod layout;
mod link;
mod organization;
mod organizations;
mod origin;
mod sign_in;
mod sign_out;
mod sign_up;
mod social;
mod ticket;
mod user;
mod visit;
mod visitor;

pub use {
    destination::{onward, see_other},
    form::{Field, Refusal},
    layout::{card, page, policy, step_page},
    origin::check as check_origin,
    visit::correctable,
    visitor::visiting_client,
};

use axum::{
    Router,
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use maud::{Markup, html};

use crate::{LocalState, error::LocalError};

/// What every page answers with.
type Answer = Result<Response, PortalError>;

/// Routes at `/portal`.
pub fn router(state: &LocalState) -> Router<LocalState> {
    let pages = Router::new()
        .route("/", get(front))
        .route("/portal.css", get(stylesheet))
        .route("/icon.svg", get(icon))
        .route(
            "/sign-in",
            get(sign_in::email::ask).post(sign_in::email::take),
        )
        .route(
            "/sign-in/password",
            get(sign_in::password::ask).post(sign_in::password::take),
        )
        .route("/sign-in/send-code", post(sign_in::code::send))
        .route(
            "/sign-in/code",
            get(sign_in::code::ask).post(sign_in::code::take),
        )
        .route("/sign-in/forgot-password", post(sign_in::reset::send))
        .route(
            "/sign-in/reset-password",
            get(sign_in::reset::ask).post(sign_in::reset::take),
        )
        .route("/sign-in/send-link", post(sign_in::link::send))
        .route("/sign-in/link", get(sign_in::link::wait))
        .route("/sign-in/link-opened", get(link::opened))
        .route(
            "/sign-in/social",
            get(sign_in::social::back).post(sign_in::social::send),
        )
        .route("/ticket", get(ticket::ask).post(ticket::take))
        .route(
            "/sign-in/second-factor",
            get(sign_in::second_factor::ask).post(sign_in::second_factor::take),
        )
        .route(
            "/sign-up",
            get(sign_up::person::ask).post(sign_up::person::take),
        )
        .route("/sign-up/send-code", post(sign_up::code::send))
        .route(
            "/sign-up/code",
            get(sign_up::code::ask).post(sign_up::code::take),
        )
        .route("/sign-up/send-link", post(sign_up::link::send))
        .route("/sign-up/link", get(sign_up::link::wait))
        .route("/sign-up/link-opened", get(link::opened))
        .route(
            "/sign-up/social",
            get(sign_up::social::back).post(sign_up::social::send),
        )
        .route("/sign-out", get(sign_out::ask).post(sign_out::leave))
        .route(
            "/organizations",
            get(organizations::ask).post(organizations::take),
        )
        .route(
            "/create-organization",
            get(create_organization::ask).post(create_organization::take),
        )
        .merge(organization::router())
        .merge(user::router())
        .fallback(nothing_here)
        .layer(middleware::from_fn_with_state(state.clone(), origin::check));
    Router::new().nest("/portal", pages)
}

async fn front() -> Response {
    see_other(&destination::step("sign-in", None))
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
    let again = destination::step("sign-in", None);
    let body = card(
        heading,
        &html! {},
        content,
        Some(&html! { a href=(again) { "Go to sign-in" } }),
    );
    page(status, heading, &body)
}
