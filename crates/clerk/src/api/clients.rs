use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{ApiClient, ApiError, Client, Listing, Page, call::Call, pages::Paging};

/// Calls about clients, which are browsers and devices. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct Clients<'a>(pub(super) &'a ApiClient);

#[derive(Deserialize)]
struct HandshakePayload {
    #[serde(default)]
    directives: Vec<String>,
}

impl Clients<'_> {
    /// One client.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn get(&self, id: &str) -> Result<Client, ApiError> {
        self.0.run(Call::get(&["clients", id])).await
    }

    /// The client whose `__client` token this is.
    ///
    /// # Errors
    /// Not found if it is none, or any other [`ApiError`].
    pub async fn verify(&self, token: &str) -> Result<Client, ApiError> {
        let call = Call::post(&["clients", "verify"]);
        let body = json!({ "token": token });
        self.0.run(call.body(&body).reads_only()).await
    }

    /// One page of the instance's clients. Clerk calls this deprecated.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list(&self, params: &ListClients) -> Result<Page<Client>, ApiError> {
        self.0.run(Self::listing(params)).await
    }

    /// All of the instance's clients. Clerk calls this deprecated.
    pub fn stream(&self, params: &ListClients) -> Listing<Client> {
        self.0.pages(Self::listing(params), Paging::Offset)
    }

    fn listing(params: &ListClients) -> Call {
        Call::get(&["clients"])
            .query(params)
            .with("paginated", true)
    }

    /// Exchanges the nonce of a handshake for its `Set-Cookie` lines. Clerk's own SDK calls
    /// this; Clerk's documentation does not describe it.
    ///
    /// # Errors
    /// Any [`ApiError`], such as for a nonce that was used or has expired.
    pub async fn handshake_payload(&self, nonce: &str) -> Result<Vec<String>, ApiError> {
        let call = Call::get(&["clients", "handshake_payload"]).with("nonce", nonce);
        let payload: HandshakePayload = self.0.run(call).await?;
        Ok(payload.directives)
    }
}

/// Which clients to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListClients {
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}
