//! The cookies of a request.

use std::borrow::Cow;

use http::{HeaderMap, header};
use memchr::{memchr, memchr_iter};
use percent_encoding::percent_decode_str;

/// Names of cookies; where an instance's suffix may follow, both forms exist.
pub(super) mod cookie {
    pub(crate) const SESSION: &str = "__session";
    pub(crate) const CLIENT_UAT: &str = "__client_uat";
    pub(crate) const REFRESH: &str = "__refresh";
    pub(crate) const DEV_BROWSER: &str = "__clerk_db_jwt";
    pub(crate) const HANDSHAKE: &str = "__clerk_handshake";
    pub(crate) const HANDSHAKE_NONCE: &str = "__clerk_handshake_nonce";
    pub(crate) const ACTIVE_CONTEXT: &str = "clerk_active_context";
    pub(crate) const REDIRECT_COUNT: &str = "__clerk_redirect_count";
}

/// The cookies of a request, looked up in place.
#[derive(Clone, Copy)]
pub(super) struct Cookies<'r> {
    headers: &'r HeaderMap,
}

impl<'r> Cookies<'r> {
    pub(super) fn of(headers: &'r HeaderMap) -> Self {
        Self { headers }
    }

    /// The first cookie of this name, with `_suffix` if given; none if it is empty.
    pub(super) fn get(&self, name: &str, suffix: Option<&str>) -> Option<Cow<'r, str>> {
        let headers = self.headers.get_all(header::COOKIE).into_iter();
        let value = headers
            .flat_map(|line| split(line.as_bytes()))
            .find_map(|cookie| {
                let cookie = cookie.trim_ascii();
                let equals = cookie.iter().position(|byte| *byte == b'=')?;
                is_named(cookie[..equals].trim_ascii(), name, suffix)
                    .then(|| cookie[equals + 1..].trim_ascii())
            })?;
        Some(decode(value)).filter(|value| !value.is_empty())
    }
}

/// What stands between the semicolons of a `Cookie` header. Tokens make it thousands of bytes
/// long, and every cookie is looked up in it.
fn split(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let line = rest?;
        let (cookie, after) = match memchr(b';', line) {
            Some(end) => (&line[..end], Some(&line[end + 1..])),
            None => (line, None),
        };
        rest = after;
        Some(cookie)
    })
}

/// A cookie's value without its escapes; as it is if they are not escapes.
fn decode(value: &[u8]) -> Cow<'_, str> {
    let text = latin1(value);
    let bytes = text.as_bytes();
    let mut escapes = memchr_iter(b'%', bytes).peekable();
    if escapes.peek().is_none() {
        return text;
    }
    let whole = |at: usize| matches!(bytes[at..], [_, a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
    if !escapes.all(whole) {
        return text;
    }
    match percent_decode_str(&text).decode_utf8() {
        Ok(decoded) => Cow::Owned(decoded.into_owned()),
        Err(_) => text,
    }
}

/// The text of a header, whose bytes are characters of Latin-1.
pub(super) fn latin1(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => Cow::Borrowed(text),
        _ => Cow::Owned(bytes.iter().copied().map(char::from).collect()),
    }
}

fn is_named(key: &[u8], name: &str, suffix: Option<&str>) -> bool {
    let Some(rest) = key.strip_prefix(name.as_bytes()) else {
        return false;
    };
    match suffix {
        None => rest.is_empty(),
        Some(suffix) => rest.strip_prefix(b"_") == Some(suffix.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(
            "cookie",
            "a=1; __session_x=two; __session = one\t ;b"
                .parse()
                .unwrap(),
        );
        let line = "__session=late; c=%41%2B; d=; d=2; e=%4; f=%FF; g=\"q\"";
        headers.append("cookie", line.parse().unwrap());
        let latin = http::HeaderValue::from_bytes(b"h=\xe9%2B").unwrap();
        headers.append("cookie", latin);
        let jar = Cookies::of(&headers);
        assert_eq!(jar.get("__session", None).unwrap(), "one");
        assert_eq!(jar.get("__session", Some("x")).unwrap(), "two");
        assert_eq!(jar.get("__session", Some("y")), None);
        assert_eq!(jar.get("c", None).unwrap(), "A+");
        // The first counts, even an empty one.
        assert_eq!(jar.get("d", None), None);
        assert_eq!(jar.get("e", None).unwrap(), "%4");
        assert_eq!(jar.get("f", None).unwrap(), "%FF");
        assert_eq!(jar.get("g", None).unwrap(), "\"q\"");
        assert_eq!(jar.get("h", None).unwrap(), "é+");
    }
}
