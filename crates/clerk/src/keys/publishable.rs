use std::fmt;

use aws_lc_rs::digest;
use base64::{
    Engine,
    engine::{
        DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig,
        general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
    },
};
use url::Url;

use super::{InstanceKind, KeyError, account_portal};

/// Base64 as browsers read it: without padding, and whatever the last bits are.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// The public key of an instance: `pk_test_` or `pk_live_` and the base64 of its frontend
/// API's host (Clerk: publishable keys).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PublishableKey {
    text: String,
    kind: InstanceKind,
    frontend_api: String,
    frontend_api_url: Url,
    cookie_suffix: String,
}

impl PublishableKey {
    /// Reads a key; surrounding white space is ignored.
    ///
    /// # Errors
    /// [`KeyError`] says which part is not as Clerk writes it. The host needs a dot:
    /// `localhost:3000` is refused by Clerk too.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        let mut parts = text.split('_');
        let (Some("pk"), Some(word), Some(encoded), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(KeyError::PublishablePrefix);
        };
        let kind = InstanceKind::from_word(word).ok_or(KeyError::PublishablePrefix)?;
        // Clerk writes keys without padding, and reads them also with all of it.
        let unpadded = match encoded.len() % 4 {
            0 => encoded.strip_suffix("==").or(encoded.strip_suffix('=')),
            _ => None,
        };
        let decoded = LENIENT
            .decode(unpadded.unwrap_or(encoded))
            .map_err(|_| KeyError::PublishableEncoding)?;
        let decoded = String::from_utf8(decoded).map_err(|_| KeyError::PublishableEncoding)?;
        let host = decoded.strip_suffix('$').ok_or(KeyError::FrontendApi)?;
        if !is_frontend_api(host) {
            return Err(KeyError::FrontendApi);
        }
        let url = Url::parse(&format!("https://{host}")).map_err(|_| KeyError::FrontendApi)?;
        Ok(Self {
            frontend_api_url: url,
            cookie_suffix: cookie_suffix(text),
            text: text.to_owned(),
            kind,
            frontend_api: host.to_owned(),
        })
    }

    /// The key of the instance whose frontend API is at `host` (a port may follow).
    ///
    /// # Errors
    /// [`KeyError::FrontendApi`] if `host` cannot be one.
    pub fn for_host(kind: InstanceKind, host: &str) -> Result<Self, KeyError> {
        if !is_frontend_api(host) {
            return Err(KeyError::FrontendApi);
        }
        let encoded = STANDARD_NO_PAD.encode(format!("{host}$"));
        Self::parse(&format!("pk_{}_{encoded}", kind.word()))
    }

    /// The host of the instance's frontend API, without scheme.
    pub fn frontend_api(&self) -> &str {
        &self.frontend_api
    }

    /// The address of the instance's frontend API, without a proxy.
    pub fn frontend_api_url(&self) -> &Url {
        &self.frontend_api_url
    }

    /// Where the instance's account portal is: Clerk's own pages to sign in, sign up and manage
    /// an account, at `/sign-in`, `/sign-up`, `/user`, … (Clerk docs: "Account Portal").
    pub fn account_portal_url(&self) -> Url {
        account_portal(&self.frontend_api_url)
    }

    /// What the `iss` of every token of this instance is: `https://` and the host, also
    /// when the instance is reached through a proxy.
    pub fn issuer(&self) -> String {
        format!("https://{}", self.frontend_api)
    }

    /// The ending of this instance's cookie names, so that several instances can share a
    /// domain (Clerk: suffixed cookies): eight characters.
    pub fn cookie_suffix(&self) -> &str {
        &self.cookie_suffix
    }

    /// Development or production.
    pub fn instance_kind(&self) -> InstanceKind {
        self.kind
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for PublishableKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Whether `host` can stand in a publishable key and in a URL's place for a host.
fn is_frontend_api(host: &str) -> bool {
    host.contains('.')
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'))
}

/// The first eight characters of base64url(SHA-1(key)).
fn cookie_suffix(key: &str) -> String {
    let hash = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, key.as_bytes());
    let mut suffix = URL_SAFE_NO_PAD.encode(hash);
    suffix.truncate(8);
    suffix
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(kind: InstanceKind, host: &str) -> PublishableKey {
        PublishableKey::for_host(kind, host).unwrap()
    }

    #[test]
    fn the_suffix_is_clerks() {
        // Check values taken from Clerk's own code.
        let dev = key(InstanceKind::Development, "clerk.dev.localhost");
        assert_eq!(dev.cookie_suffix(), "9xDiP2BB");
        let saas = key(InstanceKind::Development, "clerk.saas.lcl.dev");
        assert_eq!(saas.cookie_suffix(), "G-MB_JZC");
    }

    #[test]
    fn a_key_holds_its_host() {
        let built = key(InstanceKind::Production, "clerk.example.com");
        let read = PublishableKey::parse(built.as_str()).unwrap();
        assert_eq!(read, built);
        assert_eq!(read.frontend_api(), "clerk.example.com");
        assert_eq!(read.issuer(), "https://clerk.example.com");
        assert_eq!(read.instance_kind(), InstanceKind::Production);
        assert!(
            key(InstanceKind::Development, "127.0.0.1:7801")
                .as_str()
                .starts_with("pk_test_")
        );
    }

    #[test]
    fn padding_is_optional() {
        let padded = PublishableKey::parse("pk_test_Y2xlcmsuYWJjLmNvbSQ=").unwrap();
        assert_eq!(padded.frontend_api(), "clerk.abc.com");
    }

    #[test]
    fn wrong_keys_are_named() {
        use KeyError::*;
        for (text, error) in [
            ("", PublishablePrefix),
            ("sk_test_abc", PublishablePrefix),
            ("pk_staging_Y2xlcmsuYWJjLmNvbSQ", PublishablePrefix),
            ("pk_test_Y2xl_cmsu", PublishablePrefix),
            ("pk_test_***", PublishableEncoding),
            ("pk_test_", FrontendApi),
            // "clerk.abc.com" without the dollar sign
            ("pk_test_Y2xlcmsuYWJjLmNvbQ", FrontendApi),
            // "localhost:7801$"
            ("pk_test_bG9jYWxob3N0Ojc4MDEk", FrontendApi),
        ] {
            assert_eq!(PublishableKey::parse(text), Err(error), "{text}");
        }
        assert!(PublishableKey::for_host(InstanceKind::Development, "evil.com/x?").is_err());
    }
}
