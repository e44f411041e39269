//! Which address of the frontend API a request means, and the way back.

use http::{HeaderMap, HeaderValue, Uri, header};
use percent_encoding::percent_decode_str;
use url::Url;

use super::{ProxyOptions, forwarded::PublicUrl, options::DEFAULT_UPSTREAM, refusal::Refusal};
use crate::keys::ProxyUrl;

/// The two ends of the proxy.
pub(super) struct Target {
    /// The path it is mounted at, without a slash at the end.
    mount: String,
    /// The frontend API.
    base: Url,
}

impl Target {
    pub(super) fn new(options: &ProxyOptions) -> Self {
        let mount = match &options.proxy_url {
            ProxyUrl::Path(path) => path,
            ProxyUrl::Absolute(url) => url.path(),
        };
        Self {
            mount: mount.trim_end_matches('/').to_owned(),
            base: options.upstream.clone().unwrap_or_else(default_upstream),
        }
    }

    /// What of a path comes after the mount path, with its slash; none if it is elsewhere.
    pub(super) fn rest<'p>(&self, path: &'p str) -> Option<&'p str> {
        let rest = path.strip_prefix(self.mount.as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then_some(rest)
    }

    /// The address to ask. Only path and query of the request's own count, so neither an
    /// absolute address in the request line nor its path can name another host.
    pub(super) fn url(&self, uri: &Uri) -> Result<Url, Refusal> {
        let rest = self.rest(uri.path()).ok_or(Refusal::Mismatch)?;
        if !is_plain(rest) {
            return Err(Refusal::Path);
        }
        let mut url = self.base.clone();
        let rest = if rest.is_empty() { "/" } else { rest };
        url.set_path(&format!("{}{rest}", self.base_path()));
        url.set_query(uri.query());
        Ok(url)
    }

    /// Turns a redirect to the frontend API into one to the proxy. `asked` is the address
    /// that was asked, which a relative redirect starts from.
    pub(super) fn rewrite_location(
        &self,
        headers: &mut HeaderMap,
        asked: &Url,
        public: &PublicUrl,
    ) {
        let location = headers
            .get(header::LOCATION)
            .and_then(|value| std::str::from_utf8(value.as_bytes()).ok())
            .and_then(|location| asked.join(location).ok());
        let Some(location) = location else { return };
        // Hosts with their ports; the scheme may be another.
        if location.host() != self.base.host() || location.port() != self.base.port() {
            return;
        }
        let path = location.path();
        let path = path.strip_prefix(self.base_path()).unwrap_or(path);
        let mut own = public.url.as_bytes().to_vec();
        own.extend(path.as_bytes());
        for (mark, part) in [('?', location.query()), ('#', location.fragment())] {
            if let Some(part) = part {
                own.push(mark as u8);
                own.extend(part.as_bytes());
            }
        }
        if let Ok(own) = HeaderValue::from_bytes(&own) {
            headers.insert(header::LOCATION, own);
        }
    }

    fn base_path(&self) -> &str {
        self.base.path().trim_end_matches('/')
    }
}

#[allow(clippy::expect_used, reason = "a constant of ours")]
fn default_upstream() -> Url {
    DEFAULT_UPSTREAM.parse().expect("an address")
}

/// Whether every segment of a path stands for itself: nothing in it leads up or elsewhere,
/// however it is written. The frontend API's own paths are all of this kind.
fn is_plain(path: &str) -> bool {
    let Some(path) = path.strip_prefix('/') else {
        return path.is_empty();
    };
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let decoded: Vec<u8> = percent_decode_str(segment).collect();
        let odd = |byte: &u8| matches!(byte, b'/' | b'\\') || byte.is_ascii_control();
        let inner_gap = decoded.is_empty() && segments.peek().is_some();
        if inner_gap || matches!(decoded.as_slice(), b"." | b"..") || decoded.iter().any(odd) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SecretKey;

    fn target(upstream: &str) -> Target {
        let mut options = ProxyOptions::new(
            SecretKey::parse("sk_test_1").unwrap(),
            ProxyUrl::parse("/__clerk").unwrap(),
        );
        options.upstream = Some(upstream.parse().unwrap());
        Target::new(&options)
    }

    #[test]
    fn addresses_keep_their_path_and_query() {
        let target = target("https://frontend-api.test");
        for (asked, expected) in [
            ("/__clerk", "https://frontend-api.test/"),
            ("/__clerk/", "https://frontend-api.test/"),
            (
                "/__clerk/v1/client?a=1&b=%2F",
                "https://frontend-api.test/v1/client?a=1&b=%2F",
            ),
            (
                "/__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js",
                "https://frontend-api.test/npm/@clerk/clerk-js@6/dist/clerk.browser.js",
            ),
            ("/__clerk/v1/a%20b/", "https://frontend-api.test/v1/a%20b/"),
            // A request line that names a host.
            (
                "http://evil.test/__clerk/v1",
                "https://frontend-api.test/v1",
            ),
        ] {
            let url = target.url(&asked.parse().unwrap()).unwrap();
            assert_eq!(url.as_str(), expected);
        }
    }

    #[test]
    fn paths_that_lead_elsewhere_are_refused() {
        let target = target("https://frontend-api.test/base/");
        for path in [
            "/__clerk/../admin",
            "/__clerk/v1/..",
            "/__clerk/v1/./client",
            "/__clerk/%2e%2E/admin",
            "/__clerk/.%2e/admin",
            "/__clerk//evil.test/x",
            "/__clerk/v1//client",
            "/__clerk/%2Fevil.test",
            "/__clerk/a%5c..%5cb",
            "/__clerk/v1%0d%0aHost:evil.test",
            "/__clerk/%00",
        ] {
            let refused = target.url(&path.parse().unwrap());
            assert!(matches!(refused, Err(Refusal::Path)), "{path}");
        }
        for path in ["/", "/v1/client", "/__clerky/v1", "/x/__clerk/v1"] {
            let refused = target.url(&path.parse().unwrap());
            assert!(matches!(refused, Err(Refusal::Mismatch)), "{path}");
        }
    }

    #[test]
    fn the_default_is_clerks_own() {
        let options = ProxyOptions::new(
            SecretKey::parse("sk_test_1").unwrap(),
            ProxyUrl::parse("https://app.example.com/__clerk").unwrap(),
        );
        let url = Target::new(&options).url(&"/__clerk/v1".parse().unwrap());
        assert_eq!(url.unwrap().as_str(), "https://frontend-api.clerk.dev/v1");
    }

    #[test]
    fn redirects_to_the_frontend_api_come_back_to_the_proxy() {
        let target = target("https://frontend-api.test/base");
        let asked = "https://frontend-api.test/base/v1/client".parse().unwrap();
        let public = PublicUrl::of("https://app.test/__clerk".parse().unwrap()).unwrap();
        for (location, expected) in [
            (
                "https://frontend-api.test/base/v1/x?a=1#b",
                "https://app.test/__clerk/v1/x?a=1#b",
            ),
            ("http://frontend-api.test/y", "https://app.test/__clerk/y"),
            ("/base/v1/x", "https://app.test/__clerk/v1/x"),
            ("handshake", "https://app.test/__clerk/v1/handshake"),
            ("https://accounts.test/x", "https://accounts.test/x"),
            (
                "https://frontend-api.test:8443/x",
                "https://frontend-api.test:8443/x",
            ),
            ("//evil.test/x", "//evil.test/x"),
            ("https://", "https://"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::LOCATION, location.parse().unwrap());
            target.rewrite_location(&mut headers, &asked, &public);
            assert_eq!(headers[header::LOCATION], expected, "{location}");
        }
    }
}
