//! Who asks, and under which address: what the frontend API is told about a request.

use http::{HeaderMap, HeaderValue, Uri, header, request::Parts};
use url::Url;

use super::{
    ProxyOptions,
    headers::{FORWARDED_HOST, FORWARDED_PROTO},
};
use crate::keys::ProxyUrl;

/// Where browsers reach the proxy, in the three forms that headers want.
pub(super) struct PublicUrl {
    /// Without a slash at the end.
    pub(super) url: HeaderValue,
    /// With the port, if it is not the scheme's own.
    pub(super) host: HeaderValue,
    pub(super) scheme: HeaderValue,
}

impl PublicUrl {
    pub(super) fn of(url: Url) -> Option<Self> {
        let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
        Some(Self {
            url: HeaderValue::from_str(url.as_str().trim_end_matches('/')).ok()?,
            host: HeaderValue::from_str(host).ok()?,
            scheme: HeaderValue::from_str(url.scheme()).ok()?,
        })
    }
}

/// The proxy URL in full; none if the options leave the origin to the request and that names
/// no host.
pub(super) fn public_url(parts: &Parts, options: &ProxyOptions) -> Option<PublicUrl> {
    let path = match &options.proxy_url {
        ProxyUrl::Absolute(url) => return PublicUrl::of(url.clone()),
        ProxyUrl::Path(path) => path,
    };
    let mut url = match &options.public_origin {
        Some(origin) => origin.clone(),
        None => requested_origin(parts, options.trusted_proxies > 0)?,
    };
    url.set_path(path);
    url.set_query(None);
    url.set_fragment(None);
    // Neither can fail: the address has a host.
    let _ = (url.set_username(""), url.set_password(None));
    PublicUrl::of(url)
}

/// The origin that the request itself names.
fn requested_origin(parts: &Parts, believe_forwarded: bool) -> Option<Url> {
    let forwarded = |name| believe_forwarded.then(|| first(&parts.headers, name))?;
    let (scheme, host) = match (forwarded(FORWARDED_PROTO), forwarded(FORWARDED_HOST)) {
        (Some(scheme), Some(host)) => (scheme, host),
        _ => {
            let host = parts.headers.get(header::HOST);
            let host = match host {
                Some(host) => host.to_str().ok()?,
                None => parts.uri.authority()?.as_str(),
            };
            (Uri::scheme_str(&parts.uri).unwrap_or("http"), host)
        }
    };
    if !matches!(scheme, "http" | "https") {
        return None;
    }
    Url::parse(&format!("{scheme}://{host}")).ok()
}

fn first(headers: &HeaderMap, name: http::HeaderName) -> Option<&str> {
    let value = headers.get(name)?.to_str().ok()?.split(',').next()?.trim();
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SecretKey;

    fn parts(uri: &str, headers: &[(&'static str, &str)]) -> Parts {
        let mut request = http::Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn the_public_address_is_set_or_the_requests() {
        let url = |options: &ProxyOptions, uri: &str, headers: &[(&'static str, &str)]| {
            let public = public_url(&parts(uri, headers), options)?;
            let text = |value: &HeaderValue| value.to_str().unwrap().to_owned();
            Some(
                [&public.url, &public.host, &public.scheme]
                    .map(text)
                    .join(" "),
            )
        };
        let forwarded = [
            ("host", "inner:3000"),
            ("x-forwarded-host", "app.test, inner"),
            ("x-forwarded-proto", "https"),
        ];
        let key = SecretKey::parse("sk_test_1").unwrap();
        let mut options = ProxyOptions::new(key, ProxyUrl::parse("/__clerk").unwrap());
        assert_eq!(
            url(&options, "/", &forwarded).unwrap(),
            "http://inner:3000/__clerk inner:3000 http"
        );
        // HTTP/2 names the host in the address.
        assert_eq!(
            url(&options, "https://app.test/x", &[]).unwrap(),
            "https://app.test/__clerk app.test https"
        );
        for host in ["", "a b", "a/../b?c"] {
            let odd = url(&options, "/", &[("host", host)]);
            assert!(
                odd.is_none_or(|url| url == "http://a/__clerk a http"),
                "{host}"
            );
        }
        options.trusted_proxies = 1;
        assert_eq!(
            url(&options, "/", &forwarded).unwrap(),
            "https://app.test/__clerk app.test https"
        );
        let ftp = [("x-forwarded-host", "a"), ("x-forwarded-proto", "ftp")];
        assert_eq!(url(&options, "/", &ftp), None);
        options.public_origin = Some("https://me:pw@mine.test:8443/x?y#z".parse().unwrap());
        assert_eq!(
            url(&options, "/", &forwarded).unwrap(),
            "https://mine.test:8443/__clerk mine.test:8443 https"
        );
        options.proxy_url = ProxyUrl::parse("https://clerk.mine.test/").unwrap();
        assert_eq!(
            url(&options, "/", &forwarded).unwrap(),
            "https://clerk.mine.test clerk.mine.test https"
        );
    }
}
