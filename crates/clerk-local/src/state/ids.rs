//! Random identifiers and secrets, from the operating system's generator, or, in the deterministic
//! mode for tests, from a seed.

use std::sync::{Mutex, PoisonError};

use aws_lc_rs::{digest, rand};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand_chacha::{
    ChaCha20Rng,
    rand_core::{RngCore, SeedableRng},
};

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The generator of a process that was given a seed.
static SEEDED: Mutex<Option<ChaCha20Rng>> = Mutex::new(None);

/// From now on this process makes the same identifiers, codes and secrets in the same order each time
/// it is given this seed. Everybody can foretell them: for tests only.
pub(super) fn seed(seed: u64) {
    let mut place = SEEDED.lock().unwrap_or_else(PoisonError::into_inner);
    *place = Some(ChaCha20Rng::seed_from_u64(seed));
}

/// `N` bytes of the seeded generator, in a process that was given a seed.
pub(super) fn seeded<const N: usize>() -> Option<[u8; N]> {
    let mut place = SEEDED.lock().unwrap_or_else(PoisonError::into_inner);
    let mut out = [0; N];
    place.as_mut()?.fill_bytes(&mut out);
    Some(out)
}

/// `prefix_` and 27 random characters (160 bits), the look of Clerk's own ids.
pub fn prefixed(prefix: &str) -> String {
    format!("{prefix}_{}", alphanumeric(27))
}

/// `length` random letters and digits.
pub fn alphanumeric(length: usize) -> String {
    random_text(ALPHABET, length)
}

/// `length` random lower-case letters and digits.
pub fn lower_alphanumeric(length: usize) -> String {
    let (digits, letters) = (&ALPHABET[..10], &ALPHABET[36..]);
    random_text(&[digits, letters].concat(), length)
}

/// Random characters of an alphabet of at most 256.
fn random_text(alphabet: &[u8], length: usize) -> String {
    // Bytes from the largest multiple of the alphabet's size on are thrown away, so that each
    // character is equally likely.
    let end = 256 - 256 % alphabet.len();
    let mut out = String::with_capacity(length);
    while out.len() < length {
        for byte in bytes::<32>() {
            let byte = usize::from(byte);
            if byte < end && out.len() < length {
                out.push(char::from(alphabet[byte % alphabet.len()]));
            }
        }
    }
    out
}

/// A one-time code of six digits.
pub fn six_digits() -> String {
    loop {
        let value = u32::from_be_bytes(bytes::<4>());
        // The largest multiple of 1_000_000 in a u32: no code is more likely than another.
        if value < 4_294_000_000 {
            return format!("{:06}", value % 1_000_000);
        }
    }
}

/// 128 random bits in hexadecimal, for trace ids. Never from the seed: an error answered meanwhile
/// changes nothing of what comes after it.
pub fn hex_id() -> String {
    from_system::<16>()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The digest under which a bearer secret is stored: the database never holds the secret itself.
pub fn secret_hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, secret.as_bytes()))
}

/// `N` random bytes.
pub fn bytes<const N: usize>() -> [u8; N] {
    seeded().unwrap_or_else(from_system)
}

/// The generator of aws-lc seeds itself from the operating system; without any source of
/// randomness no secret may be made, and the process has to stop.
fn from_system<const N: usize>() -> [u8; N] {
    let mut out = [0; N];
    if rand::fill(&mut out).is_err() {
        tracing::error!("the operating system gives no random bytes");
        std::process::abort();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_carry_their_prefix_and_differ() {
        let (one, other) = (prefixed("user"), prefixed("user"));
        assert_ne!(one, other);
        assert!(one.starts_with("user_") && one.len() == "user_".len() + 27);
    }

    #[test]
    fn lower_case_text_has_no_capitals() {
        let text = lower_alphanumeric(500);
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        assert!(text.len() == 500 && text.bytes().all(allowed));
    }

    #[test]
    fn codes_have_six_digits() {
        for _ in 0..50 {
            let code = six_digits();
            assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()));
        }
    }
}
