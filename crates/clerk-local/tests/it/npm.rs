//! Clerk's browser files.

use std::fs;

use crate::browser::World;
use axum::http::StatusCode;

fn install(world: &World) {
    let package = world.folder.path().join("node_modules/@clerk/clerk-js");
    fs::create_dir_all(package.join("dist")).unwrap();
    fs::write(package.join("package.json"), r#"{"version":"6.40.0"}"#).unwrap();
    fs::write(package.join("dist/clerk.browser.js"), "clerk()").unwrap();
    fs::write(world.folder.path().join("secret.js"), "secret").unwrap();
}

#[tokio::test]
async fn any_version_tag_is_answered() {
    let world = World::new().await;
    install(&world);
    let mut browser = world.stranger();
    for (tag, cache) in [
        ("@6", "no-cache"),
        ("@latest", "no-cache"),
        ("@5.1.0", "no-cache"),
        ("", "no-cache"),
        ("@6.40.0", "public, max-age=31536000, immutable"),
    ] {
        let file = browser
            .get(&format!("/npm/@clerk/clerk-js{tag}/dist/clerk.browser.js"))
            .await;
        assert_eq!(file.text, "clerk()");
        assert_eq!(
            file.headers["content-type"],
            "text/javascript; charset=utf-8"
        );
        assert_eq!(file.headers["cache-control"], cache, "{tag}");
    }
}

#[tokio::test]
async fn nothing_outside_a_package_is_served() {
    let world = World::new().await;
    install(&world);
    let mut browser = world.stranger();
    for path in [
        "/npm/@clerk/clerk-js@6/../../../secret.js",
        "/npm/@clerk/clerk-js@6/%2e%2e/%2e%2e/%2e%2e/secret.js",
        "/npm/@clerk/clerk-js@6/dist%2f..%2f..%2f..%2f..%2fsecret.js",
        "/npm/@clerk/clerk-js@6/dist/missing.js",
        "/npm/@clerk/backend@6/dist/index.js",
        "/npm/@clerk/..@6/secret.js",
        "/npm/@clerk/ui@1/dist/ui.browser.js",
    ] {
        let refused = browser.get(path).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!refused.text.contains("secret"), "{path}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn links_out_of_a_package_are_not_followed() {
    let world = World::new().await;
    install(&world);
    let link = world
        .folder
        .path()
        .join("node_modules/@clerk/clerk-js/dist/link.js");
    std::os::unix::fs::symlink(world.folder.path().join("secret.js"), link).unwrap();
    let mut browser = world.stranger();
    let refused = browser.get("/npm/@clerk/clerk-js@6/dist/link.js").await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}
