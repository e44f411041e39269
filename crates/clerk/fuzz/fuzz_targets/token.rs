//! Session tokens of any shape. The first byte says where one comes from: `r` is the text as it
//! is, `s` a header and claims (a line each) that the instance signs, `t` changes to a good token
//! (two bytes where, one byte what).
#![no_main]

use std::sync::LazyLock;

use clerk::{
    session::Session,
    verify::{DEFAULT_CLOCK_SKEW_MS, KeySource, TokenVerifier, VerifierOptions},
};
use clerk_fuzz::{INSTANCE, NOW, ORIGIN, PUBLIC_KEY, TOKEN, block_on, clock};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

static VERIFIER: LazyLock<TokenVerifier> = LazyLock::new(|| {
    let key = INSTANCE.publishable_key().clone();
    TokenVerifier::new(VerifierOptions {
        authorized_parties: vec![ORIGIN.to_owned()],
        clock: clock(),
        ..VerifierOptions::new(key, KeySource::Fixed(PUBLIC_KEY.clone()))
    })
});

fuzz_target!(|data: &[u8]| {
    if let Some((kind, rest)) = data.split_first() {
        match kind % 3 {
            0 => raw(rest),
            1 => signed(rest),
            _ => tampered(rest),
        }
    }
});

fn verify(token: &str) -> Option<Session> {
    block_on(VERIFIER.verify(token)).ok()
}

fn raw(text: &[u8]) {
    if let Ok(token) = std::str::from_utf8(text) {
        assert!(verify(token).is_none(), "nobody signed it");
    }
}

fn signed(text: &[u8]) {
    let mut lines = text.splitn(2, |byte| *byte == b'\n');
    let mut json = || serde_json::from_slice::<Value>(lines.next()?).ok();
    let (Some(header), Some(claims)) = (json(), json()) else {
        return;
    };
    let Some(session) = verify(&INSTANCE.mint_with_header(&header, &claims)) else {
        return;
    };
    assert!(matches!(
        header["alg"].as_str(),
        Some("RS256" | "RS384" | "RS512")
    ));
    assert_ne!(header["cat"], "cl_B7d4PD222AAA", "a template's token");
    assert_eq!(claims["iss"], INSTANCE.publishable_key().issuer());
    assert_eq!(claims["azp"], ORIGIN);
    assert_eq!(claims["sub"], session.user_id().as_str());
    let seconds = |name: &str| claims[name].as_f64();
    let skew = DEFAULT_CLOCK_SKEW_MS as f64 / 1_000.0;
    assert!(seconds("exp").is_some_and(|exp| exp > NOW as f64 - skew));
    assert!(seconds("nbf").is_none_or(|nbf| nbf <= NOW as f64 + skew));
}

fn tampered(changes: &[u8]) {
    let mut token = TOKEN.as_bytes().to_vec();
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_be_bytes([change[0], change[1]])) % token.len();
        token[at] = change[2];
    }
    if let Ok(changed) = std::str::from_utf8(&token) {
        assert_eq!(verify(changed).is_some(), changed == *TOKEN);
    }
}
