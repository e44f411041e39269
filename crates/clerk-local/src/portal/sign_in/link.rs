//! Second step of signing in, a third way: a link by mail.

use super::{at, code_form, other};
use crate::{
    flows::{
        EMAIL_LINK,
        sign_in::{self, Preparation},
    },
    portal::{
        Answer,
        link::Waiting,
        visit::{NoFields, Sent, Visit},
    },
    state::SignInStatus,
};

/// Sends a link, the first one or another.
pub async fn send(Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let Some((_, attempt)) = at(&visit, SignInStatus::NeedsFirstFactor).await? else {
        return Ok(visit.go_to("sign-in"));
    };
    let link = Preparation::EmailLink {
        email_address_id: None,
        redirect_url: &visit.link("sign-in/link-opened"),
    };
    sign_in::prepare(&visit.state, attempt, link).await?;
    Ok(visit.go_to("sign-in/link"))
}

/// Waits until the link is opened.
pub async fn wait(visit: Visit) -> Answer {
    if let Some((visitor, _, _)) = visit.signed_in().await? {
        return Ok(visit.finish(visitor));
    }
    let Some((_, attempt)) = at(&visit, SignInStatus::NeedsFirstFactor).await? else {
        return Ok(visit.go_to("sign-in"));
    };
    let sent = attempt.detail.first_factor.as_ref();
    let Some(sent) = sent.filter(|sent| sent.strategy == EMAIL_LINK) else {
        return Ok(visit.go_to("sign-in"));
    };
    let page = Waiting {
        heading: "Check your email",
        address: attempt.detail.identifier.as_deref().unwrap_or_default(),
        verification: sent,
        page: "sign-in/link",
        again: "sign-in/send-link",
        ways: &code_form(&visit, "Email me a code instead"),
        footer: &other(&visit),
    };
    Ok(page.show(&visit))
}
