//! A forgotten password: the mailed code and a new password, on one page.

use axum::response::Response;
use maud::html;
use serde::Deserialize;

use super::{at, onward, other, person};
use crate::{
    error::Result,
    flows::{
        RESET_PASSWORD_EMAIL_CODE,
        sign_in::{self, Preparation, Proof, new_password},
    },
    portal::{
        Answer,
        form::{Field, Refusal},
        layout::step_page,
        visit::{NoFields, Sent, Visit, correctable},
        visitor::Visitor,
    },
    state::{Limited, MIN_PASSWORD_LENGTH, SignIn, SignInStatus, check_password_form},
};

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    code: String,
    password: String,
    /// A checkbox: any value is yes.
    sign_out_elsewhere: Option<String>,
}

/// Sends a code, the first one or another.
pub async fn send(Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let Some((_, attempt)) = at(&visit, SignInStatus::NeedsFirstFactor).await? else {
        return Ok(visit.go_to("sign-in"));
    };
    let code = Preparation::ResetPassword {
        email_address_id: None,
    };
    sign_in::prepare(&visit.state, attempt, code).await?;
    Ok(visit.go_to("sign-in/reset-password"))
}

/// Asks for the code and the new password.
pub async fn ask(visit: Visit) -> Answer {
    Ok(match current(&visit).await? {
        Some((_, attempt)) => page(&visit, &attempt, &Given::default(), Refusal::default()),
        None => visit.go_to("sign-in"),
    })
}

/// Sets the new password if the code is right, and signs in.
pub async fn take(Sent(visit, given): Sent<Given>) -> Answer {
    let Some((visitor, attempt)) = current(&visit).await? else {
        return Ok(visit.go_to("sign-in"));
    };
    visit.limit(Limited::AttemptSignIn)?;
    let done = reset(&visit, visitor, attempt.clone(), &given).await;
    Ok(match correctable(done)? {
        Ok(attempt) => onward(&visit, visitor, &attempt),
        Err(error) => page(&visit, &attempt, &given, Refusal::of(&error)),
    })
}

/// Nothing is used up for a password that would be refused.
async fn reset(visit: &Visit, visitor: &Visitor, attempt: SignIn, given: &Given) -> Result<SignIn> {
    check_password_form(&given.password)?;
    let (state, client) = (&visit.state, &visitor.client);
    let attempt = match attempt.detail.status {
        SignInStatus::NeedsNewPassword => attempt,
        _ => sign_in::attempt(state, client, attempt, Proof::ResetCode(&given.code)).await?,
    };
    let elsewhere = given.sign_out_elsewhere.is_some();
    new_password::set(state, client, attempt, &given.password, elsewhere).await
}

/// The sign-in under way in this browser, if a code for it was sent or taken.
async fn current(visit: &Visit) -> Result<Option<(&Visitor, SignIn)>> {
    let sent = at(visit, SignInStatus::NeedsFirstFactor).await?;
    let sent = sent.filter(|(_, attempt)| {
        let shown = attempt.detail.first_factor.as_ref();
        shown.is_some_and(|shown| shown.strategy == RESET_PASSWORD_EMAIL_CODE)
    });
    match sent {
        Some(sent) => Ok(Some(sent)),
        None => at(visit, SignInStatus::NeedsNewPassword).await,
    }
}

fn page(visit: &Visit, attempt: &SignIn, given: &Given, refusal: Refusal<'_>) -> Response {
    let wrong = refusal.field();
    let hint = format!("At least {MIN_PASSWORD_LENGTH} characters.");
    let code = Field {
        error: refusal.of_field("code"),
        autofocus: wrong != Some("password"),
        ..Field::code(&given.code, Refusal::default())
    };
    let password = Field {
        hint: Some(&hint),
        error: refusal.of_field("password"),
        autofocus: wrong == Some("password"),
        ..Field::new("password", "New password", "password", "new-password")
    };
    let fields = html! {
        (refusal.beyond(&["code", "password"]))
        @if attempt.detail.status == SignInStatus::NeedsFirstFactor { (code.render()) }
        (password.render())
        label.check {
            input type="checkbox" name="sign_out_elsewhere" value="yes"
                checked[given.sign_out_elsewhere.is_some()];
            "Sign out of all other devices"
        }
        button.primary { "Reset password" }
    };
    let again = html! { button { "Send a new code" } };
    let content = html! {
        (visit.form("sign-in/reset-password", &fields))
        div.ways { (visit.buttons("sign-in/forgot-password", &again)) }
    };
    let footer = other(visit);
    let lead = html! {
        p.lead { "Enter the code we sent to your email address, and a new password." }
        (person(attempt))
    };
    step_page(
        "Reset your password",
        refusal,
        &lead,
        &content,
        Some(&footer),
    )
}
