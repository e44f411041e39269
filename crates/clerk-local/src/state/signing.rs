//! [`Signing`]: the key that signs the instance's tokens, and [`SigningKey`], its place.

use std::sync::Arc;

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der},
    rsa,
    signature::KeyPair as _,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{DecodingKey, EncodingKey};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use tokio::{
    runtime::{Handle, RuntimeFlavor},
    sync::watch,
};

use super::{State, entities::instance as entity, ids};
use crate::error::{LocalError, Result};

/// One RSA-2048 key, ready to use.
pub struct Signing {
    /// The `kid` of its tokens: the instance's id, as Clerk has it, until the key is rotated.
    pub kid: String,
    /// Signs tokens with RS256.
    pub(crate) encoding: EncodingKey,
    /// Checks tokens signed with it.
    pub(crate) decoding: DecodingKey,
    /// The public half as a JWK set, as `/v1/jwks` serves it.
    pub jwks: Value,
    /// The public half as PEM, for networkless verification (`CLERK_JWT_KEY`).
    pub public_key_pem: String,
}

impl Signing {
    /// Reads a private key in PKCS#8 DER.
    ///
    /// # Errors
    /// [`LocalError::Invalid`] when it is no RSA key.
    pub(super) fn read(kid: String, pkcs8: &[u8]) -> Result<Self> {
        let bad = || LocalError::Invalid("the stored signing key is damaged".to_owned());
        let pair = rsa::KeyPair::from_pkcs8(pkcs8).map_err(|_| bad())?;
        let public = pair.public_key();
        let spki: PublicKeyX509Der<'_> = public.as_der().map_err(|_| bad())?;
        let (n, e) = (public.modulus(), public.exponent());
        let n = n.big_endian_without_leading_zero();
        let e = e.big_endian_without_leading_zero();
        // jsonwebtoken takes PKCS#8 only by way of PEM.
        let pem = pem::encode(&pem::Pem::new("PRIVATE KEY", pkcs8));
        Ok(Self {
            encoding: EncodingKey::from_rsa_pem(pem.as_bytes())?,
            decoding: DecodingKey::from_rsa_raw_components(n, e),
            jwks: json!({ "keys": [{
                "use": "sig",
                "kty": "RSA",
                "kid": kid,
                "alg": "RS256",
                "n": URL_SAFE_NO_PAD.encode(n),
                "e": URL_SAFE_NO_PAD.encode(e),
            }]}),
            public_key_pem: pem::encode(&pem::Pem::new("PUBLIC KEY", spki.as_ref())),
            kid,
        })
    }
}

/// Makes a key. Clerk's PEM loaders accept exactly RSA-2048 with e = 65537.
///
/// # Errors
/// [`LocalError::Invalid`] when the generator fails.
fn generate() -> Result<Vec<u8>> {
    if let Some(seed) = ids::seeded::<32>() {
        return seeded(seed);
    }
    let fail = |_| LocalError::Invalid("making the signing key failed".to_owned());
    let pair = rsa::KeyPair::generate(rsa::KeySize::Rsa2048).map_err(fail)?;
    let der: Pkcs8V1Der<'_> = pair.as_der().map_err(fail)?;
    Ok(der.as_ref().to_vec())
}

/// The key of a seed; aws-lc takes no randomness but its own. Nothing is signed or decrypted by this
/// implementation, which is not made to withstand measuring the time it takes.
fn seeded(seed: [u8; 32]) -> Result<Vec<u8>> {
    use ::rsa::{RsaPrivateKey, pkcs8::EncodePrivateKey};
    use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

    let fail = |error: String| LocalError::Invalid(format!("making the signing key: {error}"));
    let mut random = ChaCha20Rng::from_seed(seed);
    let key = RsaPrivateKey::new(&mut random, 2048).map_err(|error| fail(error.to_string()))?;
    let der = key
        .to_pkcs8_der()
        .map_err(|error| fail(error.to_string()))?;
    Ok(der.as_bytes().to_vec())
}

/// The place of the current key. A new instance's key takes a moment to make, which happens while
/// the instance answers already; whoever needs the key waits for it.
pub(super) struct SigningKey(watch::Sender<Option<Arc<Signing>>>);

impl SigningKey {
    /// A key that is there already, or one that is still to be made.
    pub(super) fn new(signing: Option<Signing>) -> Self {
        Self(watch::Sender::new(signing.map(Arc::new)))
    }

    /// The key, if it is made.
    pub(super) fn get(&self) -> Option<Arc<Signing>> {
        self.0.borrow().clone()
    }

    /// Waits until there is a key. Whoever writes does so first: the key is stored by a write of its
    /// own, for which a transaction that needs the key would leave no room.
    ///
    /// # Errors
    /// Never while the instance lives.
    pub(super) async fn made(&self) -> Result<Arc<Signing>> {
        let mut place = self.0.subscribe();
        let made = place.wait_for(Option::is_some).await;
        made.ok().and_then(|made| made.clone()).ok_or_else(not_made)
    }

    fn set(&self, signing: Signing) {
        self.0.send_replace(Some(Arc::new(signing)));
    }
}

/// Nothing is signed before it: what is signed follows from a write, and writes wait for the key.
pub(super) fn not_made() -> LocalError {
    LocalError::Invalid("the signing key is still being made".to_owned())
}

impl State {
    /// Makes a new instance's key and keeps it. Where other threads can go on with the work, that
    /// happens beside the instance's first answers.
    ///
    /// # Errors
    /// When the key can't be made or stored; in the background, that ends the process: whoever needs
    /// the key would wait for ever.
    pub(super) async fn make_signing_key(&self) -> Result<()> {
        if Handle::current().runtime_flavor() != RuntimeFlavor::MultiThread {
            return self.make_first_key().await;
        }
        let state = self.clone();
        tokio::spawn(async move {
            if let Err(error) = state.make_first_key().await {
                tracing::error!(%error, "the instance can't have a signing key");
                std::process::abort();
            }
        });
        Ok(())
    }

    /// Stores the first key, or takes the one that another process stored meanwhile. Nobody sees a key
    /// before it is stored.
    async fn make_first_key(&self) -> Result<()> {
        let key = tokio::task::spawn_blocking(generate)
            .await
            .map_err(|error| LocalError::Invalid(format!("making the signing key: {error}")))??;
        let part = self.open_part_at_once().await?;
        entity::Entity::update_many()
            .filter(entity::Column::PrivateKey.eq(Vec::<u8>::new()))
            .col_expr(entity::Column::PrivateKey, Expr::value(key))
            .exec(&part.tx)
            .await?;
        let row = entity::Entity::find().one(&part.tx).await?;
        part.commit(&self.inner).await?;
        let row =
            row.ok_or_else(|| LocalError::Invalid("the instance's row is gone".to_owned()))?;
        let kid = row.key_id.unwrap_or(row.id);
        let signing = Signing::read(kid, &row.private_key)?;
        self.instance().signing_key.set(signing);
        Ok(())
    }

    /// Puts a new key, with a new `kid`, in the place of the signing key. Tokens signed before are
    /// refused from now on.
    ///
    /// # Errors
    /// When the key can't be made or stored.
    pub async fn rotate_signing_key(&self) -> Result<()> {
        let kid = ids::prefixed("ins");
        let key = tokio::task::spawn_blocking(generate)
            .await
            .map_err(|error| LocalError::Invalid(format!("making the signing key: {error}")))??;
        let signing = Signing::read(kid.clone(), &key)?;
        let write = self.write().await?;
        entity::Entity::update_many()
            .col_expr(entity::Column::PrivateKey, Expr::value(key))
            .col_expr(entity::Column::KeyId, Expr::value(Some(kid)))
            .exec(write.db())
            .await?;
        write.commit().await?;
        self.instance().signing_key.set(signing);
        Ok(())
    }
}
