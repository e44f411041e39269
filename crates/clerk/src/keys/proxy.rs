use url::Url;

/// Where the browser reaches the frontend API, if not at the publishable key's host
/// (Clerk: proxying).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProxyUrl {
    /// A full address.
    Absolute(Url),
    /// A path on the application's own origin: `/__clerk`.
    Path(String),
}

/// A proxy URL that is neither a path nor an http(s) address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a proxy URL is a path such as /__clerk or an http(s) address")]
pub struct ProxyUrlError;

impl ProxyUrl {
    /// Reads a proxy URL; a slash at its end is ignored.
    ///
    /// # Errors
    /// [`ProxyUrlError`] for anything but a path or an http(s) address.
    pub fn parse(text: &str) -> Result<Self, ProxyUrlError> {
        let text = text.trim().trim_end_matches('/');
        if text.starts_with('/') {
            // Two slashes would name another host.
            let plain = !text.starts_with("//") && !text.contains(['?', '#', '\\']);
            return if plain {
                Ok(Self::Path(text.to_owned()))
            } else {
                Err(ProxyUrlError)
            };
        }
        let url = Url::parse(text).map_err(|_| ProxyUrlError)?;
        match url.scheme() {
            "http" | "https" if url.host().is_some() => Ok(Self::Absolute(url)),
            _ => Err(ProxyUrlError),
        }
    }
}

impl std::fmt::Display for ProxyUrl {
    /// As it would be written in a configuration, without a slash at the end.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Absolute(url) => f.write_str(url.as_str().trim_end_matches('/')),
            Self::Path(path) => f.write_str(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxy_urls() {
        assert_eq!(
            ProxyUrl::parse("/__clerk/"),
            Ok(ProxyUrl::Path("/__clerk".to_owned()))
        );
        let absolute = ProxyUrl::parse("http://localhost:7801").unwrap();
        assert!(matches!(absolute, ProxyUrl::Absolute(url) if url.port() == Some(7801)));
        for wrong in [
            "",
            "/",
            "//evil.com/x",
            "ftp://a.b",
            "clerk.example.com",
            "/a?b",
        ] {
            assert_eq!(ProxyUrl::parse(wrong), Err(ProxyUrlError), "{wrong}");
        }
    }
}
