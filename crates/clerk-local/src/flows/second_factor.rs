//! The second factor: a code of the authenticator app, or a backup code in its place.

use super::{BACKUP_CODE, TOTP, code, unknown_strategy};
use crate::{
    error::{LocalError, Result},
    state::{State, User, Verification, VerificationStatus},
};

/// Wrong codes after which an attempt is worth nothing, whatever strategies they were for.
const MAX_ATTEMPTS: u32 = 10;

/// Checks a code and writes into `verification` what follows from it; a wrong one counts against the
/// account, too.
///
/// The caller stores the verification whatever the outcome, inside one [unit](crate::state::Unit).
///
/// # Errors
/// `form_code_incorrect`; `verification_failed` after ten wrong ones; `no_second_factors` and
/// `strategy_for_user_invalid` for a person who has not got what the strategy asks for; those of
/// [`State::admit`].
pub async fn check(
    state: &State,
    user: &User,
    verification: &mut Option<Verification>,
    strategy: &str,
    answer: &str,
) -> Result<()> {
    if !user.factors.two_factor_enabled() {
        return Err(LocalError::api(
            400,
            "no_second_factors",
            "No second factors were found for this account.",
        ));
    }
    state.admit(user)?;
    // Wrong answers count on when the strategy changes.
    let verification = verification.get_or_insert_default();
    strategy.clone_into(&mut verification.strategy);
    if verification.status == VerificationStatus::Failed {
        return Err(code::failed());
    }
    let is_right = match strategy {
        TOTP => state.use_totp(&user.id, answer).await?,
        BACKUP_CODE if user.factors.backup_code_enabled => {
            state.use_backup_code(&user.id, answer).await?
        }
        BACKUP_CODE => {
            return Err(LocalError::api(
                400,
                "strategy_for_user_invalid",
                "The verification strategy is not valid for this account.",
            ));
        }
        _ => return Err(unknown_strategy()),
    };
    if is_right {
        verification.status = VerificationStatus::Verified;
        return Ok(());
    }
    state.count_wrong_answer(&user.id).await?;
    verification.attempts += 1;
    if verification.attempts >= MAX_ATTEMPTS {
        verification.status = VerificationStatus::Failed;
    }
    Err(LocalError::form(
        422,
        "form_code_incorrect",
        "Incorrect code",
        "code",
    ))
}
