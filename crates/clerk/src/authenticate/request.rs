//! What a request says, read once.

use std::borrow::Cow;

use http::{HeaderMap, Method, header, request::Parts};

use super::{
    AuthenticateOptions,
    cookies::Counting,
    jar::{Cookies, cookie, latin1},
    query,
    session_cookie::SessionCookie,
};
use crate::original_uri::original_uri;

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
            dev_browser: query::value(original_uri(parts), query::DEV_BROWSER)
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
        query::value(original_uri(self.parts), name)
    }

    /// Whether the address has this parameter, even an empty one.
    pub(super) fn has_query(&self, name: &str) -> bool {
        query::has(original_uri(self.parts), name)
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
