//! Without features the crate brings nothing heavy along.
//!
//! By hand: `cargo tree -p clerk --no-default-features -e normal`.

use std::process::Command;

/// What only features may bring: HTTP in either direction, TLS, sockets.
const HEAVY: [&str; 12] = [
    "axum",
    "h2",
    "http-body",
    "hyper",
    "hyper-util",
    "mio",
    "reqwest",
    "rustls",
    "socket2",
    "tokio-rustls",
    "tower",
    "tower-http",
];

/// The names of all crates that `clerk` with these features is made of.
fn tree(features: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", "clerk", "--no-default-features"])
        .args(["--features", features, "--edges", "normal"])
        .args(["--prefix", "none", "--format", "{p}", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    let tree = String::from_utf8(output.stdout).unwrap();
    let name = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    tree.lines().map(name).collect()
}

#[test]
fn the_core_and_webhooks_are_light() {
    for features in ["", "webhooks"] {
        let tree = tree(features);
        assert!(tree.contains(&"clerk".to_owned()));
        for heavy in HEAVY {
            let there = tree.iter().any(|name| name == heavy);
            assert!(
                !there,
                "{heavy} is in clerk with the features \"{features}\""
            );
        }
    }
}

#[test]
fn what_is_called_heavy_is_what_features_bring() {
    let all = tree("axum,client,proxy");
    for heavy in HEAVY {
        assert!(all.contains(&heavy.to_owned()), "{heavy} is in none");
    }
}
