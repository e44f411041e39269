//! Applications on several domains: one primary, where people sign in, and satellites.

use http::header;
use url::Url;

use super::{
    AuthenticateError, Authenticator, Reason, RequestState,
    handshake::{parse_http, set_query},
    query,
    request::Incoming,
};

/// Values of `__clerk_synced`.
pub(super) const NEEDS_SYNC: &str = "false";
const SYNCED: &str = "true";

impl Authenticator {
    /// Whether the set-up of a satellite application is whole.
    pub(super) fn check_satellite(&self, incoming: &Incoming<'_>) -> Result<(), AuthenticateError> {
        let options = &self.0.options;
        if !options.is_satellite {
            return Ok(());
        }
        let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
        if !given(&options.sign_in_url) {
            if self.is_development() {
                return Err(AuthenticateError::MissingSignInUrl);
            }
        } else if let Some(origin) = incoming.header(header::ORIGIN)
            && self.sign_in_url()?.origin().ascii_serialization() == origin
        {
            return Err(AuthenticateError::SignInUrlOnSatellite);
        }
        if options.proxy_url.is_none() && !given(&options.domain) {
            return Err(AuthenticateError::MissingDomain);
        }
        match &self.0.fault {
            Some(error) => Err(AuthenticateError::InvalidDomain(error.clone())),
            None => Ok(()),
        }
    }

    fn sign_in_url(&self) -> Result<Url, AuthenticateError> {
        let url = self.0.options.sign_in_url.as_deref().map(Url::parse);
        url.and_then(Result::ok)
            .ok_or(AuthenticateError::InvalidSignInUrl)
    }

    /// A page load on a satellite by somebody it knows nothing about: in production the
    /// frontend API answers for the primary domain, in development the primary's sign-in
    /// page does.
    pub(super) fn sync_satellite(
        &self,
        incoming: &Incoming<'_>,
    ) -> Result<Option<RequestState>, AuthenticateError> {
        let options = &self.0.options;
        if !options.is_satellite || !incoming.is_get() || !incoming.wants_document() {
            return Ok(None);
        }
        let synced = incoming.query(query::SYNCED);
        if synced.as_deref() == Some(SYNCED) {
            return Ok(None);
        }
        let needs_sync = synced.as_deref() == Some(NEEDS_SYNC);
        let has_cookies = incoming.session_token.is_some() || incoming.client_uat != 0;
        if has_cookies && !needs_sync {
            return Ok(None);
        }
        if !needs_sync && options.satellite_auto_sync != Some(true) {
            let reason = Reason::SessionTokenAndUatMissing;
            return Ok(Some(RequestState::plainly_signed_out(reason)));
        }
        let reason = Reason::SatelliteNeedsSyncing;
        if !self.is_development() {
            let state = self.handshake_or_signed_out(incoming, reason, String::new());
            return Ok(Some(state));
        }
        let mut to = self.sign_in_url()?;
        let own = incoming.public_url(options);
        set_query(&mut to, |pairs| {
            pairs.push((query::REDIRECT_URL.to_owned(), own.into()));
        });
        Ok(Some(self.redirect_or_signed_out(
            incoming,
            reason,
            String::new(),
            |_| to,
        )))
    }

    /// Development: a page load on the primary domain that a satellite asked for, and that
    /// goes back with what makes the browser the same one there.
    pub(super) fn answer_satellite(
        &self,
        incoming: &Incoming<'_>,
    ) -> Result<Option<RequestState>, AuthenticateError> {
        if !self.is_development() || self.0.options.is_satellite {
            return Ok(None);
        }
        let Some(back) = incoming.query(query::REDIRECT_URL) else {
            return Ok(None);
        };
        let mut back = parse_http(&back).ok_or(AuthenticateError::InvalidRedirectUrl)?;
        set_query(&mut back, |pairs| {
            if let Some(dev_browser) = &incoming.dev_browser {
                pairs.push((query::DEV_BROWSER.to_owned(), dev_browser.to_string()));
            }
            // The first keeps its place and any other goes, as in a browser.
            let mut known = false;
            pairs.retain_mut(|(name, value)| {
                let first = name == query::SYNCED && !known;
                if first {
                    known = true;
                    SYNCED.clone_into(value);
                }
                first || name != query::SYNCED
            });
            if !known {
                pairs.push((query::SYNCED.to_owned(), SYNCED.to_owned()));
            }
        });
        let reason = Reason::PrimaryRespondsToSyncing;
        Ok(Some(self.redirect_or_signed_out(
            incoming,
            reason,
            String::new(),
            |_| back,
        )))
    }
}
