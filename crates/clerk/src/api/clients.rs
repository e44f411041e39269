use serde::Deserialize;

use super::{ApiClient, ApiError};

/// Calls about clients, which are browsers and devices. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct Clients<'a>(pub(super) &'a ApiClient);

#[derive(Deserialize)]
struct HandshakePayload {
    #[serde(default)]
    directives: Vec<String>,
}

impl Clients<'_> {
    /// Exchanges the nonce of a handshake for its `Set-Cookie` lines. Clerk's own SDK calls
    /// this; Clerk's documentation does not describe it.
    ///
    /// # Errors
    /// Any [`ApiError`], such as for a nonce that was used or has expired.
    pub async fn handshake_payload(&self, nonce: &str) -> Result<Vec<String>, ApiError> {
        let path = ["clients", "handshake_payload"];
        let payload: HandshakePayload = self.0.get(&path, &[("nonce", nonce)]).await?;
        Ok(payload.directives)
    }
}
