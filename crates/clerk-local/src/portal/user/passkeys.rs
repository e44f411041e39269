//! The person's passkeys. One is made by the browser's own script, so not on this page.

use axum::extract::Path;
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    Correction, PAGE, page,
    verify::{Then, proven},
};
use crate::{
    portal::{
        Answer,
        form::{Field, Refusal},
        layout::part,
        visit::{NoFields, Sent, Visit, correctable},
    },
    state::{Passkey, User},
    words::age,
};

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    name: String,
}

/// Gives a passkey another name.
pub async fn rename(Path(id): Path<String>, Sent(visit, given): Sent<Given>) -> Answer {
    let Some((_, session, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first(PAGE));
    };
    let name = given.name.trim();
    let renamed = match name.is_empty() {
        true => Err(crate::LocalError::missing("name")),
        false => visit.state.rename_passkey(&user.id, &id, name).await,
    };
    Ok(match correctable(renamed)? {
        Ok(_) => visit.go_to(PAGE),
        Err(error) => {
            let back = Correction::Passkey(&id, &given, Refusal::of(&error));
            page(&visit, &session, &user, back).await?
        }
    })
}

/// Removes a passkey.
pub async fn remove(Path(id): Path<String>, Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let (.., user) = match proven(&visit, Then::Account).await? {
        Ok(proven) => proven,
        Err(elsewhere) => return Ok(elsewhere),
    };
    visit.state.delete_passkey(&user.id, &id).await?;
    Ok(visit.go_to(PAGE))
}

pub(super) fn section(visit: &Visit, user: &User, correction: &Correction<'_>) -> Markup {
    let passkeys = &user.factors.passkeys;
    let unknown = match correction {
        Correction::Passkey(id, _, refusal) if passkeys.iter().all(|it| it.id != *id) => *refusal,
        _ => Refusal::default(),
    };
    let content = html! {
        (unknown.beyond(&[]))
        @if !passkeys.is_empty() {
            ul.things {
                @for passkey in passkeys { li { (entry(visit, passkey, correction)) } }
            }
        }
        p.hint {
            @if passkeys.is_empty() { "You have no passkeys. " }
            "A passkey is added on the account page of the application itself: the browser makes it \
             with the help of JavaScript, which this page does without."
        }
    };
    part("passkeys", "Passkeys", &content)
}

fn entry(visit: &Visit, passkey: &Passkey, correction: &Correction<'_>) -> Markup {
    let (typed, refusal) = match correction {
        Correction::Passkey(id, given, refusal) if *id == passkey.id => {
            (given.name.as_str(), *refusal)
        }
        _ => (passkey.name.as_str(), Refusal::default()),
    };
    let now = visit.state.now_ms();
    let used = passkey.last_used_at.map(|at| age(now - at));
    let field = Field {
        id: Some(&format!("name-{}", passkey.id)),
        value: typed,
        error: refusal.text(),
        autofocus: refusal.text().is_some(),
        ..Field::new("name", "Name of the passkey", "text", "off")
    };
    let fields = html! { (field.render()) button { "Rename" } };
    let of = |action: &str| format!("user/passkeys/{}/{action}", passkey.id);
    let name = &passkey.name;
    let remove = html! { button.plain aria-label={ "Remove " (name) } { "Remove" } };
    html! {
        div.about {
            strong { (name) }
            " "
            span.hint {
                "Added " (age(now - passkey.created_at))
                @if let Some(used) = used { ", used " (used) }
            }
        }
        (visit.buttons(&of("remove"), &remove))
        details open[refusal.text().is_some()] {
            summary aria-label={ "Rename " (name) } { "Rename" }
            (visit.form(&of("rename"), &fields))
        }
    }
}
