//! What the claims say once they are verified.

use clerk::{
    has::{Has, Reverification},
    test_util::session_with_claims,
};
use divan::{Bencher, black_box};
use serde_json::{Value, json};

/// An organization with this many features and as many permissions, all granted.
fn permissions(count: usize) -> Value {
    let list =
        |prefix: &str| -> Vec<String> { (0..count).map(|n| format!("{prefix}{n}")).collect() };
    let mask = ((1_u128 << count) - 1).to_string();
    json!({
        "v": 2, "sub": "user_1", "exp": 1, "fea": list("o:f").join(","),
        "o": { "id": "org_1", "rol": "admin", "per": list("p").join(","),
            "fpm": vec![mask; count].join(",") },
    })
}

/// Claims with a permission bitmap of so many features and bits.
#[divan::bench(args = [4, 16, 64])]
fn permission_bitmap(bencher: Bencher<'_, '_>, count: usize) {
    let claims = permissions(count);
    bencher.bench_local(|| session_with_claims(black_box(&claims)));
}

#[divan::bench]
fn has_everything(bencher: Bencher<'_, '_>) {
    let mut claims = permissions(4);
    claims["fva"] = json!([3, -1]);
    let session = session_with_claims(&claims);
    let has = Has::new()
        .role("org:admin")
        .permission("org:f3:p3")
        .feature("f2")
        .reverification(Reverification::STRICT);
    assert!(session.has(&has));
    bencher.bench_local(|| black_box(&session).has(black_box(&has)));
}
