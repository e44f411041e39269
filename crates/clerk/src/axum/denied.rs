//! What somebody gets who is not let through.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, StatusCode, header, request::Parts};
use serde_json::{Value, json};

use super::{Auth, AuthMissing, layer::Context};
use crate::{
    authenticate::Authenticator,
    has::{Has, Reverification},
    machine::{AcceptsToken, TokenType},
    original_uri::original_uri,
};

/// Why a request is not let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Denial {
    /// Nobody is signed in, or tasks are left to do in the session. A page leads to signing
    /// in, anything else is 401.
    SignedOut,
    /// The token that the route takes is missing, not good, or of another kind: 401.
    Unauthorized,
    /// The person may not do this: 404, which does not tell that there is something.
    NotAllowed,
    /// The person must prove again who they are: 403 with what Clerk's browser SDK needs to
    /// ask for it (Clerk: reverification).
    ReverificationNeeded(Reverification),
    /// The route is not behind a [`super::ClerkLayer`]: 500.
    LayerMissing,
}

/// The answer to a request that is not let through. What an extractor is rejected with;
/// take `Result<SignedIn, Denied>` in a handler to answer something else.
#[derive(Debug)]
pub struct Denied {
    denial: Denial,
    response: Box<Response>,
}

impl Denied {
    /// Why.
    pub fn denial(&self) -> Denial {
        self.denial
    }
}

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        *self.response
    }
}

/// Checks a request that [`super::ClerkLayer`] has seen. `forbidden` is the status for those
/// who may not.
pub(super) fn check(
    parts: &Parts,
    accepts: &AcceptsToken,
    has: Option<&Has>,
    forbidden: StatusCode,
) -> Result<Auth, Denied> {
    let auth = parts.extensions.get::<Auth>();
    let denial = match auth.map(|auth| auth.check(accepts, has)) {
        Some(Ok(())) => None,
        Some(Err(denial)) => Some(denial),
        None => Some(Denial::LayerMissing),
    };
    match (auth, denial) {
        (Some(auth), None) => Ok(auth.clone()),
        (_, denial) => Err(deny(
            denial.unwrap_or(Denial::LayerMissing),
            parts,
            accepts,
            forbidden,
        )),
    }
}

/// The answer for one who is not let through.
pub(super) fn deny(
    denial: Denial,
    parts: &Parts,
    accepts: &AcceptsToken,
    forbidden: StatusCode,
) -> Denied {
    let context = parts.extensions.get::<Context>();
    let authenticator = context.map(|Context(authenticator)| authenticator);
    let mut response = match denial {
        Denial::SignedOut => to_sign_in(parts, authenticator)
            .unwrap_or_else(|| unauthorized(parts, accepts, authenticator, "signed_out")),
        Denial::Unauthorized => {
            unauthorized(parts, accepts, authenticator, "authentication_invalid")
        }
        Denial::NotAllowed if forbidden == StatusCode::NOT_FOUND => {
            error(parts, forbidden, "resource_not_found", "Not found")
        }
        Denial::NotAllowed => error(parts, forbidden, "authorization_invalid", "Not allowed"),
        Denial::ReverificationNeeded(asked) => reverification(asked),
        Denial::LayerMissing => AuthMissing.into_response(),
    };
    let private = HeaderValue::from_static("private, no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, private);
    Denied {
        denial,
        response: Box::new(response),
    }
}

/// The redirect of a page to signing in; none where it would not help.
fn to_sign_in(parts: &Parts, authenticator: Option<&Authenticator>) -> Option<Response> {
    let authenticator = authenticator.filter(|known| !known.options().bearer_only)?;
    if !is_page(parts) {
        return None;
    }
    let auth = parts.extensions.get::<Auth>();
    let pending = auth.is_some_and(|auth| auth.pending_session().is_some());
    let location = authenticator.redirect_to_sign_in(parts, pending);
    let path = |url: &str| {
        url.split('?')
            .next()
            .map(|path| path.trim_end_matches('/').to_owned())
    };
    if path(&location) == path(original_uri(parts).path()) {
        tracing::error!("the sign-in page itself is protected: make its route public");
        return None;
    }
    // A form that was sent must not be sent once more to the sign-in page.
    let status = match parts.method {
        Method::GET | Method::HEAD => StatusCode::TEMPORARY_REDIRECT,
        _ => StatusCode::SEE_OTHER,
    };
    let location = HeaderValue::from_str(&location).ok()?;
    Some((status, [(header::LOCATION, location)]).into_response())
}

/// Whether a person looks at the answer (Clerk: `isPageRequest`).
fn is_page(parts: &Parts) -> bool {
    let header = |name: &str| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    matches!(header("sec-fetch-dest"), Some("document" | "iframe"))
        || header("accept").is_some_and(|accept| accept.contains("text/html"))
}

fn unauthorized(
    parts: &Parts,
    accepts: &AcceptsToken,
    authenticator: Option<&Authenticator>,
    code: &str,
) -> Response {
    let mut response = error(parts, StatusCode::UNAUTHORIZED, code, "Not authenticated");
    // OAuth clients learn here which server to ask (RFC 9728, section 5.1); where Clerk's
    // SDK sends them, too.
    let frontend_api = authenticator
        .filter(|_| accepts.contains(TokenType::OAuth))
        .map(|known| known.options().publishable_key.frontend_api());
    let challenge = match frontend_api {
        Some(host) => format!(
            "Bearer resource_metadata=\"https://{host}/.well-known/oauth-protected-resource\""
        ),
        None => "Bearer".to_owned(),
    };
    if let Ok(challenge) = HeaderValue::from_str(&challenge) {
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

/// An error in words for people, and as Clerk's APIs write it for programs.
fn error(parts: &Parts, status: StatusCode, code: &str, message: &str) -> Response {
    if is_page(parts) {
        return (status, message.to_owned()).into_response();
    }
    let long_message = match parts.extensions.get::<Auth>().and_then(Auth::reason) {
        Some(reason) => format!("{message} ({reason})"),
        None => message.to_owned(),
    };
    let error = json!({ "code": code, "message": message, "long_message": long_message });
    (status, Json(json!({ "errors": [error] }))).into_response()
}

/// As Clerk's `reverificationErrorResponse` has it.
fn reverification(asked: Reverification) -> Response {
    let level = asked.level.as_str();
    let asked: Value = json!({ "level": level, "afterMinutes": asked.after_minutes });
    let body = json!({ "clerk_error": {
        "type": "forbidden",
        "reason": "reverification-error",
        "metadata": { "reverification": asked },
    } });
    (StatusCode::FORBIDDEN, Json(body)).into_response()
}
