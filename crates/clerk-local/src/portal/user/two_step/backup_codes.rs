//! Backup codes: made anew, and shown this one time.

use axum::response::Response;
use maud::{Markup, html};

use super::{HERE, show};
use crate::{
    portal::{
        Answer,
        form::Refusal,
        layout::step_page,
        user::verify::{Then, proven},
        visit::{NoFields, Sent, Visit, correctable},
    },
    state::User,
};

/// Makes new codes; the former ones are worth nothing from now on.
pub async fn renew(Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let (.., user) = match proven(&visit, Then::TwoStep).await? {
        Ok(proven) => proven,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let made = visit.state.replace_backup_codes(&user.id).await;
    Ok(match correctable(made)? {
        Ok(codes) => page(&visit, &codes),
        Err(error) => show(&visit, &user, "", Refusal::of(&error)).await?,
    })
}

/// The codes in clear. No redirect leads here: they could not be shown again.
pub(super) fn page(visit: &Visit, codes: &[String]) -> Response {
    let content = html! {
        p.lead {
            "Each stands in for your authenticator app once. Keep them where only you find them: \
             they are not shown again."
        }
        ul.codes aria-label="Backup codes" { @for code in codes { li { code { (code) } } } }
        a.primary.button href=(visit.link(HERE)) { "I have kept them" }
    };
    let lead = html! {};
    step_page(
        "Your backup codes",
        Refusal::default(),
        &lead,
        &content,
        None,
    )
}

pub(super) fn section(visit: &Visit, user: &User) -> Markup {
    let left = user.factors.backup_code_enabled;
    html! {
        details {
            summary { @if left { "Make new backup codes" } @else { "Make backup codes" } }
            p.hint {
                @if left { "The ones you have are worth nothing afterwards." }
                @else { "You have none left. They stand in for the app when it is not at hand." }
            }
            (visit.buttons("user/two-step/backup-codes", &html! { button { "Make backup codes" } }))
        }
    }
}
