//! Which machine a request comes from.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use http::{Extensions, HeaderMap, header};

use crate::state::Device;

/// The machine as headers and connection tell it.
pub(crate) fn of(headers: &HeaderMap, extensions: &Extensions) -> Device {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(peer)| peer.ip().to_canonical());
    Device {
        user_agent: headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned),
        ip_address: address(peer, headers).map(|ip| ip.to_string()),
    }
}

/// The other end, unless that is a proxy on this machine: it says for whom it asks.
fn address(peer: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
    if peer.is_some_and(|ip| !ip.is_loopback()) {
        return peer;
    }
    // The last entry is the proxy's own word; those before it are anybody's.
    headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .next_back()
        .and_then(|entry| entry.trim().parse().ok())
        .or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: Option<&str>, forwarded: Option<&str>) -> Option<String> {
        let mut headers = HeaderMap::new();
        if let Some(value) = forwarded {
            headers.insert("x-forwarded-for", value.parse().unwrap());
        }
        let peer = peer.map(|ip| ip.parse().unwrap());
        address(peer, &headers).map(|ip| ip.to_string())
    }

    #[test]
    fn only_a_proxy_of_this_machine_speaks_for_others() {
        let forged = Some("203.0.113.9, 192.0.2.7");
        assert_eq!(
            seen(Some("127.0.0.1"), forged).as_deref(),
            Some("192.0.2.7")
        );
        assert_eq!(
            seen(Some("198.51.100.1"), forged).as_deref(),
            Some("198.51.100.1")
        );
        assert_eq!(seen(Some("::1"), None).as_deref(), Some("::1"));
        assert_eq!(seen(Some("::1"), Some("nonsense")).as_deref(), Some("::1"));
        assert_eq!(seen(None, None), None);
    }
}
