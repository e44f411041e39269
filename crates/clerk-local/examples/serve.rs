//! The local instance with the smallest possible application around it: one page that mounts Clerk's
//! own sign-in and sign-up.
//!
//! `cargo run -p clerk-local --example serve -- NPM_DIR [PORT [DATA_DIR]]`, where `NPM_DIR` is the folder
//! in which `npm ci` was run (see `browser/README.md`).

use std::{env, error::Error, io::Write, path::PathBuf};

use axum::{
    Router,
    response::Html,
    routing::{get, post},
};
use clerk_local::{BASE_PATH, LocalClerk, LocalOptions};
use url::Url;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().init();
    let mut arguments = env::args().skip(1);
    let npm_dir = arguments
        .next()
        .ok_or("usage: serve NPM_DIR [PORT [DATA_DIR]]")?;
    let port = arguments
        .next()
        .map_or(Ok(3900), |port| port.parse::<u16>())?;
    let data_dir = arguments.next().unwrap_or_else(|| "data".to_owned());

    let public_url = Url::parse(&format!("http://localhost:{port}"))?;
    let clerk = LocalClerk::open(LocalOptions {
        npm_dir: PathBuf::from(npm_dir),
        ..LocalOptions::new(data_dir, public_url.clone())
    })
    .await?;

    let page = Html(page(clerk.publishable_key().as_str()));
    let app = Router::new()
        .route("/webhooks/clerk", post(async || "received"))
        .nest(BASE_PATH, clerk.router())
        .fallback(get(async move || page));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    writeln!(std::io::stdout(), "{public_url}")?;

    let deliveries = clerk.clone();
    tokio::spawn(async move { deliveries.run_deliveries(std::future::pending()).await });
    axum::serve(listener, app).await?;
    Ok(())
}

/// Loads Clerk as an application's page does and mounts what the address asks for.
fn page(publishable_key: &str) -> String {
    format!(
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Clerk</title></head>
<body><main><div id="clerk"></div></main>
<script data-clerk-publishable-key="{publishable_key}" data-clerk-proxy-url="{BASE_PATH}"
  src="{BASE_PATH}/npm/@clerk/clerk-js@6/dist/clerk.browser.js"></script>
<script src="{BASE_PATH}/npm/@clerk/ui@1/dist/ui.browser.js"></script>
<script type="module">
  await Clerk.load({{ ui: {{ ClerkUI: window.__internal_ClerkUICtor }}, signInUrl: '/sign-in', signUpUrl: '/sign-up', telemetry: {{ disabled: true }} }});
  const place = document.getElementById('clerk');
  if (location.pathname.startsWith('/sign-in')) Clerk.mountSignIn(place);
  else if (location.pathname.startsWith('/sign-up')) Clerk.mountSignUp(place);
  else place.textContent = Clerk.user ? `Signed in as ${{Clerk.user.primaryEmailAddress.emailAddress}}` : 'Signed out';
  document.body.dataset.ready = 'true';
</script></body></html>"#
    )
}
