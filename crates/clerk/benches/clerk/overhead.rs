//! What our verification costs beyond the bare signature check.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use jsonwebtoken::DecodingKey;

use crate::{
    tokens::bare,
    world::{INSTANCE, TOKEN, ready, verifier},
};

const ROUNDS: usize = 400;
const CALLS: u32 = 50;

/// Measures both in turns, so that a busy machine slows both, and takes the middle of the
/// ratios.
pub(crate) fn report() {
    let key = DecodingKey::from_rsa_pem(INSTANCE.public_key_pem().as_bytes()).unwrap();
    let verifier = verifier(0);
    let mut rounds: Vec<(Duration, Duration)> = (0..ROUNDS)
        .map(|_| {
            let bare = time(|| black_box(bare(black_box(&TOKEN), &key)));
            let ours = time(|| ready(verifier.verify(black_box(&TOKEN))).is_ok());
            (bare, ours)
        })
        .collect();
    let ratio = |(bare, ours): &(Duration, Duration)| ours.as_secs_f64() / bare.as_secs_f64();
    rounds.sort_by(|a, b| ratio(a).total_cmp(&ratio(b)));
    let (bare, ours) = rounds[ROUNDS / 2];
    println!(
        "\nverification of a v2 token: {:.2} µs; bare RS256 check: {:.2} µs; ours adds {:+.1} %",
        micros(ours),
        micros(bare),
        (ratio(&(bare, ours)) - 1.0) * 100.0
    );
}

/// How long one call takes.
fn time(mut call: impl FnMut() -> bool) -> Duration {
    let start = Instant::now();
    for _ in 0..CALLS {
        assert!(call());
    }
    start.elapsed() / CALLS
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}
