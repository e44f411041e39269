//! `/keys.json`: keys and addresses of the instance for other programs of this machine.

use std::net::{IpAddr, SocketAddr};

use axum::{
    Json, Router,
    extract::{ConnectInfo, State},
    response::{IntoResponse, Response},
    routing::get,
};
use http::{Extensions, HeaderMap, header};
use serde_json::json;
use url::Url;

use crate::{LocalState, error::LocalError};

pub(crate) fn router() -> Router<LocalState> {
    Router::new().route("/keys.json", get(keys))
}

/// Everything that an application's environment needs. 404 for whoever is not a program of this
/// machine.
async fn keys(
    State(state): State<LocalState>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Response {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(peer)| peer.ip());
    if !is_local_program(peer, &headers) {
        return LocalError::not_found().into_response();
    }
    let (options, instance) = (state.options(), state.instance());
    let keys = json!({
        "publishable_key": instance.publishable_key.as_str(),
        "secret_key": instance.secret_key.expose(),
        "jwt_key": instance.public_key_pem,
        "webhook_secret": instance.webhook_secret.expose(),
        "api_url": options.instance_url("/backend"),
        "proxy_url": options.instance_url(""),
    });
    ([(header::CACHE_CONTROL, "no-store")], Json(keys)).into_response()
}

/// Whether the other end is a program of this machine, and not a browser that some page sends here,
/// nor a proxy that passes on what others ask.
fn is_local_program(peer: Option<IpAddr>, headers: &HeaderMap) -> bool {
    let from_elsewhere = [
        header::ORIGIN,
        header::REFERER,
        header::FORWARDED,
        header::HeaderName::from_static("x-forwarded-for"),
        header::HeaderName::from_static("x-forwarded-host"),
        header::HeaderName::from_static("x-real-ip"),
    ];
    let site = headers.get("sec-fetch-site");
    peer.is_some_and(|ip| ip.to_canonical().is_loopback())
        && is_local_host(headers)
        && from_elsewhere.iter().all(|name| !headers.contains_key(name))
        // A person who types the address is this machine's own.
        && site.is_none_or(|site| site == "none")
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

    fn allowed(peer: &str, pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        is_local_program(Some(peer.parse().unwrap()), &headers)
    }

    #[test]
    fn only_programs_of_this_machine_get_the_keys() {
        for host in ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"] {
            assert!(allowed("127.0.0.1", &[("host", host)]), "{host}");
        }
        assert!(allowed("::ffff:127.0.0.1", &[("host", "localhost")]));
        let here = ("host", "localhost:3000");
        assert!(allowed("::1", &[here, ("sec-fetch-site", "none")]));

        assert!(!allowed("192.168.1.7", &[here]));
        assert!(!allowed("127.0.0.1", &[]));
        assert!(!allowed("127.0.0.1", &[("host", "evil.test")]));
        assert!(!is_local_program(None, &HeaderMap::new()));
        for sign in [
            ("origin", "https://evil.test"),
            ("referer", "https://evil.test/"),
            ("x-forwarded-for", "203.0.113.7"),
            ("sec-fetch-site", "cross-site"),
        ] {
            assert!(!allowed("127.0.0.1", &[here, sign]), "{sign:?}");
        }
    }
}
