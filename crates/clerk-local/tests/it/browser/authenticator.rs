//! A software authenticator (WebAuthn level 2), and what the browser's API makes of its answers: it
//! keeps one ES256 key that needs no user name to be found.

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use serde_json::{Value, json};

use super::{Answer, Browser, ORIGIN};

const USER_PRESENT_AND_VERIFIED: u8 = 0x05;
const HAS_CREDENTIAL: u8 = 0x40;

pub struct Authenticator {
    key: EcdsaKeyPair,
    id: [u8; 16],
    user_handle: String,
    /// How often it signed.
    pub counter: u32,
    /// The page that it is asked on.
    pub origin: String,
}

impl Authenticator {
    /// Registers a passkey for whoever is signed in in this browser.
    pub async fn registered(browser: &mut Browser) -> (Self, String) {
        let asked = browser.post("/v1/me/passkeys", &[]).await;
        let id = asked.response()["id"].as_str().unwrap().to_owned();
        let (authenticator, made) = Self::create(&options(&asked.response()["verification"]));
        let done = register(browser, &id, &made).await;
        assert_eq!(done.response()["verification"]["status"], "verified");
        (authenticator, id)
    }

    /// `navigator.credentials.create`.
    pub fn create(options: &Value) -> (Self, String) {
        assert_eq!(options["rp"]["id"], "localhost");
        let algorithms = options["pubKeyCredParams"].as_array().unwrap();
        assert!(algorithms.iter().any(|it| it["alg"] == -7));
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        let mut id = [0; 16];
        id.copy_from_slice(&key.public_key().as_ref()[1..17]);
        let authenticator = Self {
            key,
            id,
            user_handle: options["user"]["id"].as_str().unwrap().to_owned(),
            counter: 0,
            origin: ORIGIN.to_owned(),
        };
        let data = authenticator.data("localhost", USER_PRESENT_AND_VERIFIED | HAS_CREDENTIAL);
        let data = [data, authenticator.credential()].concat();
        // CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}
        let length = u8::try_from(data.len()).unwrap();
        let mut attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        attestation.push(length);
        attestation.extend(data);
        let response = json!({
            "clientDataJSON": authenticator.client_data("webauthn.create", options),
            "attestationObject": BASE64.encode(attestation),
            "transports": ["internal"],
        });
        let made = authenticator.answer(&response);
        (authenticator, made)
    }

    /// `navigator.credentials.get`.
    pub fn get(&mut self, options: &Value) -> String {
        self.counter += 1;
        let party = options["rpId"].as_str().unwrap();
        let data = self.data(party, USER_PRESENT_AND_VERIFIED);
        let client_data = self.client_data("webauthn.get", options);
        let hash = digest(&SHA256, &BASE64.decode(&client_data).unwrap());
        let signed = [&data[..], hash.as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        self.answer(&json!({
            "clientDataJSON": client_data,
            "authenticatorData": BASE64.encode(data),
            "signature": BASE64.encode(signature.as_ref()),
            "userHandle": self.user_handle,
        }))
    }

    /// Its id as options list it.
    pub fn id(&self) -> String {
        BASE64.encode(self.id)
    }

    fn answer(&self, response: &Value) -> String {
        json!({
            "type": "public-key",
            "id": self.id(),
            "rawId": self.id(),
            "authenticatorAttachment": "platform",
            "response": response,
        })
        .to_string()
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        let data = json!({
            "type": kind,
            "challenge": options["challenge"],
            "origin": self.origin,
            "crossOrigin": false,
        });
        BASE64.encode(data.to_string())
    }

    fn data(&self, party: &str, flags: u8) -> Vec<u8> {
        let party = digest(&SHA256, party.as_bytes());
        [party.as_ref(), &[flags], &self.counter.to_be_bytes()].concat()
    }

    /// Attested credential data: no model, the id, and the public key as COSE has it.
    fn credential(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let (x, y) = (&point[1..33], &point[33..65]);
        [
            &[0; 16][..],
            &[0, 16],
            &self.id,
            b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20",
            x,
            b"\x22\x58\x20",
            y,
        ]
        .concat()
    }
}

/// The options that travel as JSON text.
pub fn options(verification: &Value) -> Value {
    serde_json::from_str(verification["nonce"].as_str().unwrap()).unwrap()
}

pub async fn register(browser: &mut Browser, id: &str, made: &str) -> Answer {
    let path = format!("/v1/me/passkeys/{id}/attempt_verification");
    let fields = [("strategy", "passkey"), ("public_key_credential", made)];
    browser.post(&path, &fields).await
}
