//! [`Instance`]: who this instance is.

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rsa,
    signature::KeyPair as _,
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use clerk::{
    keys::{InstanceKind, PublishableKey, SecretKey},
    webhooks::WebhookSecret,
};
use jsonwebtoken::{DecodingKey, EncodingKey};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, DatabaseConnection, EntityTrait, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use serde_json::{Value, json};

use super::{entities::instance as entity, ids};
use crate::{
    LocalOptions,
    error::{LocalError, Result},
};

/// Identity, key and secrets of the instance.
pub struct Instance {
    /// `ins_…`, also the `kid` of its tokens.
    pub id: String,
    /// `pk_test_…` for the configured host.
    pub publishable_key: PublishableKey,
    /// `sk_test_…`, what the backend API asks for.
    pub secret_key: SecretKey,
    /// `whsec_…`, what deliveries are signed with.
    pub webhook_secret: WebhookSecret,
    /// Signs tokens with RS256.
    pub(crate) signing_key: EncodingKey,
    /// Checks tokens signed here.
    pub(crate) decoding_key: DecodingKey,
    /// The public half as a JWK set, as `/v1/jwks` serves it.
    pub jwks: Value,
    /// When the instance was made (unix milliseconds).
    pub created_at: i64,
    /// The public half as PEM, for networkless verification (`CLERK_JWT_KEY`).
    pub public_key_pem: String,
}

/// Reads the instance's row, or makes it. Two processes may open a fresh file at once; the first
/// row stays.
pub(super) async fn load_or_create(
    db: &DatabaseConnection,
    options: &LocalOptions,
) -> Result<Instance> {
    if let Some(row) = entity::Entity::find().one(db).await? {
        return Instance::from_row(row, options);
    }
    let key = tokio::task::spawn_blocking(generate_key)
        .await
        .map_err(|error| {
            LocalError::Invalid(format!("making the signing key failed: {error}"))
        })??;
    let row = entity::ActiveModel {
        id: Set(ids::prefixed("ins")),
        private_key: Set(key),
        secret_key: Set(format!("sk_test_{}", ids::alphanumeric(42))),
        webhook_secret: Set(format!("whsec_{}", STANDARD.encode(ids::bytes::<24>()))),
        created_at: Set(options.clock.now_ms()),
    };
    let tx = db
        .begin_with_options(TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        })
        .await?;
    let row = match entity::Entity::find().one(&tx).await? {
        Some(first) => first,
        None => row.insert(&tx).await?,
    };
    tx.commit().await?;
    Instance::from_row(row, options)
}

/// Clerk's PEM loaders accept exactly RSA-2048 with e = 65537.
fn generate_key() -> Result<Vec<u8>> {
    let fail = |_| LocalError::Invalid("making the signing key failed".to_owned());
    let pair = rsa::KeyPair::generate(rsa::KeySize::Rsa2048).map_err(fail)?;
    let der: Pkcs8V1Der<'_> = pair.as_der().map_err(fail)?;
    Ok(der.as_ref().to_vec())
}

impl Instance {
    fn from_row(row: entity::Model, options: &LocalOptions) -> Result<Self> {
        let bad_key = |_| LocalError::Invalid("the stored signing key is damaged".to_owned());
        let pair = rsa::KeyPair::from_pkcs8(&row.private_key).map_err(bad_key)?;
        let public = pair.public_key();
        let spki: aws_lc_rs::encoding::PublicKeyX509Der<'_> = public
            .as_der()
            .map_err(|_| LocalError::Invalid("the stored signing key is damaged".to_owned()))?;
        let public_key_pem = pem::encode(&pem::Pem::new("PUBLIC KEY", spki.as_ref()));
        let jwks = json!({ "keys": [{
            "use": "sig",
            "kty": "RSA",
            "kid": row.id,
            "alg": "RS256",
            "n": URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero()),
            "e": URL_SAFE_NO_PAD.encode(public.exponent().big_endian_without_leading_zero()),
        }]});
        let invalid = |what: &str, error: String| {
            LocalError::Invalid(format!("{what} is not valid: {error}"))
        };
        Ok(Self {
            publishable_key: PublishableKey::for_host(
                InstanceKind::Development,
                &options.frontend_api,
            )
            .map_err(|error| invalid("the frontend API host", error.to_string()))?,
            secret_key: SecretKey::parse(&row.secret_key)
                .map_err(|error| invalid("the stored secret key", error.to_string()))?,
            webhook_secret: WebhookSecret::parse(&row.webhook_secret)
                .map_err(|error| invalid("the stored webhook secret", error.to_string()))?,
            decoding_key: DecodingKey::from_rsa_raw_components(
                public.modulus().big_endian_without_leading_zero(),
                public.exponent().big_endian_without_leading_zero(),
            ),
            signing_key: signing_key(&row.private_key)?,
            created_at: row.created_at,
            id: row.id,
            jwks,
            public_key_pem,
        })
    }
}

/// jsonwebtoken takes PKCS#8 only by way of PEM.
fn signing_key(pkcs8: &[u8]) -> Result<EncodingKey> {
    let pem = pem::encode(&pem::Pem::new("PRIVATE KEY", pkcs8));
    Ok(EncodingKey::from_rsa_pem(pem.as_bytes())?)
}
