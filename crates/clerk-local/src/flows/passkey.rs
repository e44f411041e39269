//! Showing who one is with a passkey: a challenge for the browser, good for one answer.

use super::{PASSKEY, code};
use crate::{
    error::{LocalError, Result},
    state::{
        PASSKEY_CHALLENGE_LIFE_MS, Passkey, PasskeyChallenge, State, User, Verification,
        VerificationStatus, passkey_not_registered,
    },
};

/// A challenge for the page of `origin`: for this person's passkeys, or for any.
///
/// # Errors
/// `no_passkeys_found_for_user`; `origin_invalid` on a page whose address has no host name.
pub fn ask(state: &State, origin: &str, user: Option<&User>) -> Result<Verification> {
    let known = user.map_or(&[][..], |user| &user.factors.passkeys);
    if user.is_some() && known.is_empty() {
        return Err(LocalError::api(
            400,
            "no_passkeys_found_for_user",
            "No passkeys were found for this account.",
        ));
    }
    Ok(Verification {
        strategy: PASSKEY.to_owned(),
        expire_at: Some(state.now_ms() + PASSKEY_CHALLENGE_LIFE_MS),
        passkey: Some(PasskeyChallenge::authentication(origin, known)?),
        ..Verification::default()
    })
}

/// Checks the browser's answer, a JSON text, and writes into `verification` what follows from it. The
/// challenge can't be answered again, whatever the outcome. With `user_id`, only that person's
/// passkeys count.
///
/// The caller stores the verification whatever the outcome, inside one [unit](crate::state::Unit).
///
/// # Errors
/// `verification_not_sent`, `verification_expired`, and those of [`State::use_passkey`].
pub async fn check(
    state: &State,
    verification: Option<&mut Verification>,
    answer: &str,
    user_id: Option<&str>,
) -> Result<Passkey> {
    let Some(verification) = verification else {
        return Err(code::not_sent());
    };
    let Some(challenge) = verification.passkey.take() else {
        return Err(code::not_sent());
    };
    if verification
        .expire_at
        .is_none_or(|end| end <= state.now_ms())
    {
        verification.status = VerificationStatus::Expired;
        return Err(code::expired());
    }
    verification.attempts += 1;
    verification.status = VerificationStatus::Failed;
    let passkey = state.use_passkey(&challenge, answer).await?;
    if user_id.is_some_and(|user_id| passkey.user_id != user_id) {
        return Err(passkey_not_registered());
    }
    verification.status = VerificationStatus::Verified;
    Ok(passkey)
}

/// 400 for a request that does not say which page it comes from.
pub fn origin_missing() -> LocalError {
    LocalError::api(400, "origin_missing", "The Origin header is missing.")
}
