//! The page for tickets: somebody follows the link of an invitation or of a sign-in token.

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    Answer,
    already::already,
    form::{Field, Refusal},
    layout::step_page,
    sign_in,
    visit::{Sent, Visit, correctable},
};
use crate::{
    flows::{
        sign_in as signing_in,
        sign_up::{self, Wishes},
        ticket::{self, Held},
    },
    state::{Limited, MIN_PASSWORD_LENGTH},
};

/// What the link brings.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Brought {
    #[serde(rename = "__clerk_ticket")]
    ticket: String,
}

impl Brought {
    /// Whether there is a ticket.
    pub fn is_there(&self) -> bool {
        !self.ticket.is_empty()
    }
}

/// The form; of somebody who has an account it has the ticket only.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    ticket: String,
    first_name: String,
    last_name: String,
    password: String,
}

/// Asks whether to go on, or for what an account needs.
pub async fn ask(visit: Visit, Query(brought): Query<Brought>) -> Answer {
    if let Some(answer) = already(&visit).await? {
        return Ok(answer);
    }
    let given = Given {
        ticket: brought.ticket,
        ..Given::default()
    };
    let held = ticket::read(&visit.state, &given.ticket).await?;
    Ok(page(&visit, &held, &given, Refusal::default()))
}

/// Signs in or up with the ticket.
pub async fn take(Sent(visit, given): Sent<Given>) -> Answer {
    if let Some(answer) = already(&visit).await? {
        return Ok(answer);
    }
    let (state, visitor) = (&visit.state, visit.visitor_or_new().await?);
    let held = ticket::read(state, &given.ticket).await?;
    let answer = match &held {
        Held::Invitation(_, None) => {
            visit.limit(Limited::CreateSignUp)?;
            let wishes = Wishes {
                ticket: Some(given.ticket.clone()),
                password: Some(given.password.clone()),
                first_name: Some(given.first_name.clone()),
                last_name: Some(given.last_name.clone()),
                ..Wishes::default()
            };
            let done = sign_up::start(state, &visitor.client, wishes).await;
            match correctable(done)? {
                Ok(_) => visit.finish(&visitor),
                Err(error) => page(&visit, &held, &given, Refusal::of(&error)),
            }
        }
        Held::Invitation(_, Some(_)) | Held::SignInToken(_) => {
            visit.limit(Limited::CreateSignIn)?;
            let done = signing_in::ticket::start(state, &visitor.client, &given.ticket).await;
            match correctable(done)? {
                Ok(attempt) => sign_in::onward(&visit, &visitor, &attempt),
                Err(error) => page(&visit, &held, &given, Refusal::of(&error)),
            }
        }
    };
    Ok(visitor.remember(state, answer))
}

fn page(visit: &Visit, held: &Held, given: &Given, refusal: Refusal<'_>) -> Response {
    let application = &visit.state.options().application_name;
    let (heading, email, fields) = match held {
        Held::SignInToken(_) => (format!("Sign in to {application}"), None, None),
        Held::Invitation(invitation, user) => {
            let into = invitation.organization.as_ref();
            let into = into.map_or(application, |organization| &organization.name);
            let fields = user.is_none().then(|| person(given, refusal));
            let email = Some(invitation.email_address.as_str());
            (format!("Join {into}"), email, fields)
        }
    };
    let lead = html! { @if let Some(email) = email { p.person { (email) } } };
    let form = html! {
        input type="hidden" name="ticket" value=(given.ticket);
        @match &fields {
            Some(fields) => { (fields) }
            None => { (refusal.beyond(&[])) }
        }
        button.primary { "Continue" }
    };
    let content = visit.form("ticket", &form);
    step_page(&heading, refusal, &lead, &content, None)
}

/// What an account needs beside its address.
fn person(given: &Given, refusal: Refusal<'_>) -> Markup {
    let hint = format!("At least {MIN_PASSWORD_LENGTH} characters.");
    let name = |name, label, token, value| Field {
        value,
        required: false,
        error: refusal.of_field(name),
        ..Field::new(name, label, "text", token)
    };
    let first_name = name(
        "first_name",
        "First name",
        "given-name",
        given.first_name.as_str(),
    );
    let last_name = name(
        "last_name",
        "Last name",
        "family-name",
        given.last_name.as_str(),
    );
    let password = Field {
        hint: Some(&hint),
        error: refusal.of_field("password"),
        autofocus: true,
        ..Field::new("password", "Password", "password", "new-password")
    };
    html! {
        (refusal.beyond(&["first_name", "last_name", "password"]))
        div.row { (first_name.render()) (last_name.render()) }
        (password.render())
    }
}
