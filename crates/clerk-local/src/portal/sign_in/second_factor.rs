//! Third step of signing in, for people with an authenticator app: its code, or a backup code.

use axum::response::Response;
use maud::html;
use serde::Deserialize;

use super::{at, other, person};
use crate::{
    flows::{BACKUP_CODE, TOTP, sign_in::second_factor},
    portal::{
        Answer,
        form::{Field, Refusal},
        layout::step_page,
        visit::{Sent, Visit, correctable},
    },
    state::{SignIn, SignInStatus},
};

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    code: String,
}

/// Asks for the code.
pub async fn ask(visit: Visit) -> Answer {
    Ok(match at(&visit, SignInStatus::NeedsSecondFactor).await? {
        Some((_, attempt)) => page(&visit, &attempt, "", Refusal::default()),
        None => visit.go_to("sign-in"),
    })
}

/// Signs in with the right code of either kind.
pub async fn take(Sent(visit, given): Sent<Given>) -> Answer {
    let Some((visitor, attempt)) = at(&visit, SignInStatus::NeedsSecondFactor).await? else {
        return Ok(visit.go_to("sign-in"));
    };
    let (state, client) = (&visit.state, &visitor.client);
    let strategy = strategy_of(&given.code);
    let done = second_factor::attempt(state, client, attempt.clone(), strategy, &given.code).await;
    Ok(match correctable(done)? {
        Ok(_) => visit.finish(visitor),
        Err(error) => page(&visit, &attempt, &given.code, Refusal::of(&error)),
    })
}

/// Codes of the app have six characters, backup codes eight.
pub fn strategy_of(code: &str) -> &'static str {
    match code.chars().filter(|c| c.is_alphanumeric()).count() {
        ..=6 => TOTP,
        _ => BACKUP_CODE,
    }
}

/// The field for a code of either kind.
pub fn field<'a>(typed: &'a str, refusal: Refusal<'a>) -> Field<'a> {
    Field {
        hint: Some("The code your authenticator app shows now, or one of your backup codes."),
        // Backup codes have letters: phones must not offer digits only.
        digits: false,
        ..Field::code(typed, refusal)
    }
}

fn page(visit: &Visit, attempt: &SignIn, typed: &str, refusal: Refusal<'_>) -> Response {
    let fields = html! {
        (field(typed, refusal).render())
        button.primary { "Continue" }
    };
    let content = visit.form("sign-in/second-factor", &fields);
    let footer = other(visit);
    step_page(
        "Two-step verification",
        refusal,
        &person(attempt),
        &content,
        Some(&footer),
    )
}
