//! The end of a session in the browser.

use super::jar::cookie;
use crate::keys::PublishableKey;

/// The `Set-Cookie` lines that end a session in the browser, for an application that ended it
/// at Clerk itself (`sessions().revoke`) instead of leaving that to clerk-js.
///
/// A `__client_uat` of 0 says "signed out", so that the next request does not look for a session
/// by a handshake (Clerk: the table of rules for cookies). `secure` where the application is
/// served over https.
pub fn signed_out_cookies(key: &PublishableKey, secure: bool) -> Vec<String> {
    let suffix = key.cookie_suffix();
    let secure = if secure { "; Secure" } else { "" };
    let line = |name: String, value: &str, max_age: u32| {
        format!("{name}={value}; Path=/; Max-Age={max_age}; SameSite=Lax{secure}")
    };
    let gone = [
        cookie::SESSION.to_owned(),
        format!("{}_{suffix}", cookie::SESSION),
        format!("{}_{suffix}", cookie::REFRESH),
        cookie::ACTIVE_CONTEXT.to_owned(),
    ];
    let zero = [
        cookie::CLIENT_UAT.to_owned(),
        format!("{}_{suffix}", cookie::CLIENT_UAT),
    ];
    let gone = gone.into_iter().map(|name| line(name, "", 0));
    let zero = zero.into_iter().map(|name| line(name, "0", ONE_YEAR));
    gone.chain(zero).collect()
}

/// Seconds.
const ONE_YEAR: u32 = 31_536_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::InstanceKind;

    #[test]
    fn every_cookie_of_a_session_ends_in_both_forms() {
        let key = PublishableKey::for_host(InstanceKind::Production, "clerk.main.com").unwrap();
        let suffix = key.cookie_suffix();
        let lines = signed_out_cookies(&key, true);
        for name in [
            "__session=;".to_owned(),
            format!("__session_{suffix}=;"),
            format!("__refresh_{suffix}=;"),
            "clerk_active_context=;".to_owned(),
            "__client_uat=0;".to_owned(),
            format!("__client_uat_{suffix}=0;"),
        ] {
            let found = lines.iter().filter(|line| line.starts_with(&name));
            assert_eq!(found.count(), 1, "{name}");
        }
        assert!(lines.iter().all(|line| line.ends_with("; Secure")));
        let plain = signed_out_cookies(&key, false);
        assert!(plain.iter().all(|line| line.ends_with("; SameSite=Lax")));
    }
}
