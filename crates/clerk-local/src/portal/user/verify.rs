//! Reverification: before a change that matters, the person shows again who they are, if they did not
//! do so a short time ago (Clerk docs: reverification).

use axum::{extract::Path, response::Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::PAGE;
use crate::{
    error::{LocalError, Result},
    flows::{
        EMAIL_CODE,
        reverification::{self, Proof, require_fresh},
    },
    portal::{
        Answer, PortalError,
        form::{Field, Refusal},
        layout::step_page,
        sign_in::second_factor,
        visit::{NoFields, Sent, Visit, correctable},
        visitor::Visitor,
    },
    state::{Reverification, ReverificationLevel, ReverificationStatus, Session, User},
};

/// The page to which the person comes back, to ask once more for what they want.
#[derive(Debug, Clone, Copy)]
pub enum Then {
    /// The page of the account.
    Account,
    /// The page of the second factors.
    TwoStep,
}

impl Then {
    fn from_slug(slug: &str) -> Result<Self> {
        match slug {
            "account" => Ok(Self::Account),
            "two-step" => Ok(Self::TwoStep),
            _ => Err(LocalError::not_found()),
        }
    }

    fn page(self) -> &'static str {
        match self {
            Self::Account => PAGE,
            Self::TwoStep => "user/two-step",
        }
    }

    /// The page that asks who they are.
    fn verify(self) -> &'static str {
        match self {
            Self::Account => "user/verify/account",
            Self::TwoStep => "user/verify/two-step",
        }
    }
}

/// The signed-in person, if they showed a short time ago who they are; else the way to do so.
///
/// # Errors
/// When the database fails.
pub(super) async fn proven(
    visit: &Visit,
    then: Then,
) -> Result<Result<(&Visitor, Session, User), Response>, PortalError> {
    let Some((visitor, session, user)) = visit.signed_in().await? else {
        return Ok(Err(visit.sign_in_first(then.page())));
    };
    Ok(match require_fresh(&session, &user, visit.state.now_ms()) {
        Ok(()) => Ok((visitor, session, user)),
        Err(_) => Err(visit.go_to(then.verify())),
    })
}

/// The form; of the two fields only the one that was asked for is there.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    password: Option<String>,
    code: Option<String>,
}

/// Begins anew and asks for a factor.
pub async fn ask(Path(then): Path<String>, visit: Visit) -> Answer {
    let then = Then::from_slug(&then)?;
    let Some((_, session, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first(then.page()));
    };
    let level = ReverificationLevel::SecondFactor;
    let attempt = reverification::start(&visit.state, &session, &user, level).await?;
    Ok(page(&visit, then, &user, &attempt, "", Refusal::default()))
}

/// Mails a code.
pub async fn send(Path(then): Path<String>, Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let then = Then::from_slug(&then)?;
    let Some((_, session, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first(then.page()));
    };
    let state = &visit.state;
    let sent = reverification::prepare(state, &session, &user, EMAIL_CODE, None, None).await;
    Ok(match correctable(sent)? {
        Ok(_) => visit.go_to(&format!("{}/code", then.verify())),
        Err(_) => visit.go_to(then.verify()),
    })
}

/// Asks for the mailed code.
pub async fn ask_code(Path(then): Path<String>, visit: Visit) -> Answer {
    let then = Then::from_slug(&then)?;
    let Some((_, session, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first(then.page()));
    };
    let attempt = visit.state.reverification(&session.id).await?;
    Ok(match attempt.filter(awaits_code) {
        Some(attempt) => page(&visit, then, &user, &attempt, "", Refusal::default()),
        None => visit.go_to(then.verify()),
    })
}

/// Takes the factor.
pub async fn take(Path(then): Path<String>, Sent(visit, given): Sent<Given>) -> Answer {
    let then = Then::from_slug(&then)?;
    let Some((_, session, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first(then.page()));
    };
    let attempt = visit.state.reverification(&session.id).await?;
    let is_open = |it: &Reverification| it.detail.status != ReverificationStatus::Complete;
    let Some(attempt) = attempt.filter(is_open) else {
        return Ok(visit.go_to(then.page()));
    };
    let shown = show(&visit, &session, &user, &attempt, &given).await;
    Ok(match correctable(shown)? {
        Ok(()) => visit.go_to(then.page()),
        Err(error) => {
            let typed = given.code.as_deref().unwrap_or_default();
            page(&visit, then, &user, &attempt, typed, Refusal::of(&error))
        }
    })
}

async fn show(
    visit: &Visit,
    session: &Session,
    user: &User,
    attempt: &Reverification,
    given: &Given,
) -> Result<()> {
    let state = &visit.state;
    let code = given.code.as_deref().unwrap_or_default();
    if attempt.detail.status == ReverificationStatus::NeedsSecondFactor {
        let strategy = second_factor::strategy_of(code);
        reverification::attempt_second(state, session, user, strategy, code).await?;
        return Ok(());
    }
    let proof = match &given.password {
        Some(password) => Proof::Password(password),
        None => Proof::Code(code),
    };
    reverification::attempt_first(state, session, user, proof).await?;
    Ok(())
}

/// Whether a code was mailed for this attempt, and no other factor was tried since.
fn awaits_code(attempt: &Reverification) -> bool {
    let factor = attempt.detail.first_factor.as_ref();
    attempt.detail.status == ReverificationStatus::NeedsFirstFactor
        && factor.is_some_and(|factor| factor.strategy == EMAIL_CODE)
}

fn page(
    visit: &Visit,
    then: Then,
    user: &User,
    attempt: &Reverification,
    typed: &str,
    refusal: Refusal<'_>,
) -> Response {
    let by_second = attempt.detail.status == ReverificationStatus::NeedsSecondFactor;
    let by_code = awaits_code(attempt);
    let has_password = user.password_digest.is_some();
    let send = |label: &str, primary: bool| -> Markup {
        let to = format!("{}/send-code", then.verify());
        let button = html! { button.primary[primary] { (label) } };
        visit.buttons(&to, &button)
    };
    let form = |field: &Field<'_>| {
        let fields = html! { (field.render()) button.primary { "Continue" } };
        visit.form(then.verify(), &fields)
    };
    let content = html! {
        @if by_second {
            (form(&second_factor::field(typed, refusal)))
        } @else if by_code {
            (form(&Field::code(typed, refusal)))
            div.ways {
                (send("Send a new code", false))
                @if has_password { a href=(visit.link(then.verify())) { "Use your password instead" } }
            }
        } @else if has_password {
            (form(&Field {
                error: refusal.text(),
                autofocus: true,
                ..Field::new("password", "Password", "password", "current-password")
            }))
            div.or { "or" }
            (send("Email me a code instead", false))
        } @else {
            (refusal.beyond(&[]))
            (send("Email me a code", true))
        }
    };
    let lead = html! {
        p.lead { "To go on, show once more that it is you." }
        p.person { (user.identifier()) }
    };
    let footer = html! { a href=(visit.link(PAGE)) { "Back to your account" } };
    step_page(
        "Verification required",
        refusal,
        &lead,
        &content,
        Some(&footer),
    )
}
