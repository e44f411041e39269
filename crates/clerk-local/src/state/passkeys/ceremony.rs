//! The two ceremonies of WebAuthn: what the browser is asked, and whether it answered rightly.
//!
//! The relying party is the host of the page that asks, and only that page's origin may answer.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use url::Url;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey as Credential, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Uuid, Webauthn, WebauthnBuilder,
};

use crate::{
    error::{LocalError, Result},
    state::User,
};

/// What a browser was asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct PasskeyChallenge {
    /// The page's origin.
    origin: String,
    /// The bare options as JSON text (Clerk: `verification.nonce`).
    pub options: String,
    /// What the answer is checked against.
    state: Value,
}

/// A registered passkey's public key and counter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct PasskeyCredential(Credential);

// The library compares credentials by their ids, of which no two are alike.
impl Eq for PasskeyCredential {}

impl PasskeyCredential {
    /// The credential's id in base64url.
    pub(super) fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.cred_id())
    }
}

/// What a browser answered for signing in.
pub(super) struct Assertion(PublicKeyCredential);

impl Assertion {
    /// Reads `{"id":…,"rawId":…,"response":{…}}`.
    pub(super) fn read(answer: &str) -> Result<Self> {
        read(answer).map(Self)
    }

    /// The credential's id in base64url.
    pub(super) fn credential_id(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.get_credential_id())
    }
}

impl PasskeyChallenge {
    /// For a new passkey of the person.
    pub(super) fn registration(origin: &str, application: &str, user: &User) -> Result<Self> {
        let known = user.factors.passkeys.iter();
        let known = known.filter_map(|passkey| passkey.credential.as_ref());
        let known = known.map(|credential| credential.0.cred_id().clone());
        let (options, state) = relying_party(origin, application)?
            .start_passkey_registration(
                handle(&user.id),
                user.identifier(),
                user.identifier(),
                Some(known.collect()),
            )
            .map_err(|error| LocalError::Invalid(format!("a passkey's challenge: {error}")))?;
        let mut options = serde_json::to_value(options.public_key)?;
        // So that it can be found without knowing whose it is, for signing in by one click.
        options["authenticatorSelection"]["residentKey"] = json!("required");
        options["authenticatorSelection"]["requireResidentKey"] = json!(true);
        Self::new(origin, &options, &state)
    }

    /// For signing in: with one of these passkeys, or with any when there are none.
    ///
    /// # Errors
    /// 400 `origin_invalid` on a page whose address has no host name.
    pub fn authentication(origin: &str, known: &[super::Passkey]) -> Result<Self> {
        let (options, state) = relying_party(origin, "")?
            .start_discoverable_authentication()
            .map_err(|error| LocalError::Invalid(format!("a passkey's challenge: {error}")))?;
        let mut options = serde_json::to_value(options.public_key)?;
        let known = known
            .iter()
            .filter_map(|passkey| passkey.credential_id.as_deref());
        options["allowCredentials"] = known
            .map(|id| json!({ "type": "public-key", "id": id }))
            .collect();
        Self::new(origin, &options, &state)
    }

    fn new(origin: &str, options: &Value, state: &impl Serialize) -> Result<Self> {
        Ok(Self {
            origin: origin.to_owned(),
            options: serde_json::to_string(options)?,
            state: serde_json::to_value(state)?,
        })
    }

    /// The new passkey that an answer registers.
    pub(super) fn registered(&self, answer: &str) -> Result<PasskeyCredential> {
        let answer: RegisterPublicKeyCredential = read(answer)?;
        let state: PasskeyRegistration = self.state()?;
        relying_party(&self.origin, "")?
            .finish_passkey_registration(&answer, &state)
            .map(PasskeyCredential)
            .map_err(|error| {
                tracing::debug!(%error, "a passkey was not registered");
                wrong_registration()
            })
    }

    /// Whether an answer was made by this passkey of this person; its credential as it is afterwards.
    pub(super) fn checked(
        &self,
        answer: &Assertion,
        credential: &PasskeyCredential,
        user_id: &str,
    ) -> Result<PasskeyCredential> {
        let wrong = |error: &dyn std::fmt::Display| {
            tracing::debug!(%error, "a passkey did not sign in");
            LocalError::api(
                400,
                "passkey_authentication_failure",
                "The passkey could not be verified.",
            )
        };
        let party = relying_party(&self.origin, "")?;
        // Authenticators that were told which passkey to use may leave the person's handle out.
        if let Ok((person, _)) = party.identify_discoverable_authentication(&answer.0)
            && person != handle(user_id)
        {
            return Err(wrong(&"the passkey names another person"));
        }
        let state: DiscoverableAuthentication = self.state()?;
        let result = party
            .finish_discoverable_authentication_v2(&answer.0, state, &credential.0)
            .map_err(|error| wrong(&error))?;
        let mut credential = credential.clone();
        credential.0.update_credential(&result);
        Ok(credential)
    }

    fn state<T: DeserializeOwned>(&self) -> Result<T> {
        Ok(T::deserialize(&self.state)?)
    }
}

/// 400 for an answer that registers nothing.
pub(super) fn wrong_registration() -> LocalError {
    LocalError::api(
        400,
        "passkey_invalid_verification",
        "The passkey could not be registered.",
    )
}

fn read<T: DeserializeOwned>(answer: &str) -> Result<T> {
    serde_json::from_str(answer).map_err(|_| {
        LocalError::form(
            422,
            "passkey_invalid_public_key_credential",
            "The public key credential is invalid.",
            "public_key_credential",
        )
    })
}

fn relying_party(origin: &str, name: &str) -> Result<Webauthn> {
    let url = Url::parse(origin).ok();
    let party = url.as_ref().and_then(|url| {
        let builder = WebauthnBuilder::new(url.domain()?, url).ok()?;
        builder.rp_name(name).build().ok()
    });
    party.ok_or_else(|| {
        LocalError::api(
            400,
            "origin_invalid",
            "Passkeys need a page whose address has a host name, such as localhost.",
        )
    })
}

/// What authenticators keep to tell people apart: nothing of the id can be read back from it.
fn handle(user_id: &str) -> Uuid {
    let digest = digest::digest(&digest::SHA256, user_id.as_bytes());
    let mut bytes = [0; 16];
    for (byte, digested) in bytes.iter_mut().zip(digest.as_ref()) {
        *byte = *digested;
    }
    Uuid::from_bytes(bytes)
}
