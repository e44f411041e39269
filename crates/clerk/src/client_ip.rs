//! The address that a request comes from.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use http::{HeaderName, request::Parts};

pub(crate) const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address that a request comes from: the connection's (axum's [`ConnectInfo`], which the
/// server has to be served with), or what the outermost of `trusted_proxies` saw, each of which adds
/// to `X-Forwarded-For`. With none trusted the header is not believed.
pub fn client_ip(parts: &Parts, trusted_proxies: usize) -> Option<IpAddr> {
    let forwarded = || {
        let values: Vec<&str> = parts
            .headers
            .get_all(FORWARDED_FOR)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect();
        let at = values.len().checked_sub(trusted_proxies)?;
        address(values.get(at)?.trim())
    };
    let connection = || {
        let ConnectInfo(address) = parts.extensions.get::<ConnectInfo<SocketAddr>>()?;
        Some(address.ip())
    };
    // A request that came past the proxies has a shorter list, or none.
    forwarded().or_else(connection).map(|ip| ip.to_canonical())
}

/// An address with or without a port, IPv6 with or without brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| {
        text.parse()
            .ok()
            .map(|with_port: SocketAddr| with_port.ip())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(headers: &[(&'static str, &str)]) -> Parts {
        let mut request = http::Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let peer: SocketAddr = "[::ffff:10.0.0.9]:5000".parse().unwrap();
        let request = request.extension(ConnectInfo(peer));
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn the_clients_address_is_the_connections_unless_proxies_are_trusted() {
        let ip = |forwarded: &[(&'static str, &str)], trusted| {
            let ip = client_ip(&parts(forwarded), trusted);
            ip.map(|ip| ip.to_string())
        };
        let forged = [("x-forwarded-for", "6.6.6.6, 1.1.1.1, 10.0.0.1")];
        assert_eq!(ip(&forged, 0).as_deref(), Some("10.0.0.9"));
        assert_eq!(ip(&forged, 1).as_deref(), Some("10.0.0.1"));
        assert_eq!(ip(&forged, 2).as_deref(), Some("1.1.1.1"));
        assert_eq!(ip(&forged, 4).as_deref(), Some("10.0.0.9"));
        assert_eq!(ip(&[], 1).as_deref(), Some("10.0.0.9"));
        let lines = [
            ("x-forwarded-for", "1.1.1.1"),
            ("x-forwarded-for", "[2001:db8::1]:443"),
        ];
        assert_eq!(ip(&lines, 1).as_deref(), Some("2001:db8::1"));
        assert_eq!(ip(&lines, 2).as_deref(), Some("1.1.1.1"));
        for odd in ["unknown", "", "1.2.3.4.5", "a\tb"] {
            let header = [("x-forwarded-for", odd)];
            assert_eq!(ip(&header, 1).as_deref(), Some("10.0.0.9"), "{odd}");
        }
    }
}
