//! One-time codes by mail: six digits, ten minutes, five wrong answers, one use.

use crate::{
    error::{LocalError, Result},
    flows::{EMAIL_CODE, RESET_PASSWORD_EMAIL_CODE, already_verified},
    state::{State, Verification, VerificationStatus, ids},
};

/// How long a code is accepted.
const LIFE_MS: i64 = 10 * 60 * 1000;
/// Wrong answers after which a code is worth nothing.
const MAX_ATTEMPTS: u32 = 5;
/// Codes after which an attempt gets no more: with [`MAX_ATTEMPTS`] it bounds the guesses.
const MAX_CODES: u32 = 10;
/// What test addresses are sent instead of a mail (Clerk: test emails and phones).
const TEST_CODE: &str = "424242";

/// Sends a new code to an address and counts it in `sent`; a former one is worth nothing from now on.
///
/// Addresses with `+clerk_test` before the `@` get no mail and accept 424242, as in Clerk's
/// development instances.
///
/// # Errors
/// `verification_code_too_many_requests` (429) after ten codes in one attempt; when the mail can't be
/// stored.
pub async fn send(
    state: &State,
    address: &str,
    email_address_id: Option<String>,
    sent: &mut u32,
) -> Result<Verification> {
    send_for(state, EMAIL_CODE, address, email_address_id, sent).await
}

/// Like [`send`], for one of the strategies that take a mailed code.
///
/// # Errors
/// As there.
pub async fn send_for(
    state: &State,
    strategy: &str,
    address: &str,
    email_address_id: Option<String>,
    sent: &mut u32,
) -> Result<Verification> {
    count_mail(sent)?;
    let code = if is_test_address(address) {
        TEST_CODE.to_owned()
    } else {
        let code = ids::six_digits();
        let name = &state.options().application_name;
        let what = match strategy {
            RESET_PASSWORD_EMAIL_CODE => "reset password code",
            _ => "verification code",
        };
        let subject = format!("{code} is your {name} {what}");
        let body = format!(
            "Your {what} is {code}.\n\nIt can be used once, in the next ten minutes. \
             If you did not ask for it, you can ignore this mail."
        );
        state
            .send_mail(address, &subject, &body, Some(&code))
            .await?;
        code
    };
    Ok(Verification {
        status: VerificationStatus::Unverified,
        strategy: strategy.to_owned(),
        attempts: 0,
        expire_at: Some(state.now_ms() + LIFE_MS),
        code: Some(code),
        email_address_id,
        ..Verification::default()
    })
}

/// Counts one more mail of an attempt.
///
/// # Errors
/// `verification_code_too_many_requests` (429) after ten.
pub fn count_mail(sent: &mut u32) -> Result<()> {
    if *sent >= MAX_CODES {
        return Err(LocalError::api(
            429,
            "verification_code_too_many_requests",
            "Too many codes were asked for. Please start again.",
        ));
    }
    *sent += 1;
    Ok(())
}

/// Checks an answer and writes into `verification` what follows from it.
///
/// The caller stores the verification whatever the outcome, inside one [unit](crate::state::Unit).
///
/// # Errors
/// `form_code_incorrect`, `verification_expired`, `verification_failed`, `verification_not_sent`,
/// `verification_already_verified`: Clerk's codes for each way to fail.
pub fn check(verification: Option<&mut Verification>, answer: &str, now_ms: i64) -> Result<()> {
    let Some(verification) = verification.filter(|verification| is_code(&verification.strategy))
    else {
        return Err(not_sent());
    };
    match verification.status {
        VerificationStatus::Verified => {
            return Err(already_verified());
        }
        VerificationStatus::Failed | VerificationStatus::Transferable => return Err(failed()),
        VerificationStatus::Expired => return Err(expired()),
        VerificationStatus::Unverified => {}
    }
    if verification.expire_at.is_none_or(|end| end <= now_ms) {
        verification.status = VerificationStatus::Expired;
        verification.code = None;
        return Err(expired());
    }
    // People paste codes with spaces around and between the digits.
    let answer: String = answer.chars().filter(|c| !c.is_whitespace()).collect();
    if verification.code.as_deref() == Some(answer.as_str()) {
        verification.status = VerificationStatus::Verified;
        verification.code = None;
        return Ok(());
    }
    verification.attempts += 1;
    if verification.attempts >= MAX_ATTEMPTS {
        verification.status = VerificationStatus::Failed;
        verification.code = None;
    }
    Err(LocalError::form(
        422,
        "form_code_incorrect",
        "Incorrect code",
        "code",
    ))
}

/// 400 after too many wrong answers.
pub fn failed() -> LocalError {
    LocalError::api(
        400,
        "verification_failed",
        "Too many failed attempts. You have to try again with the same or another method.",
    )
}

/// 400 for an answer to nothing.
pub fn not_sent() -> LocalError {
    LocalError::api(
        400,
        "verification_not_sent",
        "You need to send a verification code before attempting to verify.",
    )
}

/// 400 for an answer that comes too late.
pub fn expired() -> LocalError {
    LocalError::api(
        400,
        "verification_expired",
        "This verification has expired. You must start a new one.",
    )
}

/// Whether a strategy takes a mailed code.
fn is_code(strategy: &str) -> bool {
    [EMAIL_CODE, RESET_PASSWORD_EMAIL_CODE].contains(&strategy)
}

fn is_test_address(address: &str) -> bool {
    address
        .rsplit_once('@')
        .is_some_and(|(local, _)| local.to_ascii_lowercase().contains("+clerk_test"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent() -> Verification {
        Verification {
            strategy: EMAIL_CODE.to_owned(),
            expire_at: Some(1000),
            code: Some("123456".to_owned()),
            ..Verification::default()
        }
    }

    fn code_of(result: Result<()>) -> Option<&'static str> {
        result.unwrap_err().code()
    }

    #[test]
    fn a_code_works_once() {
        let mut verification = sent();
        assert!(check(Some(&mut verification), " 123 456 ", 999).is_ok());
        let again = check(Some(&mut verification), "123456", 999);
        assert_eq!(code_of(again), Some("verification_already_verified"));
    }

    #[test]
    fn five_wrong_answers_end_it() {
        let mut verification = sent();
        for _ in 0..5 {
            let wrong = check(Some(&mut verification), "000000", 0);
            assert_eq!(code_of(wrong), Some("form_code_incorrect"));
        }
        let right = check(Some(&mut verification), "123456", 0);
        assert_eq!(code_of(right), Some("verification_failed"));
    }

    #[test]
    fn a_code_expires_on_time() {
        let mut verification = sent();
        let late = check(Some(&mut verification), "123456", 1000);
        assert_eq!(code_of(late), Some("verification_expired"));
        assert_eq!(verification.status, VerificationStatus::Expired);
    }

    #[test]
    fn nothing_is_accepted_before_a_code_was_sent() {
        assert_eq!(code_of(check(None, "", 0)), Some("verification_not_sent"));
    }

    #[test]
    fn test_addresses_are_known_by_their_local_part() {
        assert!(is_test_address("ann+clerk_test@example.com"));
        assert!(is_test_address("ann+clerk_test_2@example.com"));
        assert!(!is_test_address("ann@clerk_test.example"));
    }
}
