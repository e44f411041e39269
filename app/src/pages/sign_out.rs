//! Signing out: the session ends at Clerk, its cookies end here.

use clerk::keys::PublishableKey;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use crate::{
    context::{RequestContext, request_context},
    error::AppError,
    forms::{self, Done, Posted},
};

/// Ends the session and returns to the landing page.
///
/// Works also for somebody whose session has ended already. When Clerk cannot be reached the
/// cookies go all the same, and the session ends by itself later.
#[server(endpoint = "session/sign-out")]
pub async fn sign_out() -> Result<(), AppError> {
    let outcome = end_session().await;
    Posted {
        function: SignOut::PATH,
        page: "/app".to_owned(),
        kept: &[],
    }
    .answer(outcome)
}

async fn end_session() -> Result<Done, AppError> {
    let context = request_context()?;
    if let Some(session) = context.auth.session() {
        match context.clerk.sessions().revoke(session.id()).await {
            Ok(_) => tracing::info!(session.id = %session.id(), "signed out"),
            Err(error) if error.is_not_found() => {}
            Err(error) => tracing::warn!(session.id = %session.id(), %error, "session not revoked"),
        }
    }
    for line in expired_cookies(&context) {
        forms::append_cookie(&line);
    }
    Ok(Done {
        page: "/".to_owned(),
        notice: None,
    })
}

/// The cookies of a session, all of them over (Clerk: a `__client_uat` of 0 says "signed out").
fn expired_cookies(context: &RequestContext) -> Vec<String> {
    let secure = match context.config.public_url.scheme() {
        "https" => "; Secure",
        _ => "",
    };
    let mut gone = vec!["__session".to_owned(), "clerk_active_context".to_owned()];
    let mut zero = vec!["__client_uat".to_owned()];
    if let Ok(key) = PublishableKey::parse(&context.config.publishable_key) {
        let suffix = key.cookie_suffix();
        gone.push(format!("__session_{suffix}"));
        gone.push(format!("__refresh_{suffix}"));
        zero.push(format!("__client_uat_{suffix}"));
    }
    gone.into_iter()
        .map(|name| format!("{name}=; Path=/; Max-Age=0; SameSite=Lax{secure}"))
        .chain(
            zero.into_iter()
                .map(|name| format!("{name}=0; Path=/; Max-Age=31536000; SameSite=Lax{secure}")),
        )
        .collect()
}
