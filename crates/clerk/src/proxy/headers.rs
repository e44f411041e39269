//! Which headers pass.

use http::{HeaderMap, HeaderName, HeaderValue, header};

/// Where browsers reach the proxy, as the instance's settings say.
pub(super) const PROXY_URL: HeaderName = HeaderName::from_static("clerk-proxy-url");
/// The instance's secret key.
pub(super) const SECRET_KEY: HeaderName = HeaderName::from_static("clerk-secret-key");
/// The browser's address.
pub(super) const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
pub(super) const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// About one connection only (RFC 9110, 7.6.1), besides those that `Connection` names.
const HOP_BY_HOP: [&str; 9] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// What the next request says by itself, and what would vouch for where this one comes from.
const REPLACED: [&str; 9] = [
    "host",
    "content-length",
    "expect",
    "forwarded",
    "x-real-ip",
    "true-client-ip",
    "cf-connecting-ip",
    "clerk-proxy-url",
    "clerk-secret-key",
];

/// What a host says of its own connections; the application answers on other ones.
const OF_THE_HOST: [&str; 3] = ["alt-svc", "nel", "strict-transport-security"];

/// The headers of a request that go on.
pub(super) fn of_request(incoming: &HeaderMap) -> HeaderMap {
    let mut headers = incoming.clone();
    remove_hop_by_hop(&mut headers);
    for name in REPLACED {
        headers.remove(name);
    }
    let forwarded: Vec<HeaderName> = headers
        .keys()
        .filter(|name| name.as_str().starts_with("x-forwarded-"))
        .cloned()
        .collect();
    for name in forwarded {
        headers.remove(name);
    }
    join_cookies(&mut headers);
    headers
}

/// Takes away what of an answer is not for the browser. Every `Set-Cookie` stays a line of
/// its own.
pub(super) fn clean_response(headers: &mut HeaderMap) {
    if headers.contains_key(header::TRANSFER_ENCODING) {
        // With both, the length does not count (RFC 9112, 6.3).
        headers.remove(header::CONTENT_LENGTH);
    }
    remove_hop_by_hop(headers);
    for name in OF_THE_HOST {
        headers.remove(name);
    }
}

fn remove_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named {
        headers.remove(name);
    }
    for name in HOP_BY_HOP {
        headers.remove(name);
    }
}

/// HTTP/2 may send one cookie a line; HTTP/1.1 wants one line (RFC 9113, 8.2.3).
fn join_cookies(headers: &mut HeaderMap) {
    let mut lines = headers.get_all(header::COOKIE).iter();
    if let (Some(first), Some(second)) = (lines.next(), lines.next()) {
        let mut all = first.as_bytes().to_vec();
        for line in std::iter::once(second).chain(lines) {
            all.extend(b"; ");
            all.extend(line.as_bytes());
        }
        if let Ok(all) = HeaderValue::from_bytes(&all) {
            headers.insert(header::COOKIE, all);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    fn names(headers: &HeaderMap) -> Vec<&str> {
        headers.keys().map(HeaderName::as_str).collect()
    }

    #[test]
    fn requests_keep_what_is_meant_for_clerk() {
        let kept = of_request(&headers(&[
            ("host", "app.test"),
            ("connection", "keep-alive, X-Secret"),
            ("connection", "close,, b@d"),
            ("x-secret", "1"),
            ("close", "1"),
            ("keep-alive", "timeout=5"),
            ("te", "trailers"),
            ("upgrade", "websocket"),
            ("proxy-authorization", "Basic x"),
            ("expect", "100-continue"),
            ("content-length", "5"),
            ("forwarded", "for=1.2.3.4"),
            ("x-forwarded-port", "1"),
            ("x-real-ip", "1.2.3.4"),
            ("clerk-secret-key", "sk_test_other"),
            ("authorization", "token"),
            ("cookie", "a=1"),
            ("cookie", "b=2"),
            ("cookie", "c=3"),
            ("user-agent", "browser"),
        ]));
        assert_eq!(kept[header::COOKIE], "a=1; b=2; c=3");
        let mut left = names(&kept);
        left.sort_unstable();
        assert_eq!(left, ["authorization", "cookie", "user-agent"]);
    }

    #[test]
    fn answers_keep_what_is_meant_for_the_browser() {
        let mut answer = headers(&[
            ("connection", "x-inner"),
            ("x-inner", "1"),
            ("transfer-encoding", "chunked"),
            ("content-length", "5"),
            ("alt-svc", "h3=\":443\""),
            ("strict-transport-security", "max-age=1"),
            ("content-encoding", "br"),
            ("set-cookie", "a=1"),
            ("set-cookie", "b=2"),
        ]);
        clean_response(&mut answer);
        let mut left = names(&answer);
        left.sort_unstable();
        assert_eq!(left, ["content-encoding", "set-cookie"]);
        assert_eq!(answer.get_all("set-cookie").iter().count(), 2);
    }
}
