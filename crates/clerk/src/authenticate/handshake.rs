//! Sending the browser through Clerk.

use http::{HeaderMap, HeaderValue, header};
use url::Url;

use super::{
    Authenticator, Reason, RequestState,
    jar::{Cookies, cookie},
    query,
    request::Incoming,
};
use crate::API_VERSION;

/// After so many handshakes in a row something is wrong, and another would not help.
const MAX_REDIRECTS: i64 = 3;

impl Authenticator {
    /// A handshake, or signed out for the same reason where a redirect cannot help.
    pub(super) fn handshake_or_signed_out(
        &self,
        incoming: &Incoming<'_>,
        reason: Reason,
        message: String,
    ) -> RequestState {
        self.redirect_or_signed_out(incoming, reason, message, |reason| {
            let own = incoming.public_url(&self.0.options);
            let organization = self.organization_of(&own);
            self.handshake_url(incoming, own, reason, organization.as_deref())
        })
    }

    /// The same with another place to go to.
    pub(super) fn redirect_or_signed_out(
        &self,
        incoming: &Incoming<'_>,
        reason: Reason,
        message: String,
        location: impl FnOnce(&Reason) -> Url,
    ) -> RequestState {
        match redirect_headers(incoming, &reason, location) {
            Some(headers) => RequestState::handshake(reason, message, headers),
            None => RequestState::signed_out(reason, message, HeaderMap::new()),
        }
    }

    /// The handshake from `own`; `organization` becomes the active one on the way.
    pub(super) fn handshake_url(
        &self,
        incoming: &Incoming<'_>,
        mut own: Url,
        reason: &Reason,
        organization: Option<&str>,
    ) -> Url {
        let mut url = self.0.frontend_api.url(&own);
        let path = format!("{}/v1/client/handshake", url.path().trim_end_matches('/'));
        url.set_path(&path);
        url.set_query(None);
        remove_query(&mut own, &[query::DEV_BROWSER, query::LEGACY_DEV_BROWSER]);

        let mut pairs = url.query_pairs_mut();
        pairs
            .append_pair("redirect_url", own.as_str())
            .append_pair("__clerk_api_version", API_VERSION)
            .append_pair(
                "suffixed_cookies",
                if incoming.suffixed { "true" } else { "false" },
            )
            .append_pair("__clerk_hs_reason", &reason.as_str())
            .append_pair("format", "nonce");
        if let Some(token) = incoming.any_session_token() {
            pairs.append_pair("__session", token);
        }
        if self.is_development()
            && let Some(dev_browser) = &incoming.dev_browser
        {
            pairs.append_pair("__clerk_db_jwt", dev_browser);
        }
        if let Some(organization) = organization {
            pairs.append_pair("organization_id", organization);
        }
        drop(pairs);
        url
    }
}

/// The headers of a redirect, or none if this request must not be redirected (again).
pub(super) fn redirect_headers(
    incoming: &Incoming<'_>,
    reason: &Reason,
    location: impl FnOnce(&Reason) -> Url,
) -> Option<HeaderMap> {
    if !incoming.is_eligible_for_handshake() {
        return None;
    }
    if incoming.redirect_count == MAX_REDIRECTS {
        tracing::warn!(
            %reason,
            "handshakes with Clerk do not end; do the publishable and the secret key belong to \
             one instance, and is this domain one of its domains?"
        );
        return None;
    }
    let location = HeaderValue::from_str(location(reason).as_str()).ok()?;
    let mut headers = HeaderMap::with_capacity(6);
    headers.insert(header::LOCATION, location);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let count = format!(
        "{}={}; SameSite=Lax; HttpOnly; Max-Age=2",
        cookie::REDIRECT_COUNT,
        incoming.redirect_count.saturating_add(1)
    );
    headers.append(header::SET_COOKIE, HeaderValue::from_str(&count).ok()?);
    Some(headers)
}

/// The `Set-Cookie` line for the page that a handshake led to: it ends the count of handshakes in a
/// row, if the request's headers bring one.
///
/// Clerk's SDK lets the count run out after two seconds. Who switches organizations faster than
/// that would be refused as if the handshakes did not end.
pub fn handshakes_ended(request: &HeaderMap) -> Option<HeaderValue> {
    Cookies::of(request).get(cookie::REDIRECT_COUNT, None)?;
    let line = [
        cookie::REDIRECT_COUNT,
        "=; SameSite=Lax; HttpOnly; Max-Age=0",
    ]
    .concat();
    HeaderValue::from_str(&line).ok()
}

/// Takes parameters out of an address.
pub(super) fn remove_query(url: &mut Url, names: &[&str]) {
    set_query(url, |pairs| {
        pairs.retain(|(name, _)| !names.contains(&name.as_str()));
    });
}

/// Changes the parameters of an address and writes all of them anew as a form does, which is
/// how browsers and Clerk's SDK do it.
pub(super) fn set_query(url: &mut Url, change: impl FnOnce(&mut Vec<(String, String)>)) {
    let mut pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    change(&mut pairs);
    url.set_query(None);
    if !pairs.is_empty() {
        url.query_pairs_mut().extend_pairs(pairs);
    }
}

/// An http or https address.
pub(super) fn parse_http(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}
