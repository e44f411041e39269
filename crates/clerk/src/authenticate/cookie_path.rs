//! A request without a token in its header: Clerk's table of rules for cookies.

use super::{
    AuthenticateError, Authenticator, Reason, RequestState, header_path::is_for_something_else,
    query, recover::Carrier, request::Incoming,
};

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
        let signed_out = |reason| Ok(RequestState::plainly_signed_out(reason));

        if let Some(state) = self.sync_satellite(incoming)? {
            return Ok(state);
        }
        if let Some(state) = self.answer_satellite(incoming)? {
            return Ok(state);
        }
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
        let decoded = match token.decoded() {
            Ok(decoded) => decoded,
            Err(error) => return Ok(self.recover(incoming, error, Carrier::Cookie).await),
        };
        if is_for_something_else(decoded) {
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
            .verify_decoded(decoded, self.0.options.clock_skew_ms)
            .await
        {
            Ok(_) if self.comes_from_elsewhere(incoming) => Ok(self.handshake_or_signed_out(
                incoming,
                Reason::PrimaryDomainCrossOriginSync,
                "Cross-origin request from satellite domain requires handshake".to_owned(),
            )),
            Ok(session) => {
                let other = self.sync_organization(incoming, &session);
                Ok(other.unwrap_or_else(|| self.signed_in(session)))
            }
            Err(error) => Ok(self.recover(incoming, error, Carrier::Cookie).await),
        }
    }
}
