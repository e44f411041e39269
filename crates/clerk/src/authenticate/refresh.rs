//! A new session token for an expired one, without a redirect.

use std::collections::BTreeMap;

use http::{HeaderMap, header};

use super::{
    Authenticator, BackendError, RefreshFailure, RefreshFormat, RefreshSession, RequestState,
    jar::latin1, request::Incoming, resolve::apply_directives,
};
use crate::{ids::SessionId, token::DecodedToken};

impl Authenticator {
    pub(super) async fn refresh(
        &self,
        incoming: &Incoming<'_>,
        refresh_token: &str,
    ) -> Result<RequestState, RefreshFailure> {
        let expired = incoming.any_session_token().unwrap_or_default();
        let session = session_of(expired)?;
        let origin = incoming.public_url(&self.0.options).origin();
        let request = RefreshSession {
            expired_token: expired.to_owned(),
            refresh_token: refresh_token.to_owned(),
            request_origin: origin.ascii_serialization(),
            request_headers: header_lists(&incoming.parts.headers),
            format: RefreshFormat::Cookie,
            suffixed_cookies: incoming.suffixed,
        };
        let directives = self
            .0
            .backend
            .refresh(&session, request)
            .await
            .map_err(|error| {
                tracing::info!(%session, %error, "a session was not refreshed");
                match error {
                    BackendError::Refused { code } if code == "unexpected_error" => {
                        RefreshFailure::FetchError
                    }
                    BackendError::Unreachable(_) => RefreshFailure::FetchError,
                    BackendError::Refused { code } => RefreshFailure::Refused(code),
                    BackendError::Failed(_) => RefreshFailure::UnexpectedBackendError,
                }
            })?;
        if directives.is_empty() {
            return Err(RefreshFailure::NoCookies);
        }
        let mut headers = HeaderMap::new();
        let token = apply_directives(&directives, &mut headers).unwrap_or_default();
        match self.0.verifier.verify(&token).await {
            Ok(session) => {
                let accept_pending = self.0.options.accept_pending;
                Ok(RequestState::signed_in(session, headers, accept_pending))
            }
            Err(error) => {
                tracing::warn!(%session, %error, "a refreshed token does not verify");
                Err(RefreshFailure::InvalidSessionToken)
            }
        }
    }
}

/// The session that a token names.
fn session_of(token: &str) -> Result<SessionId, RefreshFailure> {
    let undecodable = |_| RefreshFailure::UndecodableSessionToken;
    let decoded = DecodedToken::parse(token).map_err(undecodable)?;
    let claims = decoded.peek().map_err(undecodable)?;
    match claims.sid.as_str() {
        None | Some("") => Err(RefreshFailure::MissingSessionId),
        Some(id) => Ok(SessionId::new(id)),
    }
}

/// Headers as Clerk's refresh takes them: a list for each name, which Clerk's SDK makes of
/// one element, whatever the number of lines.
fn header_lists(headers: &HeaderMap) -> BTreeMap<String, Vec<String>> {
    let mut lists = BTreeMap::new();
    for name in headers.keys() {
        let lines = headers.get_all(name).iter();
        let lines: Vec<_> = lines.map(|line| latin1(line.as_bytes())).collect();
        let separator = if name == header::COOKIE { "; " } else { ", " };
        lists.insert(name.as_str().to_owned(), vec![lines.join(separator)]);
    }
    lists
}
