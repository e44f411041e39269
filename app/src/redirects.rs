//! Where a browser may be sent: paths of our own origin, and nothing else.

use url::{Url, form_urlencoded};

/// The longest path that is carried through a sign-in, in bytes.
const MAX_LENGTH: usize = 2048;

/// `candidate` when it is a path of our own origin, else nothing.
///
/// Browsers read `//host`, `/\host` and paths with tabs or line breaks inside as other hosts, so
/// all of these are refused, and what remains must still resolve to the origin it started from.
pub fn own_path(candidate: &str) -> Option<&str> {
    let harmless = candidate.len() <= MAX_LENGTH
        && candidate.starts_with('/')
        && !candidate.starts_with("//")
        && !candidate
            .chars()
            .any(|c| c == '\\' || c.is_control() || c.is_whitespace());
    if !harmless {
        return None;
    }
    // Any origin will do as the base: only leaving it matters.
    let base = Url::parse("https://own.invalid").ok()?;
    let resolved = base.join(candidate).ok()?;
    (resolved.origin() == base.origin()).then_some(candidate)
}

/// `path` with the query `pairs`, encoded; without a `?` when there are none.
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    if pairs.is_empty() {
        return path.to_owned();
    }
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    format!("{path}?{query}")
}

/// The sign-in page that returns to `path` afterwards.
pub fn sign_in(path: &str) -> String {
    match own_path(path) {
        Some(path) => with_query("/sign-in", &[("redirect_url", path)]),
        None => "/sign-in".to_owned(),
    }
}

/// One segment of a path, percent-encoded.
pub fn segment(value: &str) -> String {
    // form encoding writes a space as `+`, which a path would keep as it is
    form_urlencoded::byte_serialize(value.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_our_origin_pass() {
        for path in [
            "/",
            "/app",
            "/app/acme/projects?show=archived&after=x#top",
            "/a//b",
            "/%2F%2Fevil.test",
        ] {
            assert_eq!(own_path(path), Some(path), "{path}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let long = format!("/{}", "a".repeat(MAX_LENGTH));
        for url in [
            "",
            "app",
            "//evil.test",
            "///evil.test",
            "/\\evil.test",
            "\\\\evil.test",
            "/a\\b",
            "https://evil.test",
            "http://localhost:3000/app",
            "javascript:alert(1)",
            "/\tapp",
            "/\n/evil.test",
            "/\r\nSet-Cookie: a=b",
            " /app",
            "/a b",
            "/\u{0}",
            "/\u{85}",
            "?x",
            "#x",
            long.as_str(),
        ] {
            assert_eq!(own_path(url), None, "{url:?}");
        }
    }

    #[test]
    fn the_sign_in_page_keeps_only_own_paths() {
        assert_eq!(sign_in("/app?a=b"), "/sign-in?redirect_url=%2Fapp%3Fa%3Db");
        assert_eq!(sign_in("//evil.test"), "/sign-in");
    }

    #[test]
    fn segments_cannot_leave_their_place() {
        assert_eq!(segment("a/../b c?"), "a%2F..%2Fb%20c%3F");
    }
}
