//! A handshake that comes back.

use http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;

use super::{
    AuthenticateError, Authenticator, Reason, RequestState, handshake::remove_query, jar::cookie,
    query, request::Incoming,
};
use crate::{
    session::Session,
    token::{Category, DecodedToken},
    verify::TokenError,
};

/// In development a machine's clock may be wrong by a day before sign-in breaks.
const DEVELOPMENT_SKEW_MS: i64 = 86_400_000;

impl Authenticator {
    /// The outcome of a handshake, or none if there is none to resolve or if it did not
    /// help, which leaves the request to the other rules.
    pub(super) async fn resolve_handshake(
        &self,
        incoming: &Incoming<'_>,
    ) -> Result<Option<RequestState>, AuthenticateError> {
        let directives = if let Some(nonce) = incoming.handshake_nonce() {
            // A nonce that was used before brings no cookies; the cookies it once brought
            // are in the browser, so this is not the end.
            self.0
                .backend
                .handshake_payload(&nonce)
                .await
                .unwrap_or_else(|error| {
                    tracing::warn!(%error, "no payload for a handshake nonce");
                    Vec::new()
                })
        } else if let Some(token) = incoming.handshake_token() {
            match self.read_handshake_token(&token).await {
                Ok(directives) => directives,
                Err(error) if self.is_development() && error != TokenError::KeysUnreachable => {
                    return Err(AuthenticateError::HandshakeToken(error));
                }
                Err(error) => {
                    tracing::warn!(%error, "a handshake token does not verify");
                    return Ok(None);
                }
            }
        } else {
            return Ok(None);
        };

        let mut headers = HeaderMap::new();
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            HeaderValue::from_static("null"),
        );
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
            HeaderValue::from_static("true"),
        );
        let token = apply_directives(&directives, &mut headers);
        if self.is_development() {
            self.redirect_to_clean_url(incoming, &mut headers);
        }
        let Some(token) = token else {
            let reason = Reason::SessionTokenMissing;
            return Ok(Some(RequestState::signed_out(
                reason,
                String::new(),
                headers,
            )));
        };
        match self.verify_resolved(&token).await {
            Ok(session) => {
                let accept_pending = self.0.options.accept_pending;
                Ok(Some(RequestState::signed_in(
                    session,
                    headers,
                    accept_pending,
                )))
            }
            Err(error) => {
                tracing::warn!(%error, "the session token of a handshake does not verify");
                Ok(None)
            }
        }
    }

    async fn verify_resolved(&self, token: &str) -> Result<Session, TokenError> {
        let decoded = DecodedToken::parse(token)?;
        let verifier = &self.0.verifier;
        match verifier
            .verify_decoded(&decoded, self.0.options.clock_skew_ms)
            .await
        {
            Err(error) if error.is_about_time() && self.is_development() => {
                tracing::warn!(%error, "this machine's clock seems to be wrong");
                verifier.verify_decoded(&decoded, DEVELOPMENT_SKEW_MS).await
            }
            outcome => outcome,
        }
    }

    /// The directives of a handshake token, which is signed like a session token but makes
    /// no claim about time or origin.
    async fn read_handshake_token(&self, token: &str) -> Result<Vec<String>, TokenError> {
        #[derive(Deserialize)]
        struct Payload {
            #[serde(default)]
            handshake: serde_json::Value,
        }
        let decoded = DecodedToken::parse(token)?;
        let payload: Payload = serde_json::from_str(&decoded.payload)
            .map_err(|_| TokenError::Malformed("handshake directives"))?;
        let verified = self.0.verifier.check_signature(&decoded).await;
        // Without a key nothing is known about it, as with Clerk's SDK.
        let has_key = verified != Err(TokenError::KeysUnreachable);
        if has_key && decoded.category != Category::SessionOrUnknown {
            return Err(TokenError::Category);
        }
        verified?;
        let lines = payload.handshake.as_array().into_iter().flatten();
        Ok(lines
            .filter_map(|line| line.as_str().map(str::to_owned))
            .collect())
    }

    /// In development the handshake travels in the address, which must not stay there.
    fn redirect_to_clean_url(&self, incoming: &Incoming<'_>, headers: &mut HeaderMap) {
        let mut url = incoming.public_url(&self.0.options);
        let ours = [
            query::HANDSHAKE,
            query::HANDSHAKE_NONCE,
            query::HANDSHAKE_HELP,
            query::DEV_BROWSER,
        ];
        remove_query(&mut url, &ours);
        if let Ok(location) = HeaderValue::from_str(url.as_str()) {
            headers.insert(header::LOCATION, location);
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
    }
}

/// Appends every `Set-Cookie` line as it is, and returns the session token among them: the
/// last one, if not empty. A line without a value stands for a token that verifies nowhere,
/// as in Clerk's SDK.
pub(super) fn apply_directives(directives: &[String], headers: &mut HeaderMap) -> Option<String> {
    let mut token = None;
    for directive in directives {
        let Ok(line) = HeaderValue::from_str(directive) else {
            tracing::warn!("a Set-Cookie line of Clerk's is not a header value");
            continue;
        };
        headers.append(header::SET_COOKIE, line);
        let pair = directive.split(';').next().unwrap_or_default();
        let mut pieces = pair.split('=');
        let name = pieces.next().unwrap_or_default();
        if name.starts_with(cookie::SESSION) {
            token = Some(pieces.next().unwrap_or(name).to_owned());
        }
    }
    token.filter(|token| !token.is_empty())
}
