//! Security headers on every answer, with a Content-Security-Policy whose nonce is new for each.
//!
//! Scripts run only with the nonce, or when a script with it loads them (`'strict-dynamic'`);
//! `'wasm-unsafe-eval'` lets the browser compile our wasm and nothing else. The pages that show
//! Clerk's own components also allow what those need (Clerk docs: "CSP headers").

use std::sync::Arc;

use app::context::Nonce;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use clerk::keys::FrontendApi;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use url::Url;

/// The parts of the policy that do not change from answer to answer.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Origin of the frontend API when it is not our own; browsers talk to it, forms may be
    /// redirected through it by a handshake, and a local instance serves pictures there.
    frontend_origin: Option<String>,
    secure: bool,
}

/// Pages with Clerk's own components on them.
const CLERK_PAGES: [&str; 4] = ["/sign-in", "/sign-up", "/user", "/styleguide/clerk"];

impl Policy {
    /// `frontend_api` is where browsers of the application at `public_url` reach Clerk.
    #[must_use]
    pub fn new(public_url: &Url, frontend_api: &FrontendApi) -> Arc<Self> {
        let origin = frontend_api.url(public_url).origin();
        Arc::new(Self {
            frontend_origin: (origin != public_url.origin()).then(|| origin.ascii_serialization()),
            secure: public_url.scheme() == "https",
        })
    }

    fn content_security_policy(&self, path: &str, nonce: &str) -> String {
        let clerk_page = CLERK_PAGES.contains(&path.trim_end_matches('/'));
        let frontend = self
            .frontend_origin
            .as_ref()
            .map(|origin| format!(" {origin}"))
            .unwrap_or_default();
        let (style, workers, frames) = if clerk_page {
            (
                "'self' 'unsafe-inline'",
                "'self' blob:",
                "https://challenges.cloudflare.com",
            )
        } else {
            // Our service worker.
            ("'self'", "'self'", "'none'")
        };
        format!(
            "default-src 'none'; \
             script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
             style-src {style}; \
             img-src 'self' data: https://img.clerk.com{frontend}; \
             font-src 'self'; \
             connect-src 'self'{frontend}; \
             worker-src {workers}; \
             frame-src {frames}; \
             manifest-src 'self'; \
             form-action 'self'{frontend}; \
             base-uri 'none'; \
             frame-ancestors 'none'"
        )
    }

    fn apply(&self, headers: &mut HeaderMap, path: &str, nonce: &str) {
        if let Ok(policy) = HeaderValue::from_str(&self.content_security_policy(path, nonce)) {
            // The local instance's own pages bring a policy of their own.
            headers
                .entry(header::CONTENT_SECURITY_POLICY)
                .or_insert(policy);
        }
        let fixed = [
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
            // `no-referrer` would break forms without JavaScript: their errors go back to the
            // page named by the Referer.
            (header::REFERRER_POLICY, "same-origin"),
            (
                HeaderName::from_static("cross-origin-opener-policy"),
                "same-origin",
            ),
            (
                HeaderName::from_static("cross-origin-resource-policy"),
                "same-origin",
            ),
            (
                HeaderName::from_static("permissions-policy"),
                "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            ),
        ];
        for (name, value) in fixed {
            headers
                .entry(name)
                .or_insert(HeaderValue::from_static(value));
        }
        if self.secure {
            headers
                .entry(header::STRICT_TRANSPORT_SECURITY)
                .or_insert(HeaderValue::from_static(
                    "max-age=63072000; includeSubDomains",
                ));
        }
    }
}

/// Makes the nonce, leaves it in the request for the page, and sets the headers on the answer.
pub async fn set_security_headers(
    State(policy): State<Arc<Policy>>,
    mut request: Request,
    next: Next,
) -> Response {
    let nonce = Nonce::generate();
    let path = request.uri().path().to_owned();
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    policy.apply(response.headers_mut(), &path, nonce.as_str());
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(frontend_api: &str) -> Arc<Policy> {
        let frontend_api = match Url::parse(frontend_api) {
            Ok(url) => FrontendApi::At(url),
            Err(_) => FrontendApi::Under(frontend_api.to_owned()),
        };
        Policy::new(&Url::parse("http://localhost:3000").unwrap(), &frontend_api)
    }

    #[test]
    fn scripts_never_get_unsafe_inline_or_eval() {
        for path in ["/", "/app/acme/projects", "/sign-in", "/sign-up/verify"] {
            let csp = policy("/__clerk").content_security_policy(path, "abc");
            let script = csp
                .split("; ")
                .find(|d| d.starts_with("script-src"))
                .unwrap();
            assert_eq!(
                script,
                "script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'"
            );
        }
    }

    #[test]
    fn only_clerk_pages_allow_inline_styles() {
        let policy = policy("/__clerk");
        assert!(
            policy
                .content_security_policy("/sign-in", "n")
                .contains("'unsafe-inline'")
        );
        for path in [
            "/",
            "/sign-inside",
            "/select-organization",
            "/app/acme/projects",
        ] {
            assert!(
                !policy
                    .content_security_policy(path, "n")
                    .contains("unsafe-inline")
            );
        }
    }

    #[test]
    fn workers_are_ours_alone_but_where_clerks_components_start_theirs() {
        let policy = policy("/__clerk");
        for (path, workers) in [
            ("/app/acme", "worker-src 'self';"),
            ("/sign-in", "worker-src 'self' blob:;"),
        ] {
            assert!(
                policy.content_security_policy(path, "n").contains(workers),
                "{path}"
            );
        }
    }

    #[test]
    fn a_frontend_api_elsewhere_is_named_and_our_own_is_not() {
        let csp = policy("https://clerk.example.com/").content_security_policy("/", "n");
        assert!(csp.contains("connect-src 'self' https://clerk.example.com;"));
        assert!(csp.contains("https://img.clerk.com https://clerk.example.com;"));
        for own in ["/__clerk", "http://localhost:3000/__clerk"] {
            let csp = policy(own).content_security_policy("/", "n");
            assert!(csp.contains("connect-src 'self';"), "{own}");
            assert!(csp.contains("img-src 'self' data: https://img.clerk.com;"));
        }
    }

    #[test]
    fn a_policy_set_by_the_page_itself_stays() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'"),
        );
        policy("/__clerk").apply(&mut headers, "/", "n");
        assert_eq!(
            headers[header::CONTENT_SECURITY_POLICY],
            "default-src 'none'"
        );
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    }
}
