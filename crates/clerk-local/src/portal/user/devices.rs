//! Where the person is signed in.

use axum::extract::Path;
use maud::{Markup, html};

use super::{
    PAGE,
    verify::{Then, proven},
};
use crate::{
    error::Result,
    portal::{
        Answer,
        layout::part,
        visit::{NoFields, Sent, Visit},
    },
    shapes,
    state::{Session, User},
};

/// Ends a session elsewhere. One that is over meanwhile needs no word.
pub async fn sign_out(Path(id): Path<String>, Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let (.., user) = match proven(&visit, Then::Account).await? {
        Ok(proven) => proven,
        Err(elsewhere) => return Ok(elsewhere),
    };
    visit.state.revoke_session_of(&user.id, &id).await?;
    Ok(visit.go_to(PAGE))
}

pub(super) async fn section(visit: &Visit, here: &Session, user: &User) -> Result<Markup> {
    let mut entries = Vec::new();
    for session in visit.state.sessions_of_user(&user.id).await? {
        let device = visit.state.device(&session.client_id).await?;
        let activity = shapes::activity(&session, &device);
        let text = |name: &str| activity[name].as_str().map(str::to_owned);
        let browser = [text("browser_name"), text("device_type")];
        let browser: Vec<String> = browser.into_iter().flatten().collect();
        let name = match browser.is_empty() {
            true => "Unknown device".to_owned(),
            false => browser.join(" on "),
        };
        let is_here = session.id == here.id;
        let page = format!("user/devices/{}/sign-out", session.id);
        let button = html! { button.plain aria-label={ "Sign out of " (name) } { "Sign out" } };
        entries.push(html! {
            div.about {
                strong { (name) }
                @if is_here { " " span.badge { "This device" } }
                @if let Some(ip) = &device.ip_address { " " span.hint { (ip) } }
            }
            @if !is_here { (visit.buttons(&page, &button)) }
        });
    }
    let list = html! { ul.things { @for entry in entries { li { (entry) } } } };
    Ok(part("devices", "Active devices", &list))
}
