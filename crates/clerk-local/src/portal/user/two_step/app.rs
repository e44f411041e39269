//! The authenticator app: set up, confirmed by its first code, removed.

use maud::{Markup, html};
use serde::Deserialize;

use super::{HERE, backup_codes, show};
use crate::{
    error::Result,
    portal::{
        Answer,
        form::{Field, Refusal},
        user::verify::{Then, proven},
        visit::{NoFields, Sent, Visit, correctable},
    },
    state::{ShownFactors, Totp, User},
};

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    code: String,
}

/// Makes a secret for a new app.
pub async fn begin(Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let (.., user) = match proven(&visit, Then::TwoStep).await? {
        Ok(proven) => proven,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let made = visit.state.create_totp(&user).await;
    Ok(match correctable(made)? {
        Ok(_) => visit.go_to(HERE),
        Err(error) => show(&visit, &user, "", Refusal::of(&error)).await?,
    })
}

/// Takes the first code, which counts as second factor of this session, and shows the backup codes
/// that were made along with it.
pub async fn confirm(Sent(visit, given): Sent<Given>) -> Answer {
    let (_, session, user) = match proven(&visit, Then::TwoStep).await? {
        Ok(proven) => proven,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let done = visit.state.confirm_totp(&user.id, &given.code).await;
    let codes = match correctable(done)? {
        Ok((_, codes)) => codes,
        Err(error) => return show(&visit, &user, &given.code, Refusal::of(&error)).await,
    };
    let shown = ShownFactors {
        second: true,
        ..ShownFactors::default()
    };
    visit.state.note_factors(&session.id, shown).await?;
    Ok(match codes.is_empty() {
        true => visit.go_to(HERE),
        false => backup_codes::page(&visit, &codes),
    })
}

/// Removes the app, and the backup codes with it.
pub async fn remove(Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let (.., user) = match proven(&visit, Then::TwoStep).await? {
        Ok(proven) => proven,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let removed = visit.state.delete_totp(&user.id).await;
    Ok(match correctable(removed)? {
        Ok(_) => visit.go_to(HERE),
        Err(error) => show(&visit, &user, "", Refusal::of(&error)).await?,
    })
}

/// Before anything is set up.
pub(super) fn none(visit: &Visit) -> Markup {
    html! {
        p.lead {
            "After your password, code or link, you are asked for a code that an app on your phone \
             shows. Somebody who knows your password can then not sign in with it alone."
        }
        (visit.buttons("user/two-step/app", &html! {
            button.primary { "Set up an authenticator app" }
        }))
    }
}

/// The secret, and the field for the app's first code.
///
/// # Errors
/// When the app's address can't be made.
pub(super) fn to_confirm(
    visit: &Visit,
    user: &User,
    new: &Totp,
    typed: &str,
    refusal: Refusal<'_>,
) -> Result<Markup> {
    let uri = new.uri(&visit.state.options().application_name, user.identifier())?;
    let fields = html! {
        (Field { label: "Code of the app", ..Field::code(typed, refusal) }.render())
        button.primary { "Continue" }
    };
    Ok(html! {
        ol.steps {
            li {
                p { "Add an account to your authenticator app, and type this key into it:" }
                p { code.key data-testid="secret" { (in_fours(&new.secret_text())) } }
                p.hint { "It is time-based, with six digits every 30 seconds." }
                p { a href=(uri) { "Open the app on this device" } }
            }
            li {
                p { "Then type in the code that the app shows." }
                (visit.form("user/two-step/confirm", &fields))
            }
        }
        div.ways {
            (visit.buttons("user/two-step/app", &html! { button.plain { "Make another key" } }))
        }
    })
}

/// When it is set up.
pub(super) fn enabled(visit: &Visit) -> Markup {
    html! {
        p.notice { "Two-step verification is on: you are asked for a code of your authenticator app." }
        details {
            summary { "Remove the authenticator app" }
            p.hint { "You then sign in without a second step. Your backup codes are worth nothing any more." }
            (visit.buttons("user/two-step/remove", &html! { button.danger { "Remove" } }))
        }
    }
}

/// In groups, as people read and type it; apps leave the blanks out.
fn in_fours(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}
