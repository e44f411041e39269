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

use crate::{BASE_PATH, LocalState, error::Result, portal, state::Mail};

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
    let now = state.now_ms();
    let body = html! {
        main.outbox {
            header {
                h1 { "Outbox" }
                p.lead {
                    "Mail that this local instance of " (state.options().application_name)
                    " would have sent. Nothing leaves this machine."
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
                    @for mail in &mails { li { (view(mail, now)) } }
                }
            }
        }
    };
    Ok(portal::page(StatusCode::OK, "Outbox", &body))
}

/// One mail; tests find it by its recipient (`data-to`) and read the code of `data-testid="code"`.
fn view(mail: &Mail, now_ms: i64) -> Markup {
    let heading = format!("mail-{}", mail.id);
    html! {
        article.mail aria-labelledby=(heading) data-testid="mail" data-to=(mail.recipient) {
            h2 id=(heading) { (mail.subject) }
            dl {
                div { dt { "To" } dd { (mail.recipient) } }
                div { dt { "Sent" } dd { (age(now_ms - mail.created_at)) } }
            }
            @if let Some(code) = &mail.code {
                p { span.label { "Code " } code.secret data-testid="code" { (code) } }
            }
            p { (mail.body) }
        }
    }
}

/// How long ago, in words that need no time zone.
fn age(elapsed_ms: i64) -> String {
    let minutes = elapsed_ms.max(0) / 60_000;
    match minutes {
        0 => "just now".to_owned(),
        1 => "1 minute ago".to_owned(),
        2..60 => format!("{minutes} minutes ago"),
        60..120 => "1 hour ago".to_owned(),
        120..2880 => format!("{} hours ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::age;

    #[test]
    fn ages_read_well() {
        for (ms, text) in [
            (-5, "just now"),
            (59_999, "just now"),
            (60_000, "1 minute ago"),
            (3_540_000, "59 minutes ago"),
            (3_600_000, "1 hour ago"),
            (7_200_000, "2 hours ago"),
            (172_800_000, "2 days ago"),
        ] {
            assert_eq!(age(ms), text);
        }
    }
}
