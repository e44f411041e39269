//! The cookies of a request.

use std::borrow::Cow;

use http::{HeaderMap, header};
use percent_encoding::percent_decode;

/// Names of cookies; where an instance's suffix may follow, both forms exist.
pub(super) mod cookie {
    pub(crate) const SESSION: &str = "__session";
    pub(crate) const CLIENT_UAT: &str = "__client_uat";
    pub(crate) const REFRESH: &str = "__refresh";
    pub(crate) const DEV_BROWSER: &str = "__clerk_db_jwt";
    pub(crate) const HANDSHAKE: &str = "__clerk_handshake";
    pub(crate) const HANDSHAKE_NONCE: &str = "__clerk_handshake_nonce";
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
        let mut cookies = headers.flat_map(|line| line.as_bytes().split(|byte| *byte == b';'));
        let value = cookies.find_map(|cookie| {
            let cookie = cookie.trim_ascii();
            let equals = cookie.iter().position(|byte| *byte == b'=')?;
            is_named(cookie[..equals].trim_ascii(), name, suffix)
                .then(|| cookie[equals + 1..].trim_ascii())
        })?;
        let value = match value {
            [b'"', inner @ .., b'"'] => inner,
            plain => plain,
        };
        percent_decode(value)
            .decode_utf8()
            .ok()
            .filter(|value| !value.is_empty())
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
            "a=1; __session_x=two; __session = \"one\" ;b"
                .parse()
                .unwrap(),
        );
        headers.append("cookie", "__session=late; c=%41%2B; d=".parse().unwrap());
        let jar = Cookies::of(&headers);
        assert_eq!(jar.get("__session", None).unwrap(), "one");
        assert_eq!(jar.get("__session", Some("x")).unwrap(), "two");
        assert_eq!(jar.get("__session", Some("y")), None);
        assert_eq!(jar.get("c", None).unwrap(), "A+");
        assert_eq!(jar.get("d", None), None);
    }
}
