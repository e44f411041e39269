//! The page of the second factors: the authenticator app, and the backup codes that stand in for it.
//! It is shown only to who has shown a short time ago who they are.

mod app;
mod backup_codes;

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use maud::{Markup, html};

use super::{
    PAGE,
    verify::{Then, proven},
};
use crate::{
    LocalState,
    portal::{
        Answer, PortalError,
        form::Refusal,
        layout::{part, step_page},
        visit::Visit,
    },
    state::User,
};

/// Where the page is.
const HERE: &str = "user/two-step";

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/user/two-step", get(ask))
        .route("/user/two-step/app", post(app::begin))
        .route("/user/two-step/confirm", post(app::confirm))
        .route("/user/two-step/remove", post(app::remove))
        .route("/user/two-step/backup-codes", post(backup_codes::renew))
}

async fn ask(visit: Visit) -> Answer {
    Ok(match proven(&visit, Then::TwoStep).await? {
        Ok((.., user)) => show(&visit, &user, "", Refusal::default()).await?,
        Err(elsewhere) => elsewhere,
    })
}

/// The page as it stands: an app that is set up, one that waits for its first code, or none.
async fn show(
    visit: &Visit,
    user: &User,
    typed: &str,
    refusal: Refusal<'_>,
) -> Result<Response, PortalError> {
    let new = visit.state.new_totp(&user.id).await?;
    let content = html! {
        @if user.factors.two_factor_enabled() {
            (refusal.beyond(&[]))
            (app::enabled(visit))
            (backup_codes::section(visit, user))
        } @else if let Some(new) = new {
            (app::to_confirm(visit, user, &new, typed, refusal)?)
        } @else {
            (refusal.beyond(&[]))
            (app::none(visit))
        }
    };
    let lead = html! { p.person { (user.identifier()) } };
    Ok(step_page(
        "Two-step verification",
        refusal,
        &lead,
        &content,
        Some(&back(visit)),
    ))
}

fn back(visit: &Visit) -> Markup {
    html! { a href=(visit.link(PAGE)) { "Back to your account" } }
}

/// What the page of the account says about it.
pub(super) fn section(visit: &Visit, user: &User) -> Markup {
    let is_on = user.factors.two_factor_enabled();
    let content = html! {
        ul.things {
            li {
                div.about {
                    strong { "Authenticator app" }
                    " "
                    span.hint {
                        @if is_on { "Asked for after your password, code or link" }
                        @else { "Not set up" }
                    }
                }
                a href=(visit.link(HERE)) {
                    @if is_on { "Manage two-step verification" } @else { "Set up two-step verification" }
                }
            }
        }
    };
    part("two-step", "Two-step verification", &content)
}
