//! Signing in with an account at a provider.

use axum::response::Response;

use super::{email, first_factor, onward};
use crate::{
    error::Result,
    flows::{oauth, sign_up::Wishes},
    portal::{
        Answer,
        already::already,
        form::Refusal,
        sign_up,
        social::{Chosen, failure, set_out},
        visit::{Sent, Visit, correctable},
        visitor::Visitor,
    },
    state::{Limited, SignIn, SignInStatus, VerificationStatus},
};

/// Sends the browser to the provider.
pub async fn send(Sent(visit, chosen): Sent<Chosen>) -> Answer {
    if let Some(answer) = already(&visit).await? {
        return Ok(answer);
    }
    let visitor = visit.visitor_or_new().await?;
    visit.limit(Limited::CreateSignIn)?;
    let journey = chosen.journey(&visit, "sign-in/social")?;
    let attempt = oauth::sign_in::start(&visit.state, &visitor.client, &journey).await?;
    let answer = set_out(attempt.detail.first_factor.as_ref())?;
    Ok(visitor.remember(&visit.state, answer))
}

/// The browser is back, and the sign-in is not complete. An account that nobody has here signs up, as
/// Clerk's own pages do it.
pub async fn back(visit: Visit) -> Answer {
    let Some(visitor) = &visit.visitor else {
        return Ok(visit.go_to("sign-in"));
    };
    let Some(attempt) = visit.state.sign_in_of_client(&visitor.client).await? else {
        return Ok(visit.go_to("sign-in"));
    };
    let shown = attempt.detail.first_factor.as_ref();
    if shown.is_none_or(|shown| shown.status != VerificationStatus::Transferable) {
        return Ok(settle(&visit, visitor, attempt).await?);
    }
    let (state, client) = (&visit.state, &visitor.client);
    let transferred = oauth::sign_up::transfer(state, client, Wishes::default()).await;
    Ok(match correctable(transferred)? {
        Ok(attempt) => sign_up::social::settle(&visit, visitor, attempt).await?,
        Err(error) => email::page(&visit, "", Refusal::of(&error)),
    })
}

/// What follows from what the provider told.
pub async fn settle(visit: &Visit, visitor: &Visitor, attempt: SignIn) -> Result<Response> {
    if let Some(error) = failure(attempt.detail.first_factor.as_ref()) {
        return Ok(email::page(visit, "", Refusal::of(&error)));
    }
    match attempt.detail.status {
        SignInStatus::NeedsIdentifier => Ok(visit.go_to("sign-in")),
        SignInStatus::NeedsFirstFactor => first_factor(visit, attempt).await,
        _ => Ok(onward(visit, visitor, &attempt)),
    }
}
