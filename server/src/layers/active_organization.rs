//! `/app/{slug}/…` opened while another organization is active: switches to it, if the person is a
//! member, by Clerk's own handshake (Clerk: "organization sync", reason
//! `active-organization-mismatch`).
//!
//! Costs nothing when session and URL agree. A slug the person has no membership for is left alone:
//! the page answers with the ordinary 404.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use clerk::{authenticate::handshakes_ended, axum::Auth, session::Session};
use http::{header::SET_COOKIE, request::Parts};

use crate::state::AppState;

/// Answers with the handshake redirect, or lets the request pass.
pub async fn follow_url(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if let Some(disagreement) = Disagreement::of(&request)
        && let Some(redirect) = disagreement.resolve(&state).await
    {
        return redirect;
    }
    // The address's page is shown, so whatever handshakes led here have ended.
    let ended = handshakes_ended(request.headers());
    let mut response = next.run(request).await;
    if let Some(ended) = ended.filter(|_| response.status().is_success()) {
        response.headers_mut().append(SET_COOKIE, ended);
    }
    response
}

/// A signed-in request whose URL names another organization than its token.
struct Disagreement {
    session: Session,
    slug: String,
    head: Parts,
}

impl Disagreement {
    fn of(request: &Request) -> Option<Self> {
        let slug = organization_slug(request.uri().path())?;
        let session = request.extensions().get::<Auth>()?.session()?;
        let active = session.organization();
        if active.is_some_and(|organization| organization.slug.as_deref() == Some(slug)) {
            return None;
        }
        Some(Self {
            session: session.clone(),
            slug: slug.to_owned(),
            head: head(request),
        })
    }

    async fn resolve(self, state: &AppState) -> Option<Response> {
        let organizations = match state.store.organizations_of(&self.session).await {
            Ok(organizations) => organizations,
            Err(error) => {
                // The page meets the same fault and says so.
                tracing::warn!(%error, "cannot read memberships to switch organization");
                return None;
            }
        };
        let wanted = organizations.into_iter().find(|o| o.slug == self.slug)?;
        let active = self.session.organization();
        if active.is_some_and(|organization| organization.id == wanted.id) {
            // Renamed since the token was minted: it is the active one already.
            return None;
        }
        state
            .authenticator
            .switch_organization(&self.head, &wanted.id)
    }
}

fn organization_slug(path: &str) -> Option<&str> {
    path.strip_prefix("/app/")?
        .split('/')
        .next()
        .filter(|slug| !slug.is_empty())
}

/// The request without its body and extensions, which a handshake does not read.
fn head(request: &Request) -> Parts {
    let mut head = http::Request::new(());
    *head.method_mut() = request.method().clone();
    *head.uri_mut() = request.uri().clone();
    *head.headers_mut() = request.headers().clone();
    head.into_parts().0
}

#[cfg(test)]
mod tests {
    use super::organization_slug;

    #[test]
    fn only_paths_below_app_have_a_slug() {
        assert_eq!(organization_slug("/app/acme/projects"), Some("acme"));
        assert_eq!(organization_slug("/app/acme"), Some("acme"));
        assert_eq!(organization_slug("/app/"), None);
        assert_eq!(organization_slug("/app"), None);
        assert_eq!(organization_slug("/apple/acme"), None);
    }
}
