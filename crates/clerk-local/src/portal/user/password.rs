//! Setting a password, or another one.

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
        visit::{Sent, Visit, correctable},
    },
    state::{CurrentPassword, MIN_PASSWORD_LENGTH, User},
};

/// The id of its part of the page.
const PART: &str = "password";

/// The form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Given {
    current_password: String,
    new_password: String,
    /// There when the box is ticked.
    sign_out_others: Option<String>,
}

/// Changes the password.
pub async fn take(Sent(visit, given): Sent<Given>) -> Answer {
    let Some((_, session, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first(PAGE));
    };
    // Without a password to ask for, another factor shows that the account is theirs.
    if user.password_digest.is_none()
        && let Err(elsewhere) = proven(&visit, Then::Account).await?
    {
        return Ok(elsewhere);
    }
    let current = Some(given.current_password.as_str()).filter(|it| !it.is_empty());
    let keep = given.sign_out_others.is_some().then_some(&*session.id);
    let changed = visit
        .state
        .change_own_password(
            &user,
            CurrentPassword::Named(current),
            &given.new_password,
            keep,
        )
        .await;
    Ok(match correctable(changed)? {
        Ok(_) => visit.go_to_saved(PAGE, PART),
        Err(error) => {
            let back = Correction::Password(Refusal::of(&error));
            page(&visit, &session, &user, back).await?
        }
    })
}

pub(super) fn section(visit: &Visit, user: &User, correction: &Correction<'_>) -> Markup {
    let refusal = match correction {
        Correction::Password(refusal) => *refusal,
        _ => Refusal::default(),
    };
    let field = |name, label, autocomplete| Field {
        error: refusal.of_field(name),
        autofocus: refusal.field() == Some(name),
        ..Field::new(name, label, "password", autocomplete)
    };
    let hint = format!("At least {MIN_PASSWORD_LENGTH} characters.");
    let has_one = user.password_digest.is_some();
    let fields = html! {
        (refusal.beyond(&["current_password", "new_password"]))
        @if has_one {
            (field("current_password", "Current password", "current-password").render())
        }
        (Field {
            hint: Some(&hint),
            ..field("new_password", "New password", "new-password")
        }.render())
        label.check {
            input type="checkbox" name="sign_out_others" value="true" checked;
            "Sign out of all other devices"
        }
        button { @if has_one { "Change password" } @else { "Set password" } }
    };
    let content = html! { (visit.saved(PART)) (visit.form("user/password", &fields)) };
    part(PART, "Password", &content)
}
