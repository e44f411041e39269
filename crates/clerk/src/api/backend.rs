//! The client as what decisions and key caches ask.

use super::{ApiClient, ApiError};
use crate::{
    BoxFuture,
    authenticate::{Backend, BackendError, RefreshSession},
    ids::SessionId,
    jwks::{JsonWebKeySet, JwksError, JwksSource},
    machine::{MachineToken, MachineTokenError, TokenType},
};

impl JwksSource for ApiClient {
    fn fetch(&self) -> BoxFuture<'_, Result<JsonWebKeySet, JwksError>> {
        Box::pin(async move {
            self.jwks()
                .await
                .map_err(|error| match (error.code(), &error) {
                    (Some("clerk_key_invalid"), _) => JwksError::SecretKeyInvalid,
                    (_, ApiError::Transport(_) | ApiError::Decode(_)) => {
                        JwksError::Unreachable(error.to_string())
                    }
                    _ => JwksError::Failed(error.to_string()),
                })
        })
    }
}

impl Backend for ApiClient {
    fn jwks(&self) -> BoxFuture<'_, Result<JsonWebKeySet, JwksError>> {
        JwksSource::fetch(self)
    }

    fn handshake_payload<'a>(
        &'a self,
        nonce: &'a str,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>> {
        Box::pin(async move { Ok(self.clients().handshake_payload(nonce).await?) })
    }

    fn refresh<'a>(
        &'a self,
        session: &'a SessionId,
        refresh: RefreshSession,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>> {
        Box::pin(async move { Ok(self.sessions().refresh(session, refresh).await?) })
    }

    fn verify_machine_token<'a>(
        &'a self,
        kind: TokenType,
        token: &'a str,
    ) -> BoxFuture<'a, Result<MachineToken, MachineTokenError>> {
        Box::pin(async move {
            let verified = match kind {
                TokenType::ApiKey => self
                    .api_keys()
                    .verify(token)
                    .await
                    .map(MachineToken::ApiKey),
                TokenType::M2m => self.m2m_tokens().verify(token).await.map(MachineToken::M2m),
                TokenType::OAuth => {
                    let oauth = self.oauth_applications();
                    oauth
                        .verify_access_token(token)
                        .await
                        .map(MachineToken::OAuth)
                }
                TokenType::Session => return Err(MachineTokenError::UnknownType),
            };
            verified.map_err(|error| {
                tracing::debug!(%error, %kind, "Clerk did not vouch for a machine token");
                MachineTokenError::from_api(kind, &error)
            })
        })
    }
}

impl From<ApiError> for BackendError {
    fn from(error: ApiError) -> Self {
        match error.code() {
            Some(code) => Self::Refused {
                code: code.to_owned(),
            },
            None => match error {
                ApiError::Transport(_) | ApiError::Decode(_) => {
                    Self::Unreachable(error.to_string())
                }
                _ => Self::Failed(error.to_string()),
            },
        }
    }
}
