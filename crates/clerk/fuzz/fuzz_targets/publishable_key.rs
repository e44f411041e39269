//! Publishable keys: what is read can be written and read again, and names one https host.
#![no_main]

use clerk::keys::{InstanceKind, PublishableKey};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Ok(key) = PublishableKey::parse(text) {
        check(&key);
        assert_eq!(key.as_str(), text.trim());
    }
    // The text as a host of its own, so that the checks behind base64 are reached at once.
    if let Ok(key) = PublishableKey::for_host(InstanceKind::Production, text) {
        check(&key);
        assert_eq!(key.frontend_api(), text);
    }
});

fn check(key: &PublishableKey) {
    assert_eq!(PublishableKey::parse(key.as_str()).as_ref(), Ok(key));
    let url = key.frontend_api_url();
    assert_eq!(url.scheme(), "https");
    assert!(url.has_host() && url.username().is_empty() && url.password().is_none());
    assert_eq!((url.path(), url.query(), url.fragment()), ("/", None, None));
    assert_eq!(key.issuer(), format!("https://{}", key.frontend_api()));
    assert_eq!(key.cookie_suffix().chars().count(), 8);
    let again = PublishableKey::for_host(key.instance_kind(), key.frontend_api());
    assert_eq!(again.map(|key| key.issuer()), Ok(key.issuer()));
}
