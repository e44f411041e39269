//! Signing out of every session of this browser.

use axum::http::StatusCode;
use maud::{Markup, html};

use super::{
    Answer,
    layout::{card, page},
    visit::{NoFields, Sent, Visit},
};

/// Asks whether to sign out: a link alone changes nothing.
pub async fn ask(visit: Visit) -> Answer {
    let Some((_, _, user)) = visit.signed_in().await? else {
        return Ok(visit.go_to("sign-in"));
    };
    let button = html! { button.primary { "Sign out" } };
    let content = visit.buttons("sign-out", &button);
    let lead = html! { p.person { (user.identifier()) } };
    let body = card("Sign out?", &lead, &content, None);
    Ok(page(StatusCode::OK, "Sign out", &body))
}

/// Ends the sessions and returns to the app.
pub async fn leave(Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let visitor = visit.visitor_or_new().await?;
    visit.state.remove_all_sessions(&visitor.client).await?;
    Ok(visitor.remember(&visit.state, visit.finish(&visitor)))
}

/// Below other pages: the way back to the app, and the small form.
pub fn offer(visit: &Visit) -> Markup {
    let name = &visit.state.options().application_name;
    html! {
        @if let Some(visitor) = &visit.visitor {
            a href=(visit.onward(visitor)) { "Back to " (name) }
        }
        (visit.buttons("sign-out", &html! { button.plain { "Sign out" } }))
    }
}
