//! Sessions and instances for tests, of this crate and of others (feature `test-util`).
//! Never enable it in a program that serves people.
#![allow(clippy::expect_used, clippy::missing_panics_doc)] // tests only: a failure is one

use std::sync::OnceLock;

use aws_lc_rs::{
    encoding::{AsDer, PublicKeyX509Der},
    rand::SystemRandom,
    rsa::KeySize,
    signature::{KeyPair, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RsaKeyPair},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::{Value, json};

use crate::{
    claims::RawClaims,
    jwks::{JsonWebKey, JsonWebKeySet},
    keys::{InstanceKind, PublishableKey},
    session::Session,
    verify::RsaPublicKey,
};

/// A session of a user that nobody verified; the organization is its id, slug and role
/// (`org:admin`). It expires in the year 2100.
pub fn session(user_id: &str, organization: Option<(&str, &str, &str)>) -> Session {
    let mut claims = json!({
        "v": 2, "sub": user_id, "sid": format!("sess_of_{user_id}"), "sts": "active",
        "iss": "https://clerk.test.lcl.dev", "iat": 1_700_000_000, "exp": 4_102_444_800_i64,
    });
    if let Some((id, slug, role)) = organization {
        let role = role.strip_prefix("org:").unwrap_or(role);
        claims["o"] = json!({ "id": id, "slg": slug, "rol": role });
    }
    session_with_claims(&claims)
}

/// A session with any claims, as in a token's payload, that nobody verified.
pub fn session_with_claims(claims: &Value) -> Session {
    let payload = claims.to_string();
    let raw = RawClaims::parse(&payload).expect("claims as Clerk writes them");
    Session::from_verified(raw.into_claims(&payload).expect("complete claims"))
}

/// An instance that signs whatever it is asked to. All instances of a process share one
/// RSA key of 2048 bits, since making one takes long, unless they are made foreign.
pub struct TestInstance {
    publishable_key: PublishableKey,
    key: &'static RsaKeyPair,
    kid: String,
}

impl TestInstance {
    /// An instance with this frontend API host.
    pub fn new(kind: InstanceKind, host: &str) -> Self {
        static KEY: OnceLock<RsaKeyPair> = OnceLock::new();
        Self::with_key(kind, host, &KEY)
    }

    /// An instance with the same host but another key: what it signs is forged.
    pub fn foreign(kind: InstanceKind, host: &str) -> Self {
        static KEY: OnceLock<RsaKeyPair> = OnceLock::new();
        Self::with_key(kind, host, &KEY)
    }

    fn with_key(kind: InstanceKind, host: &str, key: &'static OnceLock<RsaKeyPair>) -> Self {
        Self {
            publishable_key: PublishableKey::for_host(kind, host).expect("a host with a dot"),
            key: key.get_or_init(|| RsaKeyPair::generate(KeySize::Rsa2048).expect("a key")),
            kid: "ins_test".to_owned(),
        }
    }

    /// Its publishable key.
    pub fn publishable_key(&self) -> &PublishableKey {
        &self.publishable_key
    }

    /// The name of its key.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// Its private key in DER (PKCS#8), to sign with something else.
    pub fn private_key_der(&self) -> Vec<u8> {
        self.key
            .as_der()
            .expect("an encodable key")
            .as_ref()
            .to_vec()
    }

    /// Its public key in PEM, as in `CLERK_JWT_KEY`.
    pub fn public_key_pem(&self) -> String {
        let der: PublicKeyX509Der<'_> = self.key.public_key().as_der().expect("an encodable key");
        let body = STANDARD.encode(der.as_ref());
        let lines: Vec<&str> = body
            .as_bytes()
            .chunks(64)
            .map(|line| std::str::from_utf8(line).expect("base64"))
            .collect();
        format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
            lines.join("\n")
        )
    }

    /// Its public key, ready to verify with.
    pub fn public_key(&self) -> RsaPublicKey {
        RsaPublicKey::from_pem(&self.public_key_pem()).expect("a key")
    }

    /// Its published keys.
    pub fn jwks(&self) -> JsonWebKeySet {
        let (n, e) = modulus_and_exponent(self.key.public_key().as_ref());
        JsonWebKeySet {
            keys: vec![JsonWebKey {
                usage: Some("sig".to_owned()),
                kty: "RSA".to_owned(),
                kid: Some(self.kid.clone()),
                alg: Some("RS256".to_owned()),
                n,
                e,
            }],
        }
    }

    /// The claims of a session token made at `now_seconds` as Clerk makes them (version 2,
    /// 60 seconds), to be changed and minted.
    pub fn claims(&self, now_seconds: i64) -> Value {
        json!({
            "v": 2, "iss": self.publishable_key.issuer(), "sub": "user_1", "sid": "sess_1",
            "azp": "http://localhost:3000", "iat": now_seconds, "nbf": now_seconds - 10,
            "exp": now_seconds + 60, "jti": "jti_1", "fva": [0, -1], "sts": "active",
        })
    }

    /// Signs claims as a session token.
    pub fn mint(&self, claims: &Value) -> String {
        let header = json!({
            "alg": "RS256", "kid": self.kid, "typ": "JWT", "cat": "cl_B7d4PD111AAA",
        });
        self.mint_with_header(&header, claims)
    }

    /// Signs claims under any header; the algorithm is the header's, RS256 if unknown.
    pub fn mint_with_header(&self, header: &Value, claims: &Value) -> String {
        let algorithm = header["alg"].as_str().unwrap_or_default();
        let (header, claims) = (header.to_string(), claims.to_string());
        self.sign(algorithm, header.as_bytes(), claims.as_bytes())
    }

    /// Signs any bytes as the header and the payload of a token; the algorithm is RS256
    /// unless it is `RS384` or `RS512`.
    pub fn sign(&self, algorithm: &str, header: &[u8], payload: &[u8]) -> String {
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let signed = format!("{}.{}", part(header), part(payload));
        let encoding = match algorithm {
            "RS384" => &RSA_PKCS1_SHA384,
            "RS512" => &RSA_PKCS1_SHA512,
            _ => &RSA_PKCS1_SHA256,
        };
        let mut signature = vec![0; self.key.public_modulus_len()];
        let random = SystemRandom::new();
        self.key
            .sign(encoding, &random, signed.as_bytes(), &mut signature)
            .expect("a signature");
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

/// The two numbers of an RSA public key in DER (PKCS#1), base64url.
fn modulus_and_exponent(der: &[u8]) -> (String, String) {
    fn value<'d>(der: &mut &'d [u8], tag: u8) -> &'d [u8] {
        assert_eq!(der[0], tag, "an RSA public key in DER");
        let (length, start) = match der[1] {
            short @ 0..=0x7f => (usize::from(short), 2),
            0x81 => (usize::from(der[2]), 3),
            _ => (usize::from(der[2]) << 8 | usize::from(der[3]), 4),
        };
        let (value, rest) = der[start..].split_at(length);
        *der = rest;
        value
    }
    let mut outer = der;
    let mut sequence = value(&mut outer, 0x30);
    let mut number = || {
        let bytes = value(&mut sequence, 0x02);
        // A zero in front only says that the number is not negative.
        URL_SAFE_NO_PAD.encode(bytes.strip_prefix(&[0]).unwrap_or(bytes))
    };
    (number(), number())
}
