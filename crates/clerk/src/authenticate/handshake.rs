//! Sending the browser through Clerk.

use http::{HeaderMap, HeaderValue, header};
use url::Url;

use super::{
    Authenticator, Reason, RequestState,
    jar::cookie,
    request::{Incoming, query},
};
use crate::{API_VERSION, keys::ProxyUrl};

/// After so many handshakes in a row something is wrong, and another would not help.
const MAX_REDIRECTS: u32 = 3;

impl Authenticator {
    /// A handshake, or signed out for the same reason where a redirect cannot help.
    pub(super) fn handshake_or_signed_out(
        &self,
        incoming: &Incoming<'_>,
        reason: Reason,
        message: String,
    ) -> RequestState {
        match self.handshake_headers(incoming, &reason, None) {
            Some(headers) => RequestState::handshake(reason, message, headers),
            None => RequestState::signed_out(reason, message, HeaderMap::new()),
        }
    }

    /// The headers of the redirect to the frontend API, or none if this request must not be
    /// redirected (again). `organization` becomes the active one on the way.
    pub(super) fn handshake_headers(
        &self,
        incoming: &Incoming<'_>,
        reason: &Reason,
        organization: Option<&str>,
    ) -> Option<HeaderMap> {
        if !incoming.is_eligible_for_handshake() {
            return None;
        }
        if incoming.redirect_count >= MAX_REDIRECTS {
            tracing::warn!(
                %reason,
                "handshakes with Clerk do not end; do the publishable and the secret key belong \
                 to one instance?"
            );
            return None;
        }
        let url = self.handshake_url(incoming, reason, organization);
        let mut headers = HeaderMap::with_capacity(6);
        headers.insert(header::LOCATION, HeaderValue::from_str(url.as_str()).ok()?);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let count = format!(
            "{}={}; SameSite=Lax; HttpOnly; Max-Age=2",
            cookie::REDIRECT_COUNT,
            incoming.redirect_count + 1
        );
        headers.append(header::SET_COOKIE, HeaderValue::from_str(&count).ok()?);
        Some(headers)
    }

    fn handshake_url(
        &self,
        incoming: &Incoming<'_>,
        reason: &Reason,
        organization: Option<&str>,
    ) -> Url {
        let mut own = incoming.public_url(&self.0.options);
        let mut url = self.frontend_api_url(&own);
        let path = format!("{}/v1/client/handshake", url.path().trim_end_matches('/'));
        url.set_path(&path);
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

    /// Where the browser reaches the frontend API; `own` is the application's address.
    pub(super) fn frontend_api_url(&self, own: &Url) -> Url {
        let options = &self.0.options;
        match &options.proxy_url {
            Some(ProxyUrl::Absolute(url)) => url.clone(),
            Some(ProxyUrl::Path(path)) => {
                let mut url = own.clone();
                url.set_path(path);
                url.set_query(None);
                url
            }
            None => options.publishable_key.frontend_api_url().clone(),
        }
    }
}

/// Takes parameters out of an address, and writes the others as a form does.
pub(super) fn remove_query(url: &mut Url, names: &[&str]) {
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !names.contains(&name.as_ref()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
}
