//! The parameters of an address.

use std::borrow::Cow;

use http::Uri;
use url::form_urlencoded;

// Names of parameters on our own addresses.
pub(super) const HANDSHAKE: &str = "__clerk_handshake";
pub(super) const HANDSHAKE_NONCE: &str = "__clerk_handshake_nonce";
pub(super) const HANDSHAKE_HELP: &str = "__clerk_help";
pub(super) const DEV_BROWSER: &str = "__clerk_db_jwt";
pub(super) const LEGACY_DEV_BROWSER: &str = "__dev_session";
pub(super) const SYNCED: &str = "__clerk_synced";
pub(super) const REDIRECT_URL: &str = "__clerk_redirect_url";

/// The first value of a parameter, if not empty.
pub(super) fn value<'r>(uri: &'r Uri, name: &str) -> Option<Cow<'r, str>> {
    pairs(uri)
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
        .filter(|value| !value.is_empty())
}

/// Whether there is this parameter, even an empty one.
pub(super) fn has(uri: &Uri, name: &str) -> bool {
    pairs(uri).any(|(key, _)| key == name)
}

fn pairs(uri: &Uri) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
}
