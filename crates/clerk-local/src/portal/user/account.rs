//! Deleting the account.

use maud::{Markup, html};
use serde::Deserialize;

use super::{
    Correction, page,
    verify::{Then, proven},
};
use crate::{
    error::LocalError,
    portal::{
        Answer,
        form::{Field, Refusal},
        layout::part,
        visit::{Sent, Visit},
    },
    state::User,
};

/// What has to be typed, so that nobody deletes an account by a slip.
const WORDS: &str = "Delete account";

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    confirmation: String,
}

/// Deletes the account and returns to the app, signed out.
pub async fn delete(Sent(visit, given): Sent<Given>) -> Answer {
    let (visitor, session, user) = match proven(&visit, Then::Account).await? {
        Ok(proven) => proven,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if !user.may_delete_self() || !given.confirmation.trim().eq_ignore_ascii_case(WORDS) {
        let text = format!("Type “{WORDS}” to confirm.");
        let error = LocalError::form(422, "form_param_value_invalid", &text, "confirmation");
        let back = Correction::Account(Refusal::of(&error));
        return Ok(page(&visit, &session, &user, back).await?);
    }
    visit.state.delete_user(&user.id).await?;
    Ok(visit.finish(visitor))
}

pub(super) fn section(visit: &Visit, user: &User, correction: &Correction<'_>) -> Markup {
    if !user.may_delete_self() {
        return html! {};
    }
    let refusal = match correction {
        Correction::Account(refusal) => *refusal,
        _ => Refusal::default(),
    };
    let hint = format!("Type “{WORDS}”. The account and all its sessions are gone at once.");
    let field = Field {
        hint: Some(&hint),
        error: refusal.of_field("confirmation"),
        autofocus: refusal.field().is_some(),
        ..Field::new("confirmation", "Confirmation", "text", "off")
    };
    let fields = html! {
        (field.render())
        button.danger { "Delete account" }
    };
    part(
        "delete",
        "Delete account",
        &visit.form("user/delete", &fields),
    )
}
