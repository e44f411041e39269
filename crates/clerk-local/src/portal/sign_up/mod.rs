//! Signing up: name, email address and password, or an account at a provider; then the code or the
//! link that was mailed.

pub mod code;
pub mod link;
pub mod person;
pub mod social;

use axum::response::Response;
use maud::{Markup, html};

use super::{visit::Visit, visitor::Visitor};
use crate::{
    error::Result,
    flows::sign_up,
    state::{SignUp, Verification},
};

/// Sends what the address is verified with: a link where the instance sends links, else a code.
async fn verify(visit: &Visit, attempt: SignUp) -> Result<Response> {
    match visit.state.options().email_links {
        true => link::begin(visit, attempt).await,
        false => {
            sign_up::send_code(&visit.state, attempt).await?;
            Ok(visit.go_to("sign-up/code"))
        }
    }
}

/// The sign-up under way in this browser, if only its address is still to be verified.
async fn current(visit: &Visit) -> Result<Option<(&Visitor, SignUp)>> {
    let Some(visitor) = &visit.visitor else {
        return Ok(None);
    };
    let attempt = visit.state.sign_up_of_client(&visitor.client).await?;
    let open = attempt.filter(|it| {
        let detail = &it.detail;
        detail.created_user_id.is_none()
            && detail.email_address.is_some()
            && (detail.password_digest.is_some() || detail.external_account().is_some())
    });
    Ok(open.map(|attempt| (visitor, attempt)))
}

/// As [`current`], if what was sent last is of this kind.
async fn sent_by<'a>(
    visit: &'a Visit,
    strategy: &str,
) -> Result<Option<(&'a Visitor, SignUp, Verification)>> {
    let current = current(visit).await?;
    Ok(current.and_then(|(visitor, attempt)| {
        let sent = attempt.detail.email_verification.clone();
        let sent = sent.filter(|sent| sent.strategy == strategy)?;
        Some((visitor, attempt, sent))
    }))
}

fn address(attempt: &SignUp) -> &str {
    let address = attempt.detail.email_address.as_deref();
    address.unwrap_or_default()
}

fn other(visit: &Visit) -> Markup {
    html! { a href=(visit.link("sign-up")) { "Use another email address" } }
}
