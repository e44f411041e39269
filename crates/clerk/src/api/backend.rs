//! The client as what decisions and key caches ask.

use super::{ApiClient, ApiError};
use crate::{
    BoxFuture,
    authenticate::{Backend, BackendError, RefreshSession},
    ids::SessionId,
    jwks::{JsonWebKeySet, JwksError, JwksSource},
};

impl JwksSource for ApiClient {
    fn fetch(&self) -> BoxFuture<'_, Result<JsonWebKeySet, JwksError>> {
        Box::pin(async move {
            self.jwks().await.map_err(|error| match (error.code(), &error) {
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
