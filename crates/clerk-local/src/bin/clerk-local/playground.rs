//! The smallest application around the instance: pages that mount Clerk's own components.

use axum::{
    Router,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use clerk_local::BASE_PATH;
use http::{StatusCode, Uri};

/// What is mounted at a path and below it; the account's and the organization's pages need somebody
/// signed in.
const COMPONENTS: [(&str, &str); 7] = [
    ("/sign-in", "mountSignIn"),
    ("/sign-up", "mountSignUp"),
    ("/user", "mountUserProfile"),
    ("/organization", "mountOrganizationProfile"),
    ("/organizations", "mountOrganizationList"),
    ("/create-organization", "mountCreateOrganization"),
    ("/switcher", "mountOrganizationSwitcher"),
];

/// All pages.
pub fn router(publishable_key: &str) -> Router {
    let publishable_key = publishable_key.to_owned();
    Router::new().fallback(get(async move |uri: Uri| {
        answer(uri.path(), &publishable_key)
    }))
}

fn answer(path: &str, publishable_key: &str) -> Response {
    let below = |base: &str| {
        path.strip_prefix(base)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let mount = COMPONENTS
        .iter()
        .find_map(|(base, mount)| below(base).then_some(*mount));
    match mount {
        None if path != "/" => StatusCode::NOT_FOUND.into_response(),
        _ => Html(page(publishable_key, mount.unwrap_or_default())).into_response(),
    }
}

/// Loads Clerk as an application's page does. `/` says who is signed in.
fn page(publishable_key: &str, mount: &str) -> String {
    let links: String = COMPONENTS
        .iter()
        .map(|(path, _)| format!("<a href=\"{path}\">{path}</a> "))
        .collect();
    format!(
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Clerk playground</title></head>
<body><nav>{links}<a href="{BASE_PATH}/outbox">mail</a></nav><main><p id="who"></p><div id="clerk"></div></main>
<script data-clerk-publishable-key="{publishable_key}" data-clerk-proxy-url="{BASE_PATH}"
  src="{BASE_PATH}/npm/@clerk/clerk-js@6/dist/clerk.browser.js"></script>
<script src="{BASE_PATH}/npm/@clerk/ui@1/dist/ui.browser.js"></script>
<script type="module">
  await Clerk.load({{
    ui: {{ ClerkUI: window.__internal_ClerkUICtor }},
    signInUrl: '/sign-in', signUpUrl: '/sign-up',
    telemetry: {{ disabled: true }},
  }});
  const who = document.getElementById('who');
  Clerk.addListener(({{ user, organization }}) => {{
    who.textContent = user
      ? `Signed in as ${{user.primaryEmailAddress?.emailAddress ?? user.id}}` + (organization ? ` in ${{organization.name}}` : '')
      : 'Signed out';
  }});
  const mount = '{mount}';
  const place = document.getElementById('clerk');
  if (mount === 'mountUserProfile' || mount === 'mountOrganizationProfile') {{
    Clerk[mount](place, {{ routing: 'hash' }});
  }} else if (mount) {{
    Clerk[mount](place);
  }}
  document.body.dataset.ready = 'true';
</script></body></html>"#
    )
}
