//! The list of addresses, and adding one.

use axum::extract::Path;
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    Correction, PAGE, address, page,
    verify::{Then, proven},
};
use crate::{
    error::Result,
    portal::{
        Answer,
        form::{Field, Refusal},
        layout::part,
        visit::{NoFields, Sent, Visit, correctable},
    },
    state::{EmailAddress, User, UserChanges},
};

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    email_address: String,
}

/// Adds an address and mails to it what it is verified with.
pub async fn add(Sent(visit, given): Sent<Given>) -> Answer {
    let (_, session, user) = match proven(&visit, Then::Account).await? {
        Ok(proven) => proven,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let added = begin(&visit, &user, &given.email_address).await;
    Ok(match correctable(added)? {
        Ok(email) => visit.go_to(&address::place(&email)),
        Err(error) => {
            let back = Correction::Address(&given, Refusal::of(&error));
            page(&visit, &session, &user, back).await?
        }
    })
}

async fn begin(visit: &Visit, user: &User, email: &str) -> Result<EmailAddress> {
    let unit = visit.state.unit().await?;
    let added = unit.add_email_address(&user.id, email).await?;
    let added = address::begin(&unit, visit, &user.id, &added.id).await?;
    unit.commit().await?;
    Ok(added)
}

/// Makes an address the primary one.
pub async fn put_first(Path(id): Path<String>, Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let (_, session, user) = match proven(&visit, Then::Account).await? {
        Ok(proven) => proven,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let changes = UserChanges {
        primary_email_address_id: Some(id),
        ..UserChanges::default()
    };
    let changed = visit.state.update_user(&user.id, changes).await;
    Ok(match correctable(changed)? {
        Ok(_) => visit.go_to(PAGE),
        Err(error) => {
            let back = Correction::Addresses(Refusal::of(&error));
            page(&visit, &session, &user, back).await?
        }
    })
}

/// Takes an address away.
pub async fn remove(Path(id): Path<String>, Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let (_, session, user) = match proven(&visit, Then::Account).await? {
        Ok(proven) => proven,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let removed = visit.state.remove_email_address(&user.id, &id).await;
    Ok(match correctable(removed)? {
        Ok(()) => visit.go_to(PAGE),
        Err(error) => {
            let back = Correction::Addresses(Refusal::of(&error));
            page(&visit, &session, &user, back).await?
        }
    })
}

pub(super) fn section(visit: &Visit, user: &User, correction: &Correction<'_>) -> Markup {
    let (typed, refusal) = match correction {
        Correction::Address(given, refusal) => (given.email_address.as_str(), *refusal),
        _ => ("", Refusal::default()),
    };
    let of_list = match correction {
        Correction::Addresses(refusal) => *refusal,
        _ => Refusal::default(),
    };
    let field = Field {
        value: typed,
        error: refusal.of_field("email_address"),
        autofocus: refusal.field().is_some(),
        ..Field::new("email_address", "Another email address", "email", "email")
    };
    let fields = html! {
        (refusal.beyond(&["email_address"]))
        (field.render())
        button { "Add address" }
    };
    let content = html! {
        (of_list.beyond(&[]))
        ul.things {
            @for email in &user.email_addresses { li { (entry(visit, user, email)) } }
        }
        (visit.form("user/addresses", &fields))
    };
    part("addresses", "Email addresses", &content)
}

fn entry(visit: &Visit, user: &User, email: &EmailAddress) -> Markup {
    let is_primary = user.primary_email_address_id.as_ref() == Some(&email.id);
    let button = |action: &str, label: &str| {
        let page = format!("{}/{action}", address::place(email));
        let name = format!("{label} {}", email.email_address);
        visit.buttons(&page, &html! { button.plain aria-label=(name) { (label) } })
    };
    let send = match visit.state.options().email_links {
        true => "send-link",
        false => "send-code",
    };
    html! {
        div.about {
            strong { (email.email_address) }
            @if is_primary { " " span.badge { "Primary" } }
            @if !email.verified { " " span.badge { "Not verified" } }
        }
        @if !email.verified { (button(send, "Verify")) }
        @if email.verified && !is_primary { (button("primary", "Make primary")) }
        @if !is_primary { (button("remove", "Remove")) }
    }
}
