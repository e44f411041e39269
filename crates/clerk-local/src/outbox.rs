//! The outbox: mails the instance would have sent, for people and tests to read.

use axum::{
    Router,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    BASE_PATH, LocalState,
    error::Result,
    portal,
    state::{Dispatch, Mail},
    words::{age, linked},
};

/// How many mails the page looks back.
const SHOWN: u64 = 200;

/// The route `/outbox`.
pub fn router() -> Router<LocalState> {
    Router::new().route("/outbox", get(show))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// Only mails to addresses that contain this.
    to: String,
}

async fn show(State(state): State<LocalState>, Query(asked): Query<Asked>) -> Result<Response> {
    let wanted = asked.to.trim().to_lowercase();
    let mut mails = state.mails(SHOWN).await?;
    mails.retain(|mail| mail.recipient.to_lowercase().contains(&wanted));
    let dispatches = state.dispatches(&mails).await?;
    let now = state.now_ms();
    let body = html! {
        main.wide {
            header {
                h1 { "Outbox" }
                p.lead {
                    "Mail of this local instance of " (state.options().application_name) ". "
                    @if state.options().smtp.is_some() { "It is sent to the SMTP server as well." }
                    @else { "Nothing leaves this machine." }
                }
            }
            form.filter method="get" action={ (BASE_PATH) "/outbox" } role="search" {
                div.field {
                    label for="to" { "Recipient" }
                    input id="to" name="to" type="search" autocomplete="off" value=(asked.to);
                }
                button { "Filter" }
            }
            @if mails.is_empty() {
                p.empty {
                    @if wanted.is_empty() { "No mail yet. Codes for signing in and signing up arrive here." }
                    @else { "No mail to such an address." }
                }
            } @else {
                ul.mails {
                    @for mail in &mails {
                        @let dispatch = dispatches.iter().find(|dispatch| dispatch.mail_id == mail.id);
                        li { (view(mail, dispatch, now)) }
                    }
                }
            }
        }
    };
    Ok(portal::page(StatusCode::OK, "Outbox", &body))
}

/// One mail; tests find it by its recipient (`data-to`) and read the code of `data-testid="code"`.
fn view(mail: &Mail, dispatch: Option<&Dispatch>, now_ms: i64) -> Markup {
    let heading = format!("mail-{}", mail.id);
    html! {
        article.mail aria-labelledby=(heading) data-testid="mail" data-to=(mail.recipient) {
            h2 id=(heading) { (mail.subject) }
            dl.facts {
                div { dt { "To" } dd { (mail.recipient) } }
                div { dt { "Sent" } dd { (age(now_ms - mail.created_at)) } }
                @if let Some(dispatch) = dispatch {
                    div { dt { "SMTP" } dd data-testid="smtp" { (way(dispatch)) } }
                }
            }
            @if let Some(code) = &mail.code {
                p { span.label { "Code " } code.secret data-testid="code" { (code) } }
            }
            p.text { (linked(&mail.body)) }
        }
    }
}

/// How far a mail got on its way to the SMTP server.
fn way(dispatch: &Dispatch) -> String {
    match (
        dispatch.sent_at,
        dispatch.next_attempt_at,
        &dispatch.last_error,
    ) {
        (Some(_), ..) => "taken by the server".to_owned(),
        (None, Some(_), None) => "waiting".to_owned(),
        (None, Some(_), Some(error)) => format!("to be repeated: {error}"),
        (None, None, error) => format!("given up: {}", error.as_deref().unwrap_or_default()),
    }
}
