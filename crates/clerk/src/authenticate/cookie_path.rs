//! A request without a token in its header: Clerk's table of rules for cookies.

use http::{HeaderMap, header};
use url::Url;

use super::{
    AuthenticateError, Authenticator, Reason, RequestState,
    header_path::is_for_something_else,
    recover::Carrier,
    request::{Incoming, query},
};
use crate::token::DecodedToken;

impl Authenticator {
    /// Applies the rules in their order; the first that fits decides.
    pub(super) async fn authenticate_cookie(
        &self,
        incoming: &Incoming<'_>,
    ) -> Result<RequestState, AuthenticateError> {
        if let Some(resolved) = self.resolve_handshake(incoming).await? {
            return Ok(resolved);
        }
        let handshake = |reason| Ok(self.handshake_or_signed_out(incoming, reason, String::new()));
        let signed_out = |reason| {
            Ok(RequestState::signed_out(
                reason,
                String::new(),
                HeaderMap::new(),
            ))
        };

        if self.is_development() {
            if incoming.has_query(query::DEV_BROWSER) {
                return handshake(Reason::DevBrowserSync);
            }
            if incoming.dev_browser.is_none() {
                return handshake(Reason::DevBrowserMissing);
            }
        }
        let token = match (&incoming.session_token, incoming.client_uat) {
            (None, 0) => return signed_out(Reason::SessionTokenAndUatMissing),
            (Some(_), 0) => return handshake(Reason::SessionTokenWithoutClientUat),
            (None, _) => return handshake(Reason::ClientUatWithoutSessionToken),
            (Some(token), _) => token,
        };
        let decoded = match DecodedToken::parse(token) {
            Ok(decoded) => decoded,
            Err(error) => return Ok(self.recover(incoming, error, Carrier::Cookie).await),
        };
        if is_for_something_else(&decoded) {
            return signed_out(Reason::TokenTypeMismatch);
        }
        let issued_at = match decoded.peek() {
            Ok(claims) => claims.iat.seconds(),
            Err(error) => return Ok(self.recover(incoming, error, Carrier::Cookie).await),
        };
        if issued_at.is_some_and(|issued_at| issued_at < incoming.client_uat) {
            return handshake(Reason::SessionTokenIatBeforeClientUat);
        }
        match self
            .0
            .verifier
            .verify_decoded(&decoded, self.0.options.clock_skew_ms)
            .await
        {
            Ok(_) if self.comes_from_elsewhere(incoming) => Ok(self.handshake_or_signed_out(
                incoming,
                Reason::PrimaryDomainCrossOriginSync,
                "Cross-origin request from satellite domain requires handshake".to_owned(),
            )),
            Ok(session) => Ok(self.signed_in(session)),
            Err(error) => Ok(self.recover(incoming, error, Carrier::Cookie).await),
        }
    }

    /// Whether this is the first page load coming from another site, which may be one where
    /// the person has just signed in or out. Clerk's own pages are no such site.
    fn comes_from_elsewhere(&self, incoming: &Incoming<'_>) -> bool {
        if !incoming.is_get() || !incoming.wants_document() || incoming.redirect_count > 0 {
            return false;
        }
        let Some(referrer) = incoming
            .header(header::REFERER)
            .and_then(|referrer| Url::parse(referrer).ok())
        else {
            return false;
        };
        let own = incoming.public_url(&self.0.options);
        referrer.origin() != own.origin() && !self.is_clerks_own(&referrer, &own)
    }

    /// Whether an address is the instance's frontend API or an account portal.
    fn is_clerks_own(&self, referrer: &Url, own: &Url) -> bool {
        let Some(host) = referrer.host_str() else {
            return false;
        };
        let frontend_api = self.frontend_api_url(own);
        frontend_api.host_str() == Some(host)
            || host == self.0.options.publishable_key.frontend_api()
            || host.starts_with("accounts.")
            || [
                ".accounts.dev",
                ".accountsstage.dev",
                ".accounts.lclclerk.com",
            ]
            .iter()
            .any(|suffix| {
                let name = host.strip_suffix(suffix);
                name.is_some_and(|name| !name.ends_with(".clerk"))
            })
    }
}
