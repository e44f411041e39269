//! One token: the bare signature check, our verification, and a repeat from the cache.

use divan::{Bencher, black_box};
use jsonwebtoken::{Algorithm, DecodingKey, crypto};

use crate::world::{INSTANCE, TOKEN, ready, verifier};

/// jsonwebtoken's check of the RS256 signature, nothing parsed.
#[divan::bench]
fn bare_signature_check(bencher: Bencher<'_, '_>) {
    let key = DecodingKey::from_rsa_pem(INSTANCE.public_key_pem().as_bytes()).unwrap();
    bencher.bench_local(|| bare(black_box(&TOKEN), &key));
}

pub(crate) fn bare(token: &str, key: &DecodingKey) -> bool {
    let (signed, signature) = token.rsplit_once('.').unwrap();
    crypto::verify(signature, signed.as_bytes(), key, Algorithm::RS256).unwrap()
}

/// jsonwebtoken's whole verification, into a `serde_json::Value`.
#[divan::bench]
fn jsonwebtoken_decode(bencher: Bencher<'_, '_>) {
    let key = DecodingKey::from_rsa_pem(INSTANCE.public_key_pem().as_bytes()).unwrap();
    let validation = jsonwebtoken::Validation::new(Algorithm::RS256);
    bencher.bench_local(|| {
        jsonwebtoken::decode::<serde_json::Value>(black_box(TOKEN.as_str()), &key, &validation)
            .unwrap()
    });
}

/// Our verification, nothing remembered.
#[divan::bench]
fn verify(bencher: Bencher<'_, '_>) {
    let verifier = verifier(0);
    bencher.bench_local(|| ready(verifier.verify(black_box(&TOKEN))).unwrap());
}

/// A token that was seen before.
#[divan::bench]
fn verify_repeat(bencher: Bencher<'_, '_>) {
    let verifier = verifier(1_000);
    ready(verifier.verify(&TOKEN)).unwrap();
    bencher.bench_local(|| ready(verifier.verify(black_box(&TOKEN))).unwrap());
}
