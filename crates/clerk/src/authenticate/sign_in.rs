//! The way to the sign-in page.

use http::request::Parts;
use url::Url;

use super::{Authenticator, handshake::set_query, query, request::Incoming, satellite::NEEDS_SYNC};

impl Authenticator {
    /// Where a person signs in, as a `Location`, with the way back to this request's address
    /// in `redirect_url` (Clerk: `redirectToSignIn`). A session that is `pending` is led to
    /// its tasks instead.
    ///
    /// It leads to [`super::AuthenticateOptions::sign_in_url`] or, without one, to the
    /// instance's account portal, never to a place that the request names. On the
    /// application's own origin it is only a path.
    pub fn redirect_to_sign_in(&self, parts: &Parts, pending: bool) -> String {
        let options = &self.0.options;
        let incoming = Incoming::read(parts, options);
        let own = incoming.public_url(options);
        let configured = options
            .sign_in_url
            .as_deref()
            .and_then(|url| own.join(url).ok());
        let mut target = configured.unwrap_or_else(|| self.account_portal("sign-in"));
        if pending && let Ok(mut segments) = target.path_segments_mut() {
            segments.pop_if_empty().push("tasks");
        }
        let elsewhere = target.origin() != own.origin();
        let mut back = own.clone();
        if elsewhere && options.is_satellite {
            set_query(&mut back, |pairs| {
                pairs.retain(|(name, _)| name != query::SYNCED);
                pairs.push((query::SYNCED.to_owned(), NEEDS_SYNC.to_owned()));
            });
        }
        target
            .query_pairs_mut()
            .append_pair("redirect_url", back.as_str());
        if elsewhere {
            if self.is_development()
                && let Some(dev_browser) = &incoming.dev_browser
            {
                target
                    .query_pairs_mut()
                    .append_pair(query::DEV_BROWSER, dev_browser);
            }
            return target.into();
        }
        // "//host" would be another origin again.
        match &target[url::Position::BeforePath..] {
            path if path.starts_with("//") => target.into(),
            path => path.to_owned(),
        }
    }

    /// A page of the instance's account portal.
    fn account_portal(&self, page: &str) -> Url {
        let mut url = self.0.options.publishable_key.account_portal_url();
        url.set_path(page);
        url
    }
}
