//! Who is a program or a person of this machine: what is secret or dangerous is for them alone.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{Extensions, HeaderMap, header};
use url::Url;

use crate::error::LocalError;

/// A layer for pages: answers 404 to whoever sits at another machine. The browser's own pages may
/// link here; what they post is for [`crate::portal::origin`] to judge.
pub(crate) async fn people_only(request: Request, next: Next) -> Response {
    match is_here(request.extensions(), request.headers()) {
        true => next.run(request).await,
        false => LocalError::not_found().into_response(),
    }
}

/// A layer for what programs call: answers 404 to whoever is not a program of this machine.
pub(crate) async fn programs_only(request: Request, next: Next) -> Response {
    match is_program(request.extensions(), request.headers()) {
        true => next.run(request).await,
        false => LocalError::not_found().into_response(),
    }
}

/// Whether the other end is a program of this machine, and not a browser that some page sends here,
/// nor a proxy that passes on what others ask.
fn is_program(extensions: &Extensions, headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site");
    is_here(extensions, headers)
        && !headers.contains_key(header::ORIGIN)
        && !headers.contains_key(header::REFERER)
        // A person who types the address is this machine's own.
        && site.is_none_or(|site| site == "none")
}

/// Whether the request was made on this machine, and not passed on by a proxy.
fn is_here(extensions: &Extensions, headers: &HeaderMap) -> bool {
    let passed_on = [
        header::FORWARDED,
        header::HeaderName::from_static("x-forwarded-for"),
        header::HeaderName::from_static("x-forwarded-host"),
        header::HeaderName::from_static("x-real-ip"),
    ];
    let peer: Option<IpAddr> = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(peer)| peer.ip());
    peer.is_some_and(|ip| ip.to_canonical().is_loopback())
        && is_local_host(headers)
        && passed_on.iter().all(|name| !headers.contains_key(name))
}

/// Whether `Host` is this machine: a page may have its own name resolve to 127.0.0.1.
fn is_local_host(headers: &HeaderMap) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let url = host.and_then(|host| Url::parse(&format!("http://{host}")).ok());
    match url.as_ref().and_then(Url::host) {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(peer: &str, pairs: &[(&'static str, &'static str)]) -> (Extensions, HeaderMap) {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        let mut extensions = Extensions::new();
        let peer = SocketAddr::new(peer.parse().unwrap(), 50_000);
        extensions.insert(ConnectInfo(peer));
        (extensions, headers)
    }

    fn program(peer: &str, pairs: &[(&'static str, &'static str)]) -> bool {
        let (extensions, headers) = request(peer, pairs);
        is_program(&extensions, &headers)
    }

    #[test]
    fn only_programs_of_this_machine_get_what_is_theirs() {
        for host in ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"] {
            assert!(program("127.0.0.1", &[("host", host)]), "{host}");
        }
        assert!(program("::ffff:127.0.0.1", &[("host", "localhost")]));
        let here = ("host", "localhost:3000");
        assert!(program("::1", &[here, ("sec-fetch-site", "none")]));

        assert!(!program("192.168.1.7", &[here]));
        assert!(!program("127.0.0.1", &[]));
        assert!(!program("127.0.0.1", &[("host", "evil.test")]));
        assert!(!is_program(&Extensions::new(), &HeaderMap::new()));
        for sign in [
            ("origin", "https://evil.test"),
            ("referer", "https://evil.test/"),
            ("x-forwarded-for", "203.0.113.7"),
            ("sec-fetch-site", "cross-site"),
        ] {
            assert!(!program("127.0.0.1", &[here, sign]), "{sign:?}");
        }
    }

    #[test]
    fn people_of_this_machine_follow_links() {
        let here = ("host", "localhost:3000");
        let link = ("referer", "http://localhost:3000/__clerk/outbox");
        let (extensions, headers) = request("127.0.0.1", &[here, link]);
        assert!(is_here(&extensions, &headers));
        for (peer, sign) in [
            ("203.0.113.7", here),
            ("127.0.0.1", ("host", "evil.test")),
            ("127.0.0.1", ("x-forwarded-for", "203.0.113.7")),
        ] {
            let (extensions, headers) = request(peer, &[here, sign]);
            assert!(!is_here(&extensions, &headers), "{peer} {sign:?}");
        }
    }
}
