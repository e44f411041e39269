//! Signing up with an account at a provider.

use axum::response::Response;

use super::{person, verify};
use crate::{
    error::Result,
    flows::{oauth, sign_up::Wishes},
    portal::{
        Answer,
        already::already,
        form::Refusal,
        sign_in,
        social::{Chosen, failure, set_out},
        visit::{Sent, Visit, correctable},
        visitor::Visitor,
    },
    state::{Limited, SignUp, VerificationStatus},
};

/// Sends the browser to the provider.
pub async fn send(Sent(visit, chosen): Sent<Chosen>) -> Answer {
    if let Some(answer) = already(&visit).await? {
        return Ok(answer);
    }
    let visitor = visit.visitor_or_new().await?;
    visit.limit(Limited::CreateSignUp)?;
    let journey = chosen.journey(&visit, "sign-up/social")?;
    let (state, client) = (&visit.state, &visitor.client);
    let attempt = oauth::sign_up::start(state, client, None, Wishes::default(), &journey).await?;
    let answer = set_out(attempt.detail.external_verification.as_ref())?;
    Ok(visitor.remember(state, answer))
}

/// The browser is back, and the sign-up is not complete. An account that somebody has here signs in,
/// as Clerk's own pages do it.
pub async fn back(visit: Visit) -> Answer {
    let Some(visitor) = &visit.visitor else {
        return Ok(visit.go_to("sign-up"));
    };
    let Some(attempt) = visit.state.sign_up_of_client(&visitor.client).await? else {
        return Ok(visit.go_to("sign-up"));
    };
    let shown = attempt.detail.external_verification.as_ref();
    if shown.is_none_or(|shown| shown.status != VerificationStatus::Transferable) {
        return Ok(settle(&visit, visitor, attempt).await?);
    }
    let transferred = oauth::sign_in::transfer(&visit.state, &visitor.client).await;
    Ok(match correctable(transferred)? {
        Ok(attempt) => sign_in::social::settle(&visit, visitor, attempt).await?,
        Err(error) => person::show(&visit, &person::Given::default(), Refusal::of(&error)),
    })
}

/// What follows from what the provider told: an address for which it does not vouch is verified here.
pub async fn settle(visit: &Visit, visitor: &Visitor, attempt: SignUp) -> Result<Response> {
    let detail = &attempt.detail;
    if let Some(error) = failure(detail.external_verification.as_ref()) {
        let nothing = person::Given::default();
        return Ok(person::show(visit, &nothing, Refusal::of(&error)));
    }
    if detail.created_user_id.is_some() {
        return Ok(visit.finish(visitor));
    }
    match detail.external_account() {
        Some(_) => verify(visit, attempt).await,
        None => Ok(visit.go_to("sign-up")),
    }
}
