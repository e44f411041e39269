//! What of a browser's request reaches the frontend API.

use clerk::{
    keys::{ProxyUrl, SecretKey},
    proxy::{FrontendApiProxy, ProxyError, ProxyOptions},
};
use http::{HeaderMap, Method};
use serde_json::Value;

use crate::proxy_world::{Proxied, SECRET, empty};

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_request_goes_on_with_clerks_three_headers() {
    let proxied = Proxied::answering(empty).await;
    let request = proxied
        .post("/__clerk/v1/client/sign_ins?_method=PATCH&a=%2F")
        .header("cookie", "__client=c; other=o")
        .header("authorization", "Bearer t")
        .header("origin", "https://app.test")
        .header("accept-encoding", "br")
        .header("connection", "x-hop")
        .header("x-hop", "1")
        .header("x-forwarded-for", "6.6.6.6")
        .header("x-forwarded-host", "evil.test")
        .header("cf-connecting-ip", "6.6.6.6")
        .header("clerk-proxy-url", "https://evil.test")
        .header("clerk-secret-key", "sk_test_other")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("identifier=a%40b.test");
    assert_eq!(request.send().await.unwrap().status(), 200);

    let (parts, body) = proxied.seen();
    assert_eq!(parts.method, Method::POST);
    assert_eq!(parts.uri, "/v1/client/sign_ins?_method=PATCH&a=%2F");
    assert_eq!(body, "identifier=a%40b.test");
    let header = |name| text(&parts.headers, name);
    assert_eq!(header("clerk-proxy-url"), Some("https://app.test/__clerk"));
    assert_eq!(header("clerk-secret-key"), Some(SECRET));
    assert_eq!(header("x-forwarded-for"), Some("127.0.0.1"));
    assert_eq!(header("x-forwarded-host"), Some("app.test"));
    assert_eq!(header("x-forwarded-proto"), Some("https"));
    assert_eq!(header("host"), Some(proxied.upstream.to_string().as_str()));
    assert_eq!(header("cookie"), Some("__client=c; other=o"));
    assert_eq!(header("authorization"), Some("Bearer t"));
    assert_eq!(header("origin"), Some("https://app.test"));
    assert_eq!(header("accept-encoding"), Some("br"));
    assert_eq!(header("content-length"), Some("21"));
    for dropped in [
        "x-hop",
        "connection",
        "cf-connecting-ip",
        "transfer-encoding",
    ] {
        assert_eq!(header(dropped), None, "{dropped}");
    }
    for single in ["clerk-proxy-url", "clerk-secret-key", "x-forwarded-for"] {
        assert_eq!(parts.headers.get_all(single).iter().count(), 1);
    }
}

#[tokio::test]
async fn a_request_without_body_stays_without() {
    let proxied = Proxied::answering(empty).await;
    proxied.get("/__clerk").send().await.unwrap();
    let (parts, body) = proxied.seen();
    assert_eq!((parts.uri.path(), body.len()), ("/", 0));
    assert_eq!(text(&parts.headers, "content-length"), None);
    assert_eq!(text(&parts.headers, "transfer-encoding"), None);
}

#[tokio::test]
async fn trusted_proxies_say_who_asks_and_where() {
    let proxied = Proxied::start(empty, |options| {
        options.trusted_proxies = 1;
        options.public_origin = None;
    })
    .await;
    let request = proxied
        .get("/__clerk/v1/client")
        .header("x-forwarded-for", "6.6.6.6, 9.9.9.9")
        .header("x-forwarded-host", "shop.test")
        .header("x-forwarded-proto", "https");
    request.send().await.unwrap();
    let (parts, _) = proxied.seen();
    let header = |name| text(&parts.headers, name);
    assert_eq!(header("x-forwarded-for"), Some("9.9.9.9"));
    assert_eq!(header("clerk-proxy-url"), Some("https://shop.test/__clerk"));
}

/// One request over a connection of its own; the answer.
async fn raw(proxied: &Proxied, line: &str) -> String {
    let request = format!("{line} HTTP/1.1\r\nHost: app.test\r\nConnection: close\r\n\r\n");
    proxied.raw(request).await
}

fn error_of(answer: &str) -> (String, String) {
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let body: Value = serde_json::from_str(body).unwrap();
    let error = &body["errors"][0];
    let text = |name: &str| error[name].as_str().unwrap().to_owned();
    (text("code"), text("message"))
}

#[tokio::test]
async fn nothing_but_the_frontend_api_can_be_reached() {
    let proxied = Proxied::answering(empty).await;
    for line in [
        "GET /__clerk/../admin",
        "GET /__clerk/%2e%2e/admin",
        "GET /__clerk//evil.test/x",
        "GET /__clerk/%2f%2fevil.test",
        "GET /__clerk/x%0d%0aHost:%20evil.test",
    ] {
        let answer = raw(&proxied, line).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{line}: {answer}");
        assert!(answer.contains("cache-control: no-store"), "{answer}");
        assert_eq!(error_of(&answer).0, "proxy_request_failed");
    }
    assert!(proxied.seen_nothing());

    // A request line that names a host, as sent to a forward proxy.
    let answer = raw(&proxied, "GET http://evil.test/__clerk/v1/client").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let (parts, _) = proxied.seen();
    assert_eq!(
        text(&parts.headers, "host"),
        Some(proxied.upstream.to_string().as_str())
    );
}

#[tokio::test]
async fn only_methods_of_the_frontend_api_pass() {
    let proxied = Proxied::answering(empty).await;
    for line in ["TRACE /__clerk/v1", "PROPFIND /__clerk/v1"] {
        let answer = raw(&proxied, line).await;
        assert!(answer.starts_with("HTTP/1.1 405"), "{answer}");
        assert!(answer.contains("allow: GET, HEAD, POST, "), "{answer}");
    }
    // Its target is no path, so it does not even come to the proxy.
    raw(&proxied, "CONNECT evil.test:443").await;
    assert!(proxied.seen_nothing());
    raw(&proxied, "OPTIONS /__clerk/v1/client").await;
    assert_eq!(proxied.seen().0.method, Method::OPTIONS);
}

#[tokio::test]
async fn an_upgrade_is_not_passed_on() {
    let proxied = Proxied::answering(empty).await;
    let request = "GET /__clerk/v1/client HTTP/1.1\r\nHost: app.test\r\n\
                   Connection: close, upgrade\r\nUpgrade: websocket\r\n\r\n";
    let answer = proxied.raw(request.to_owned()).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let (parts, _) = proxied.seen();
    assert_eq!(text(&parts.headers, "upgrade"), None);
    assert_eq!(text(&parts.headers, "connection"), None);
}

#[tokio::test]
async fn a_length_beside_chunks_is_not_believed() {
    let proxied = Proxied::answering(empty).await;
    let (chunks, length) = ("Transfer-Encoding: chunked", "Content-Length: 3");
    for (first, second) in [(chunks, length), (length, chunks)] {
        let request = format!(
            "POST /__clerk/v1 HTTP/1.1\r\nHost: app.test\r\nConnection: close\r\n\
             {first}\r\n{second}\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
        );
        // hyper reads the chunks, which override the length (RFC 9112, 6.3). What goes on
        // says only one of the two, so that both sides see the body end at the same place.
        let answer = proxied.raw(request).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{first}: {answer}");
        let (parts, body) = proxied.seen();
        assert_eq!(body, "hello", "{first}");
        assert_eq!(text(&parts.headers, "content-length"), None, "{first}");
        let coding = text(&parts.headers, "transfer-encoding");
        assert_eq!(coding, Some("chunked"), "{first}");
    }
}

#[test]
fn the_proxys_paths_are_its_mount_and_below() {
    let options = |proxy_url: &str| {
        let key = SecretKey::parse(SECRET).unwrap();
        ProxyOptions::new(key, ProxyUrl::parse(proxy_url).unwrap())
    };
    let proxy = FrontendApiProxy::new(options("https://app.test/__clerk/")).unwrap();
    for own in ["/__clerk", "/__clerk/", "/__clerk/v1/client"] {
        assert!(proxy.matches(own), "{own}");
    }
    for other in ["/", "/__clerky", "/x/__clerk", "/__CLERK"] {
        assert!(!proxy.matches(other), "{other}");
    }
    assert!(!format!("{proxy:?}").contains(SECRET));

    for upstream in [
        "ftp://a.test",
        "https://u@a.test",
        "https://a.test/?q",
        "https://a.test/#f",
    ] {
        let mut options = options("/__clerk");
        options.upstream = Some(upstream.parse().unwrap());
        let refused = FrontendApiProxy::new(options).err();
        assert_eq!(refused, Some(ProxyError::Upstream), "{upstream}");
    }
    let mut options = options("/__clerk");
    options.public_origin = Some("data:text/plain,x".parse().unwrap());
    let refused = FrontendApiProxy::new(options).err();
    assert_eq!(refused, Some(ProxyError::PublicOrigin));
}
