//! What to do about a token that does not verify.

use http::HeaderMap;

use super::{
    Authenticator, Reason, RefreshFailure, RequestState, message, request::Incoming,
    session_cookie::SessionCookie,
};
use crate::verify::TokenError;

/// Where a token came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carrier {
    Header,
    Cookie,
}

impl Authenticator {
    /// A token whose time is over is refreshed; failing that, a handshake brings a new one.
    /// Any other fault is final.
    pub(super) async fn recover(
        &self,
        incoming: &Incoming<'_>,
        error: TokenError,
        carrier: Carrier,
    ) -> RequestState {
        let message = match error {
            // Not the token's fault, and Clerk's SDK says nothing about it either.
            TokenError::KeysUnreachable => String::new(),
            _ => {
                let token = match carrier {
                    Carrier::Header => incoming.header_token.as_deref(),
                    Carrier::Cookie => incoming.session_token.as_ref().map(SessionCookie::text),
                };
                let options = &self.0.options;
                message::about_session(&error, token.unwrap_or_default(), options, carrier)
            }
        };
        let reason = match error {
            TokenError::Expired { .. } => match self.try_refresh(incoming, carrier).await {
                Ok(refreshed) => return refreshed,
                Err(failure) => Reason::SessionTokenExpired(failure),
            },
            TokenError::NotActiveYet { .. } => Reason::SessionTokenNbf,
            TokenError::IssuedInTheFuture { .. } => Reason::SessionTokenIatInTheFuture,
            other => {
                tracing::debug!(error = %other, "a session token was refused");
                return RequestState::signed_out(other.into(), message, HeaderMap::new());
            }
        };
        self.handshake_or_signed_out(incoming, reason, message)
    }

    async fn try_refresh(
        &self,
        incoming: &Incoming<'_>,
        carrier: Carrier,
    ) -> Result<RequestState, RefreshFailure> {
        let any_method = self.0.options.refresh_any_method && carrier == Carrier::Cookie;
        // Without a refresh cookie the method is what Clerk's reason names.
        let widened = any_method && incoming.refresh_token.is_some();
        if !incoming.is_get() && !widened {
            return Err(RefreshFailure::NonEligibleNonGet);
        }
        let Some(refresh_token) = &incoming.refresh_token else {
            return Err(RefreshFailure::NonEligibleNoCookie);
        };
        self.refresh(incoming, refresh_token).await
    }
}
