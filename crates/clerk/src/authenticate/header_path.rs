//! A token in the `Authorization` header.

use super::{Authenticator, Reason, RequestState, recover::Carrier, request::Incoming};
use crate::{
    session::Session,
    token::{Category, DecodedToken, HeaderType},
    verify::TokenError,
};

impl Authenticator {
    /// Decides by the header alone: cookies are not consulted.
    pub(super) async fn authenticate_header(
        &self,
        incoming: &Incoming<'_>,
        token: &str,
    ) -> RequestState {
        let verified = match DecodedToken::parse(token) {
            Ok(decoded) if is_for_something_else(&decoded) => {
                let headers = http::HeaderMap::new();
                return RequestState::signed_out(Reason::TokenTypeMismatch, String::new(), headers);
            }
            Ok(decoded) => {
                let skew = self.0.options.clock_skew_ms;
                self.0.verifier.verify_decoded(&decoded, skew).await
            }
            Err(error) => Err(error),
        };
        match verified {
            Ok(session) => self.signed_in(session),
            Err(error) => self.recover(incoming, error, Carrier::Header).await,
        }
    }

    pub(super) fn signed_in(&self, session: Session) -> RequestState {
        let accept_pending = self.0.options.accept_pending;
        RequestState::signed_in(session, http::HeaderMap::new(), accept_pending)
    }
}

/// Whether a token was made for machines, for OAuth clients or for other services
/// (unverified; it is refused either way).
pub(super) fn is_for_something_else(token: &DecodedToken<'_>) -> bool {
    token.peek().is_ok_and(|claims| {
        let is_machines = token.kind == HeaderType::AccessToken
            || claims
                .sub
                .as_str()
                .is_some_and(|sub| sub.starts_with("mch_"));
        // Without a signature it is nobody's; what is wrong with it is said elsewhere.
        token.category != Category::SessionOrUnknown || (is_machines && !token.signature.is_empty())
    })
}

impl From<TokenError> for Reason {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}
