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
    match COMPONENTS.iter().find(|(base, _)| below(base)) {
        Some((base, mount)) => Html(page(publishable_key, base, mount)).into_response(),
        None if path == "/" => Html(page(publishable_key, "", "")).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Loads Clerk as an application's page does. The front page (without a component) only says who is
/// signed in, as all do.
fn page(publishable_key: &str, at: &str, mount: &str) -> String {
    let links: String = COMPONENTS
        .iter()
        .map(|(base, _)| {
            let current = if *base == at {
                " aria-current=\"page\""
            } else {
                ""
            };
            format!("<li><a href=\"{base}\"{current}>{base}</a></li>")
        })
        .collect();
    format!(
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Clerk playground {at}</title>
<link rel="icon" type="image/svg+xml" href="{BASE_PATH}/portal/icon.svg">
<style>{STYLE}</style></head>
<body><header><h1><a href="/">Clerk playground</a></h1>
<nav aria-label="Pages"><ul>{links}<li><a href="{BASE_PATH}/portal">portal</a></li><li><a href="{BASE_PATH}/outbox">mail</a></li><li><a href="{BASE_PATH}/webhooks">webhooks</a></li></ul></nav>
<p id="who" role="status"></p></header><main id="clerk"></main>
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

/// The page around the components, whose own colours it leaves alone.
const STYLE: &str = "
:root { color-scheme: light; }
body { margin: 0; background: #f4f4f7; color: #1b1a22; font: 15px/1.5 system-ui, sans-serif; }
header { padding: 1rem 1.25rem; background: #fff; border-bottom: 1px solid #d9d8e1; }
h1 { margin: 0 0 .5rem; font-size: 1.125rem; }
h1 a { color: inherit; text-decoration: none; }
ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0; padding: 0; list-style: none; }
a { color: #4b37c0; }
a[aria-current] { font-weight: 650; text-decoration: none; }
a:focus-visible { outline: 2px solid #5b45d6; outline-offset: 2px; }
#who { margin: .5rem 0 0; min-height: 1.5em; color: #5b5966; overflow-wrap: anywhere; }
main { display: grid; justify-items: center; padding: 2rem 1rem; overflow-x: auto; }
";
