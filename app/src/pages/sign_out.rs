//! Signing out: the session ends at Clerk, its cookies end here.

use clerk::authenticate::signed_out_cookies;
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
    forget_session(&context);
    Ok(Done {
        page: "/".to_owned(),
        notice: None,
    })
}

/// Has the answer take the session's cookies away.
pub fn forget_session(context: &RequestContext) {
    let config = &context.config;
    let secure = config.public_url.scheme() == "https";
    for line in signed_out_cookies(&config.publishable_key, secure) {
        forms::append_cookie(&line);
    }
}
