//! How often each of Clerk's reasons was reached: a generator that no longer gets somewhere
//! compares nothing there.

use std::{collections::BTreeMap, fmt};

use crate::decision::Decision;

/// How often each outcome is reached at least in the usual number of cases, about half of
/// what was seen with several seeds.
const EXPECTED: [(&str, u64); 43] = [
    ("error", 50),
    ("signed-in session_token", 400),
    ("signed-in api_key", 2),
    ("signed-in m2m_token", 8),
    ("signed-in oauth_token", 8),
    ("handshake active-organization-mismatch", 20),
    ("handshake client-uat-but-no-session-token", 20),
    ("handshake dev-browser-missing", 50),
    ("handshake dev-browser-sync", 20),
    ("handshake primary-domain-cross-origin-sync", 40),
    ("handshake primary-responds-to-syncing", 20),
    ("handshake satellite-needs-syncing", 50),
    ("handshake session-token-but-no-client-uat", 30),
    ("handshake session-token-expired-refresh-fetch-error", 10),
    (
        "handshake session-token-expired-refresh-invalid-session-token",
        15,
    ),
    (
        "handshake session-token-expired-refresh-non-eligible-no-refresh-cookie",
        100,
    ),
    (
        "handshake session-token-expired-refresh-session_not_found",
        3,
    ),
    (
        "handshake session-token-expired-refresh-unexpected-bapi-error",
        15,
    ),
    (
        "handshake session-token-expired-refresh-unexpected-sdk-error",
        3,
    ),
    ("handshake session-token-iat-before-client-uat", 8),
    ("handshake session-token-iat-in-the-future", 15),
    ("handshake session-token-nbf", 15),
    ("signed-out No token in header", 4),
    ("signed-out client-uat-but-no-session-token", 2),
    ("signed-out dev-browser-missing", 10),
    ("signed-out dev-browser-sync", 3),
    ("signed-out jwk-kid-mismatch", 4),
    ("signed-out jwk-remote-failed-to-load", 15),
    ("signed-out secret-key-invalid", 15),
    ("signed-out session-token-and-uat-missing", 150),
    ("signed-out session-token-but-no-client-uat", 2),
    (
        "signed-out session-token-expired-refresh-non-eligible-no-refresh-cookie",
        15,
    ),
    (
        "signed-out session-token-expired-refresh-non-eligible-non-get",
        10,
    ),
    ("signed-out session-token-iat-in-the-future", 2),
    ("signed-out session-token-missing", 70),
    ("signed-out session-token-nbf", 2),
    ("signed-out token-invalid", 100),
    ("signed-out token-invalid-algorithm", 12),
    ("signed-out token-invalid-authorized-parties", 2),
    ("signed-out token-invalid-signature", 50),
    ("signed-out token-type-mismatch", 100),
    ("signed-out token-verification-failed", 30),
    ("signed-out unexpected-error", 15),
];

/// How often each status and reason was seen.
#[derive(Default)]
pub struct Coverage(BTreeMap<String, u64>);

impl Coverage {
    /// Counts a decision of Clerk's.
    pub fn count(&mut self, decision: &Decision) {
        let name = match (&decision.status, &decision.reason) {
            (status, _) if status.is_empty() => "error".to_owned(),
            (status, reason) if reason.is_empty() => format!("{status} {}", decision.token_type),
            (status, reason) => format!("{status} {reason}"),
        };
        *self.0.entry(name).or_default() += 1;
    }

    /// Checks that every outcome was reached, with `times` the usual number of cases.
    pub fn assert_complete(&self, times: u64) {
        for (name, expected) in EXPECTED {
            let seen = self.0.get(name).copied().unwrap_or_default();
            assert!(
                seen >= expected * times,
                "{name:?} was reached only {seen} times"
            );
        }
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|(name, count)| writeln!(f, "{count:7} {name}"))
    }
}
