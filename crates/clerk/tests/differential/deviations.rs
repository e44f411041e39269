//! Where the crate decides otherwise than Clerk's SDK, on purpose.

use clerk::{authenticate::Reason, verify::TokenError};

use crate::{case::Case, decision::Decision, subject::Verdict};

/// A decision that is meant to differ.
pub struct Deviation {
    pub name: &'static str,
    /// Why, for people who read this file.
    #[allow(dead_code, reason = "it is read by people only")]
    pub why: &'static str,
    /// Whether a difference is this one.
    pub applies: fn(&Case, &Verdict, &Decision) -> bool,
}

/// All of them.
pub const DEVIATIONS: [Deviation; 1] = [Deviation {
    name: "foreign issuer",
    why: "A session token names the instance that made it. Clerk's SDK takes any token that \
          the instance's key has signed; the crate wants the right `iss` as well, so that a \
          key which ever signs for two hosts does not make one's sessions good for the other.",
    applies: |_, ours, _| matches!(ours.reason, Some(Reason::Token(TokenError::Issuer { .. }))),
}];

/// The deviation that explains a difference.
pub fn explain(case: &Case, ours: &Verdict, theirs: &Decision) -> Option<&'static str> {
    let mut all = DEVIATIONS.iter();
    all.find(|deviation| (deviation.applies)(case, ours, theirs)).map(|known| known.name)
}
