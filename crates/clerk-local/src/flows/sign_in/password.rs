//! First factor `password`.

use crate::{
    error::{LocalError, Result},
    flows::{PASSWORD, code},
    state::{SignIn, State, User, Verification, VerificationStatus},
};

/// Wrong passwords after which an attempt is worth nothing and a new one has to be started.
const MAX_ATTEMPTS: u32 = 10;

/// Checks a password and writes into the attempt what follows from it; the caller stores it.
///
/// # Errors
/// `form_password_incorrect`; `verification_failed` after ten wrong ones;
/// `strategy_for_user_invalid` for a person without password.
pub async fn check(state: &State, user: &User, sign_in: &mut SignIn, password: &str) -> Result<()> {
    check_has_one(user)?;
    let known = sign_in
        .detail
        .first_factor
        .take()
        .filter(|verification| verification.strategy == PASSWORD);
    let verification = sign_in
        .detail
        .first_factor
        .insert(known.unwrap_or(Verification {
            strategy: PASSWORD.to_owned(),
            ..Verification::default()
        }));
    if verification.status == VerificationStatus::Failed {
        return Err(code::failed());
    }
    if state.verify_password(user, password).await? {
        verification.status = VerificationStatus::Verified;
        return Ok(());
    }
    verification.attempts += 1;
    if verification.attempts >= MAX_ATTEMPTS {
        verification.status = VerificationStatus::Failed;
    }
    Err(LocalError::form(
        422,
        "form_password_incorrect",
        "Password is incorrect. Try again, or use another method.",
        "password",
    ))
}

/// Refuses to go on for a person without password.
///
/// # Errors
/// `strategy_for_user_invalid`.
pub fn check_has_one(user: &User) -> Result<()> {
    match user.password_digest {
        Some(_) => Ok(()),
        None => Err(LocalError::api(
            400,
            "strategy_for_user_invalid",
            "The verification strategy is not valid for this account",
        )),
    }
}
