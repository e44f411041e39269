//! The browser's half of `app` holds no server code (invariant 6 of `docs/ARCHITECTURE.md`).
//!
//! By hand: `cargo tree -p frontend -e normal --target wasm32-unknown-unknown`.

use std::process::Command;

/// Crates that have no business in a browser, and the parts of Leptos that islands do without.
const FORBIDDEN: [&str; 17] = [
    "aws-lc-rs",
    "axum",
    "clerk",
    "clerk-local",
    "hyper",
    "jsonwebtoken",
    "leptos_axum",
    "leptos_meta",
    "leptos_router",
    "migrations",
    "reqwest",
    "rustls",
    "sea-orm",
    "sqlx",
    "store",
    "tokio",
    "tracing-subscriber",
];

#[test]
fn the_frontend_depends_on_no_server_crate() {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            "frontend",
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .args([
            "--target",
            "wasm32-unknown-unknown",
            "--format",
            "{p}",
            "--offline",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout).unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    let names: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    // The tree is the right one.
    assert!(names.contains(&"leptos") && names.contains(&"app"));
    for forbidden in FORBIDDEN {
        assert!(
            !names.contains(&forbidden),
            "{forbidden} reaches the browser"
        );
    }
}
