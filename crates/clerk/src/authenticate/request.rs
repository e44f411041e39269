//! What a request says, read once.

use std::borrow::Cow;

use http::{HeaderMap, Method, Uri, header, request::Parts};
use url::{Url, form_urlencoded};

use super::{
    AuthenticateOptions,
    cookies::Counting,
    handshake::parse_http,
    jar::{Cookies, cookie, latin1},
    session_cookie::SessionCookie,
};
use crate::original_uri::original_uri;

/// Names of query parameters on our own addresses.
pub(super) mod query {
    pub(crate) const HANDSHAKE: &str = "__clerk_handshake";
    pub(crate) const HANDSHAKE_NONCE: &str = "__clerk_handshake_nonce";
    pub(crate) const HANDSHAKE_HELP: &str = "__clerk_help";
    pub(crate) const DEV_BROWSER: &str = "__clerk_db_jwt";
    pub(crate) const LEGACY_DEV_BROWSER: &str = "__dev_session";
    pub(crate) const SYNCED: &str = "__clerk_synced";
    pub(crate) const REDIRECT_URL: &str = "__clerk_redirect_url";
}

/// A request as the rules see it.
pub(super) struct Incoming<'r> {
    pub(super) parts: &'r Parts,
    /// The token from `Authorization`.
    pub(super) header_token: Option<Cow<'r, str>>,
    /// Whether the instance's suffixed cookies count instead of the plain ones.
    pub(super) suffixed: bool,
    /// The session token from the cookie that counts.
    pub(super) session_token: Option<SessionCookie<'r>>,
    /// When the browser last signed in or out, in unix seconds; 0 if it is signed out.
    pub(super) client_uat: i64,
    /// The dev browser token, from the address or the cookie that counts.
    pub(super) dev_browser: Option<Cow<'r, str>>,
    /// The refresh token; this cookie exists only with the suffix.
    pub(super) refresh_token: Option<Cow<'r, str>>,
    /// How many handshakes were tried within the last seconds.
    pub(super) redirect_count: i64,
}

impl<'r> Incoming<'r> {
    pub(super) fn read(parts: &'r Parts, options: &AuthenticateOptions) -> Self {
        let jar = Cookies::of(&parts.headers);
        let suffix = options.publishable_key.cookie_suffix();
        let Counting {
            suffixed,
            session_token,
        } = Counting::among(jar, options);
        let counting = |name| jar.get(name, suffixed.then_some(suffix));
        Self {
            parts,
            header_token: header_token(&parts.headers),
            suffixed,
            session_token,
            client_uat: counting(cookie::CLIENT_UAT).map_or(0, |uat| parse_int(&uat)),
            dev_browser: query_value(original_uri(parts), query::DEV_BROWSER)
                .or_else(|| counting(cookie::DEV_BROWSER)),
            refresh_token: jar.get(cookie::REFRESH, Some(suffix)),
            redirect_count: jar
                .get(cookie::REDIRECT_COUNT, None)
                .and_then(|count| count.trim().parse().ok())
                .unwrap_or(0),
        }
    }

    /// The session token Clerk's SDK calls the request's: the cookie's, else the header's.
    pub(super) fn any_session_token(&self) -> Option<&str> {
        self.session_token
            .as_ref()
            .map(SessionCookie::text)
            .or(self.header_token.as_deref())
    }

    /// The nonce of a handshake that comes back.
    pub(super) fn handshake_nonce(&self) -> Option<Cow<'r, str>> {
        self.query_or_cookie(query::HANDSHAKE_NONCE, cookie::HANDSHAKE_NONCE)
    }

    /// The token of a handshake that comes back.
    pub(super) fn handshake_token(&self) -> Option<Cow<'r, str>> {
        self.query_or_cookie(query::HANDSHAKE, cookie::HANDSHAKE)
    }

    fn query_or_cookie(&self, query: &str, cookie: &str) -> Option<Cow<'r, str>> {
        let jar = Cookies::of(&self.parts.headers);
        self.query(query).or_else(|| jar.get(cookie, None))
    }

    /// The first value of a parameter of the address, if not empty.
    pub(super) fn query(&self, name: &str) -> Option<Cow<'r, str>> {
        query_value(original_uri(self.parts), name)
    }

    /// Whether the address has this parameter, even an empty one.
    pub(super) fn has_query(&self, name: &str) -> bool {
        pairs(original_uri(self.parts)).any(|(key, _)| key == name)
    }

    pub(super) fn is_get(&self) -> bool {
        self.parts.method == Method::GET
    }

    pub(super) fn header(&self, name: impl header::AsHeaderName) -> Option<&'r str> {
        self.parts
            .headers
            .get(name)?
            .to_str()
            .ok()
            .filter(|value| !value.is_empty())
    }

    /// Whether the browser wants a whole document. (`Sec-Fetch-Dest`)
    pub(super) fn wants_document(&self) -> bool {
        self.header("sec-fetch-dest") == Some("document")
    }

    /// Whether a redirect could help: only a page load follows one to its end.
    pub(super) fn is_eligible_for_handshake(&self) -> bool {
        self.is_get()
            && match self.header("sec-fetch-dest") {
                Some(dest) => matches!(dest, "document" | "iframe"),
                None => self
                    .header(header::ACCEPT)
                    .is_some_and(|accept| accept.starts_with("text/html")),
            }
    }

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
            .or_else(|| uri.authority().map(http::uri::Authority::as_str))
            .unwrap_or("localhost");
        let scheme = match uri.scheme_str() {
            Some("https") => "https",
            _ => "http",
        };
        let forwarded = |name: &'static str| {
            let value = self.parts.headers.get(name)?.to_str().ok()?;
            value.split(',').next().map(str::trim)
        };
        let claimed = (
            forwarded("x-forwarded-proto"),
            forwarded("x-forwarded-host"),
        );
        let url = match claimed {
            (None, None) => None,
            (proto, other) => origin(proto.unwrap_or(scheme), other.unwrap_or(host)),
        };
        // Nobody can be sent back to a host that is none; Clerk's own is at least not a
        // stranger's.
        url.or_else(|| origin(scheme, host))
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

fn pairs(uri: &Uri) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
}

/// The first value of a parameter, if not empty.
fn query_value<'r>(uri: &'r Uri, name: &str) -> Option<Cow<'r, str>> {
    pairs(uri)
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
        .filter(|v| !v.is_empty())
}

/// The token of an `Authorization` header: after `Bearer` and a space, or the whole value if
/// it is one word. Other schemes are not for us.
fn header_token(headers: &HeaderMap) -> Option<Cow<'_, str>> {
    let value = headers.get(header::AUTHORIZATION)?.as_bytes().trim_ascii();
    let mut words = value.split(|byte| *byte == b' ');
    let scheme = words.next().unwrap_or_default();
    let token = match words.next() {
        None | Some(b"") => scheme,
        Some(token) if scheme == b"Bearer" => token,
        Some(_) => return None,
    };
    (!token.is_empty()).then(|| latin1(token))
}

/// A number as JavaScript's `parseInt` reads it: the digits at the start; 0 if there are
/// none.
fn parse_int(text: &str) -> i64 {
    let text = text.trim_start();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let hexadecimal = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let (radix, digits) = hexadecimal.map_or((10, text), |digits| (16, digits));
    let digits = digits.chars().map_while(|digit| digit.to_digit(radix));
    let number = digits.fold(0_i64, |number, digit| {
        number
            .saturating_mul(i64::from(radix))
            .saturating_add(i64::from(digit))
    });
    sign * number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{InstanceKind, PublishableKey};

    fn parts(uri: &str, headers: &[(&'static str, &str)]) -> Parts {
        let mut request = http::Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    fn options() -> AuthenticateOptions {
        let key = PublishableKey::for_host(InstanceKind::Production, "clerk.example.com");
        AuthenticateOptions::new(key.unwrap())
    }

    #[test]
    fn authorization_headers() {
        let token = |value: &str| {
            let parts = parts("/", &[("authorization", value)]);
            header_token(&parts.headers).map(Cow::into_owned)
        };
        assert_eq!(token("Bearer abc").as_deref(), Some("abc"));
        assert_eq!(token("abc").as_deref(), Some("abc"));
        assert_eq!(token("Basic abc"), None);
        assert_eq!(token("bearer abc"), None);
        assert_eq!(token("Bearer a b").as_deref(), Some("a"));
        // Clerk's SDK takes a scheme without anything for a token; it verifies nowhere.
        assert_eq!(token("Bearer ").as_deref(), Some("Bearer"));
        assert_eq!(token("Bearer  abc").as_deref(), Some("Bearer"));
        assert_eq!(token(""), None);
    }

    #[test]
    fn numbers_are_read_as_javascript_reads_them() {
        for (text, number) in [
            ("12", 12),
            (" 12abc", 12),
            ("-5", -5),
            ("+5", 5),
            ("0x1F", 31),
            ("1e3", 1),
            ("", 0),
            ("x", 0),
            ("99999999999999999999", i64::MAX),
        ] {
            assert_eq!(parse_int(text), number, "{text}");
        }
    }

    #[test]
    fn the_public_address_follows_the_proxy_in_front() {
        let url = |uri: &str, headers: &[(&'static str, &str)], options: &AuthenticateOptions| {
            let parts = parts(uri, headers);
            Incoming::read(&parts, options)
                .public_url(options)
                .to_string()
        };
        let mut options = options();
        let forwarded = [
            ("host", "inner:80"),
            ("x-forwarded-host", "a.com, b.com"),
            ("x-forwarded-proto", "https,http"),
        ];
        assert_eq!(url("/x?a=1", &forwarded, &options), "https://a.com/x?a=1");
        assert_eq!(url("/", &[("host", "h:3000")], &options), "http://h:3000/");
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

    #[test]
    fn only_page_loads_are_redirected() {
        let eligible = |method: &str, headers: &[(&'static str, &str)]| {
            let mut parts = parts("/", headers);
            parts.method = method.parse().unwrap();
            Incoming::read(&parts, &options()).is_eligible_for_handshake()
        };
        assert!(eligible("GET", &[("sec-fetch-dest", "document")]));
        assert!(eligible("GET", &[("sec-fetch-dest", "iframe")]));
        assert!(eligible("GET", &[("accept", "text/html,*/*")]));
        assert!(!eligible(
            "GET",
            &[("accept", "text/html"), ("sec-fetch-dest", "empty")]
        ));
        assert!(!eligible(
            "GET",
            &[("accept", "application/json, text/html")]
        ));
        assert!(!eligible("GET", &[]));
        assert!(!eligible("POST", &[("sec-fetch-dest", "document")]));
    }
}
