//! Reverification: a signed-in person shows again who they are before something that matters
//! (Clerk docs: reverification).

use super::{
    EMAIL_CODE, PASSKEY, PASSWORD, code, passkey, second_factor,
    sign_in::{WRONG, password},
    unknown_strategy,
};
use crate::{
    error::{LocalError, Result},
    state::{
        Reverification, ReverificationDetail, ReverificationLevel as Level,
        ReverificationStatus as Status, Session, ShownFactors, State, Unit, User,
    },
};

/// How long a shown factor counts for the actions of Clerk's user profile (Clerk docs: ten minutes).
const FRESH_MS: i64 = 10 * 60 * 1000;

/// The first factors that can be shown again.
pub const FIRST_FACTORS: [&str; 3] = [PASSWORD, EMAIL_CODE, PASSKEY];

/// What a person shows as first factor.
#[derive(Debug, Clone, Copy)]
pub enum Proof<'a> {
    /// The account's password.
    Password(&'a str),
    /// The code that was mailed.
    Code(&'a str),
    /// What the browser's passkey signed.
    Passkey(&'a str),
}

/// Refuses a session whose person showed the factor that counts, the second one if they have one,
/// too long ago.
///
/// # Errors
/// 403 `session_reverification_required`: Clerk's components then ask for the factor and try again.
pub fn require_fresh(session: &Session, user: &User, now_ms: i64) -> Result<()> {
    let shown_at = match user.factors.two_factor_enabled() {
        true => session.second_factor_at,
        false => Some(session.first_factor_at),
    };
    if shown_at.is_some_and(|at| now_ms - at < FRESH_MS) {
        return Ok(());
    }
    Err(LocalError::api(
        403,
        "session_reverification_required",
        "You need to provide additional verification to perform this operation.",
    ))
}

/// Begins an attempt. People without a second factor are asked for the first one, at every level.
pub async fn start(
    state: &State,
    session: &Session,
    user: &User,
    level: Level,
) -> Result<Reverification> {
    let status = match level {
        Level::SecondFactor if user.factors.two_factor_enabled() => Status::NeedsSecondFactor,
        _ => Status::NeedsFirstFactor,
    };
    let detail = ReverificationDetail {
        level,
        status,
        ..ReverificationDetail::default()
    };
    state.create_reverification(&session.id, detail).await
}

/// The session's attempt.
///
/// # Errors
/// 400 `session_reverification_missing` when none was begun.
pub async fn current(state: &State, session: &Session) -> Result<Reverification> {
    let attempt = state.reverification(&session.id).await?;
    attempt.ok_or_else(|| {
        LocalError::api(
            400,
            "session_reverification_missing",
            "No verification was started for this session.",
        )
    })
}

/// Prepares a first factor: mails a code to one of the person's addresses (the primary one without
/// `email_address_id`), or asks for a passkey on the page of `origin`.
///
/// # Errors
/// `form_resource_not_found` for an address of somebody else, those of [`code::send`] and
/// [`passkey::ask`], and of an attempt that does not stand at this step.
pub async fn prepare(
    state: &State,
    session: &Session,
    user: &User,
    strategy: &str,
    email_address_id: Option<&str>,
    origin: Option<&str>,
) -> Result<Reverification> {
    let unit = state.unit().await?;
    let mut attempt = at(&unit, session, Status::NeedsFirstFactor).await?;
    let detail = &mut attempt.detail;
    let verification = match strategy {
        EMAIL_CODE => {
            let address = match email_address_id {
                Some(id) => user.own_addresses().find(|email| email.id == id),
                None => user.primary_email(),
            };
            let Some(address) = address else {
                return Err(LocalError::form(
                    422,
                    "form_resource_not_found",
                    "This email address was not found.",
                    "email_address_id",
                ));
            };
            let id = Some(address.id.clone());
            code::send(&unit, &address.email_address, id, &mut detail.codes_sent).await?
        }
        PASSKEY => passkey::ask(
            &unit,
            origin.ok_or_else(passkey::origin_missing)?,
            Some(user),
        )?,
        _ => return Err(unknown_strategy()),
    };
    detail.first_factor = Some(verification);
    unit.save_reverification(&attempt).await?;
    unit.commit().await?;
    Ok(attempt)
}

/// Takes a first factor, and goes on if it is right.
///
/// # Errors
/// Those of the factor, and of an attempt that does not stand at this step; those of
/// [`State::admit`].
pub async fn attempt_first(
    state: &State,
    session: &Session,
    user: &User,
    proof: Proof<'_>,
) -> Result<Reverification> {
    let step = Status::NeedsFirstFactor;
    let compared = match proof {
        Proof::Password(answer) => {
            state.admit(user)?;
            let attempt = at(state, session, step).await?;
            let shown = attempt.detail.first_factor.as_ref();
            Some(password::compare(state, user, shown, answer).await?)
        }
        _ => None,
    };
    let unit = state.unit().await?;
    let user = &person(&unit, user).await?;
    let mut attempt = at(&unit, session, step).await?;
    let factor = &mut attempt.detail.first_factor;
    let outcome = match (proof, &compared) {
        (Proof::Password(_), Some(compared)) => password::check(user, factor, compared),
        (Proof::Password(answer) | Proof::Code(answer), _) => {
            code::check(factor.as_mut(), answer, unit.now_ms())
        }
        (Proof::Passkey(answer), _) => {
            let shown = passkey::check(&unit, factor.as_mut(), answer, Some(&user.id));
            shown.await.map(drop)
        }
    };
    let code = outcome.as_ref().err().and_then(LocalError::code);
    if code.is_some_and(|code| WRONG.contains(&code)) {
        unit.count_wrong_answer(&user.id).await?;
    }
    if outcome.is_ok() {
        let more = attempt.detail.level == Level::MultiFactor && user.factors.two_factor_enabled();
        attempt.detail.status = match more {
            true => Status::NeedsSecondFactor,
            false => Status::Complete,
        };
    }
    settle(unit, session, attempt, outcome, |shown| shown.first = true).await
}

/// Takes a code of the authenticator app or a backup code, and completes the attempt if it is right.
///
/// # Errors
/// Those of [`second_factor::check`], and of an attempt that does not stand at this step.
pub async fn attempt_second(
    state: &State,
    session: &Session,
    user: &User,
    strategy: &str,
    answer: &str,
) -> Result<Reverification> {
    let unit = state.unit().await?;
    let user = &person(&unit, user).await?;
    let mut attempt = at(&unit, session, Status::NeedsSecondFactor).await?;
    let factor = &mut attempt.detail.second_factor;
    let outcome = second_factor::check(&unit, user, factor, strategy, answer).await;
    if outcome.is_ok() {
        attempt.detail.status = Status::Complete;
    }
    settle(unit, session, attempt, outcome, |shown| shown.second = true).await
}

/// Stores what came of an answer; a right one counts for the session from now on.
async fn settle(
    unit: Unit,
    session: &Session,
    attempt: Reverification,
    outcome: Result<()>,
    mark: impl FnOnce(&mut ShownFactors),
) -> Result<Reverification> {
    unit.save_reverification(&attempt).await?;
    if outcome.is_ok() {
        let mut shown = ShownFactors::default();
        mark(&mut shown);
        unit.note_factors(&session.id, shown).await?;
    }
    unit.commit().await?;
    outcome.map(|()| attempt)
}

/// The person as they are stored now, if they may go on.
async fn person(unit: &Unit, user: &User) -> Result<User> {
    let user = unit.user(&user.id).await?;
    let user = user.ok_or_else(LocalError::signed_out)?;
    unit.admit(&user)?;
    Ok(user)
}

/// The attempt as it is stored now, if it stands at this step.
async fn at(state: &State, session: &Session, step: Status) -> Result<Reverification> {
    let attempt = current(state, session).await?;
    if attempt.detail.status != step {
        return Err(LocalError::api(
            400,
            "verification_already_verified",
            "This verification has already been verified.",
        ));
    }
    Ok(attempt)
}
