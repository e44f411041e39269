//! Where a person sees this site.

use http::{header, uri::Authority};
use url::Url;

use super::{AuthenticateOptions, handshake::parse_http, request::Incoming};
use crate::original_uri::original_uri;

impl Incoming<'_> {
    /// The address of this request as the person sees it.
    pub(super) fn public_url(&self, options: &AuthenticateOptions) -> Url {
        let uri = original_uri(self.parts);
        let mut url = match &options.public_origin {
            Some(origin) => origin.clone(),
            None => self.origin_from_headers(options),
        };
        // Setting the path, instead of joining it, keeps "//host" a path.
        url.set_path(uri.path());
        url.set_query(uri.query());
        url.set_fragment(None);
        url
    }

    /// The origin that proxies in front say the browser used (Clerk: `ClerkRequest`), else
    /// the one this request came to.
    fn origin_from_headers(&self, options: &AuthenticateOptions) -> Url {
        let uri = original_uri(self.parts);
        let host = self
            .header(header::HOST)
            .or_else(|| uri.authority().map(Authority::as_str));
        let scheme = match uri.scheme_str() {
            Some("https") => "https",
            _ => "http",
        };
        let forwarded = |name: &'static str| {
            let value = self.parts.headers.get(name)?.to_str().ok()?;
            value.split(',').next().map(str::trim)
        };
        let claimed_scheme = forwarded("x-forwarded-proto").unwrap_or(scheme);
        // Nobody can be sent back to a host that is none; Clerk's own is at least not a
        // stranger's.
        forwarded("x-forwarded-host")
            .or(host)
            .and_then(|host| origin(claimed_scheme, host))
            .or_else(|| origin(scheme, host.unwrap_or("localhost")))
            .unwrap_or_else(|| options.publishable_key.frontend_api_url().clone())
    }
}

fn origin(scheme: &str, host: &str) -> Option<Url> {
    if host.is_empty() {
        return None;
    }
    let mut url = parse_http(&format!("{scheme}://{host}"))?;
    // Neither can fail: the address has a host.
    let _ = (url.set_username(""), url.set_password(None));
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{InstanceKind, PublishableKey};

    #[test]
    fn the_public_address_follows_the_proxy_in_front() {
        let url = |uri: &str, headers: &[(&'static str, &str)], options: &AuthenticateOptions| {
            let mut request = http::Request::builder().uri(uri);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let (parts, ()) = request.body(()).unwrap().into_parts();
            Incoming::read(&parts, options)
                .public_url(options)
                .to_string()
        };
        let key = PublishableKey::for_host(InstanceKind::Production, "clerk.example.com");
        let mut options = AuthenticateOptions::new(key.unwrap());
        let forwarded = [
            ("host", "inner:80"),
            ("x-forwarded-host", "a.com, b.com"),
            ("x-forwarded-proto", "https,http"),
        ];
        assert_eq!(url("/x?a=1", &forwarded, &options), "https://a.com/x?a=1");
        assert_eq!(url("/", &[("host", "h:3000")], &options), "http://h:3000/");
        // A scheme alone says nothing about a request that names no host.
        let scheme = ("x-forwarded-proto", "https");
        assert_eq!(url("/", &[scheme], &options), "http://localhost/");
        assert_eq!(url("/", &[scheme, ("host", "h")], &options), "https://h/");
        // What cannot be an origin is not believed.
        for (name, value) in [
            ("x-forwarded-host", "a b"),
            ("x-forwarded-host", ""),
            ("x-forwarded-host", ", a.com"),
            ("x-forwarded-proto", "javascript"),
            ("x-forwarded-proto", ""),
        ] {
            let headers = [("host", "h"), (name, value)];
            assert_eq!(url("/", &headers, &options), "http://h/", "{name}: {value}");
        }
        // A path that looks like a host stays a path; an odd host does not become a path.
        assert_eq!(
            url("//evil.com/x", &[("host", "h")], &options),
            "http://h//evil.com/x"
        );
        assert_eq!(url("/x", &[("host", "u:p@h/y?")], &options), "http://h/x");
        assert_eq!(
            url("/x", &[("host", "a b")], &options),
            "https://clerk.example.com/x"
        );
        options.public_origin = Some(Url::parse("https://mine.com/ignored").unwrap());
        assert_eq!(
            url("/x?a=1", &forwarded, &options),
            "https://mine.com/x?a=1"
        );
    }
}
