//! Cases, all from one number: the same seed gives the same cases on every machine, but for
//! the keys that sign, which each run makes anew.

mod domains;
mod draft;
mod machines;
mod mint;
mod mutations;
mod scenes;

use fastrand::Rng;

pub use mint::{Mint, claims, garbage, header, odd_header, pick, spoil, tamper};

use crate::case::Case;
use draft::Draft;

/// The `number`-th case of a seed: a scene that makes sense, with none, one or several of
/// its parts changed.
pub fn case(seed: u64, number: u64, mint: &mut Mint) -> Case {
    // Neighbours must not resemble each other.
    let mixed =
        (seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let mut draft = Draft::new(Rng::with_seed(mixed), mint);
    scenes::set(&mut draft);
    let changes = match draft.rng.u8(..100) {
        0..45 => 0,
        45..70 => 1,
        70..85 => 2,
        85..95 => 3,
        _ => 6,
    };
    for _ in 0..changes {
        mutations::apply(&mut draft);
    }
    draft.finish()
}
