//! Machine tokens, and services that take no cookies.

use http::HeaderMap;

use super::{Authenticator, Reason, RequestState, message, request::Incoming};
use crate::{
    machine::{
        AcceptsToken, Form, MachineToken, MachineTokenError, Presented, TokenType,
        check_oauth_audience,
    },
    token::{Category, DecodedToken},
};

impl Authenticator {
    /// Decides where a machine token is presented, or where none but the header counts; none
    /// leaves the request to the rules for sessions.
    pub(super) async fn authenticate_machine(
        &self,
        incoming: &Incoming<'_>,
    ) -> Option<RequestState> {
        let accepts = &self.0.options.accepts;
        let wanted = match accepts {
            AcceptsToken::One(TokenType::Session) if !self.0.options.bearer_only => return None,
            AcceptsToken::One(kind) => Some(*kind),
            AcceptsToken::AnyOf(_) | AcceptsToken::Any => None,
        };
        let Some(token) = incoming.header_token.as_deref() else {
            return self.without_token(wanted);
        };
        let presented = Presented::read(token);
        let kind = presented.as_ref().map_or(TokenType::Session, |p| p.kind);
        if !accepts.contains(kind) {
            return Some(refused(Reason::TokenTypeMismatch, wanted));
        }
        match presented {
            Some(presented) => Some(self.authenticate_presented(&presented, token).await),
            None if self.0.options.bearer_only => Some(self.authenticate_bearer(token).await),
            None => None,
        }
    }

    /// The verdict on a request without a token in its header, unless cookies may help.
    fn without_token(&self, wanted: Option<TokenType>) -> Option<RequestState> {
        let takes_sessions = self.0.options.accepts.contains(TokenType::Session);
        if !takes_sessions && wanted.is_none() {
            // Nothing presented counts as a session, which is not on the list.
            return Some(refused(Reason::TokenTypeMismatch, None));
        }
        let missing = |kind| Some(refused(Reason::NoTokenInHeader, Some(kind)));
        match wanted {
            Some(kind) if kind != TokenType::Session => missing(kind),
            _ if self.0.options.bearer_only => missing(TokenType::Session),
            _ => None,
        }
    }

    async fn authenticate_presented(&self, presented: &Presented<'_>, token: &str) -> RequestState {
        match self.verify_presented(presented, token).await {
            Ok(machine) => RequestState::machine_signed_in(machine),
            Err(error) => {
                tracing::debug!(%error, kind = %presented.kind, "a machine token was refused");
                // Clerk's SDK takes whatever looks like a JWT and is none for a machine's.
                let kind = match error {
                    MachineTokenError::Malformed => TokenType::M2m,
                    _ => presented.kind,
                };
                let message = match &error {
                    MachineTokenError::Jwt(fault) => {
                        error.full(&message::about(fault, token, &self.0.options))
                    }
                    _ => error.full_message(),
                };
                RequestState::signed_out(Reason::Machine(error), message, HeaderMap::new())
                    .of_type(Some(kind))
            }
        }
    }

    /// A session token of a caller that has no cookies: it is good or it is not.
    async fn authenticate_bearer(&self, token: &str) -> RequestState {
        let verified = match DecodedToken::parse(token) {
            Ok(decoded) if decoded.category != Category::SessionOrUnknown => {
                return refused(Reason::TokenTypeMismatch, Some(TokenType::Session));
            }
            Ok(decoded) => {
                let skew = self.0.options.clock_skew_ms;
                self.0.verifier.verify_decoded(&decoded, skew).await
            }
            Err(error) => Err(error),
        };
        match verified {
            Ok(session) => self.signed_in(session),
            Err(error) => {
                tracing::debug!(%error, "a session token was refused");
                let message = error.to_string();
                RequestState::signed_out(error.into(), message, HeaderMap::new())
            }
        }
    }

    /// Verifies a machine token that came by another way than a request (Clerk:
    /// `verifyMachineAuthToken`), of whatever kind: opaque ones with Clerk, JWTs with the
    /// instance's keys. [`super::AuthenticateOptions::accepts`] is not consulted.
    ///
    /// # Errors
    /// [`MachineTokenError`]; also where Clerk cannot be asked.
    pub async fn verify_machine_token(
        &self,
        token: &str,
    ) -> Result<MachineToken, MachineTokenError> {
        let presented = Presented::read(token).ok_or(MachineTokenError::UnknownType)?;
        self.verify_presented(&presented, token).await
    }

    async fn verify_presented(
        &self,
        presented: &Presented<'_>,
        token: &str,
    ) -> Result<MachineToken, MachineTokenError> {
        let kind = presented.kind;
        match &presented.form {
            Form::Malformed => Err(MachineTokenError::Malformed),
            Form::Jwt(decoded) => self.0.verifier.verify_machine_jwt(kind, decoded).await,
            Form::Opaque => {
                let machine = self.0.backend.verify_machine_token(kind, token).await?;
                if machine.token_type() != kind {
                    tracing::error!(%kind, "a machine token was verified as another kind");
                    return Err(MachineTokenError::Unexpected { status: None });
                }
                if machine.is_over() {
                    return Err(MachineTokenError::Inactive(kind));
                }
                if let MachineToken::OAuth(token) = &machine {
                    let aud = token.aud.clone().map(Into::into);
                    check_oauth_audience(aud.as_ref(), &self.0.options.audience)?;
                }
                Ok(machine)
            }
        }
    }
}

fn refused(reason: Reason, kind: Option<TokenType>) -> RequestState {
    RequestState::signed_out(reason, String::new(), HeaderMap::new()).of_type(kind)
}
