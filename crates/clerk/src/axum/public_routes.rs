use crate::pattern::{PathPattern, PatternError};

/// The routes that everybody may see (Clerk: `createRouteMatcher`).
///
/// A path counts as the router sees it: encoded, and letter for letter but for their case and
/// one slash at the end. Where a path could mean another once it is decoded or tidied, as
/// with `//`, `..` or an encoded slash, it is not public.
#[derive(Debug, Clone, Default)]
pub struct PublicRoutes(Vec<PathPattern>);

impl PublicRoutes {
    /// Routes by [`PathPattern`]: `/`, `/blog/:slug`, `/sign-in(.*)`.
    ///
    /// # Errors
    /// [`PatternError`] for the first pattern that cannot be read.
    pub fn new<'p>(patterns: impl IntoIterator<Item = &'p str>) -> Result<Self, PatternError> {
        patterns
            .into_iter()
            .map(PathPattern::parse)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Whether everybody may see this path.
    pub fn matches(&self, path: &str) -> bool {
        is_plain(path) && self.0.iter().any(|pattern| pattern.matches(path).is_some())
    }
}

/// Whether a path means the same to everybody who reads it.
fn is_plain(path: &str) -> bool {
    let Ok(decoded) = percent_encoding::percent_decode_str(path).decode_utf8() else {
        return false;
    };
    let slashes = |path: &str| path.bytes().filter(|b| *b == b'/').count();
    let odd = |c: char| matches!(c, '\\' | '%' | '?' | '#') || c.is_control();
    slashes(&decoded) == slashes(path)
        && !decoded.contains("//")
        && !decoded.contains(odd)
        && !decoded
            .split('/')
            .any(|segment| matches!(segment, "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_paths() {
        let public = PublicRoutes::new(["/", "/sign-in(.*)", "/blog/:slug"]).unwrap();
        for open in [
            "/",
            "/sign-in",
            "/sign-in/sso",
            "/blog/a",
            "/blog/a%20b",
            "/blog/a/",
        ] {
            assert!(public.matches(open), "{open}");
        }
        for closed in ["", "/app", "/blog", "/blog/a/b", "/my/sign-in", "/%2F"] {
            assert!(!public.matches(closed), "{closed}");
        }
        assert!(!PublicRoutes::default().matches("/"));
        assert!(PublicRoutes::new(["/("]).is_err());
    }

    #[test]
    fn a_path_that_could_be_another_is_not_public() {
        let public = PublicRoutes::new(["/public/(.*)", "/sign-in(.*)"]).unwrap();
        assert!(public.matches("/public/a"));
        for closed in [
            "/public/../app",
            "/public/%2e%2e/app",
            "/public/.%2E/app",
            "/public/%252e%252e/app",
            "/public/./a",
            "/public//app",
            "/public/..%2fapp",
            "/public/a%5c..%5capp",
            "/sign-in\\..\\app",
            "/public/%ff",
            "/public/%00",
            "/public/a%3Fb",
        ] {
            assert!(!public.matches(closed), "{closed}");
        }
    }
}
