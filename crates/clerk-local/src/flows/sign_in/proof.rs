//! The second half of a first factor: the answer, and what follows from it.

use super::{first_factor_done, fresh, nobody_signed_in, password, person};
use crate::{
    error::{LocalError, Result},
    flows::{EMAIL_CODE, PASSWORD, RESET_PASSWORD_EMAIL_CODE, code, unknown_strategy},
    state::{Client, ComparedPassword, SignIn, SignInStatus, State},
};

/// What a person shows to prove who they are.
#[derive(Debug, Clone, Copy)]
pub enum Proof<'a> {
    /// The account's password.
    Password(&'a str),
    /// The code that was mailed.
    Code(&'a str),
    /// The code that was mailed for choosing a new password.
    ResetCode(&'a str),
}

/// A proof as the unit looks at it.
enum Answer<'a> {
    Password(ComparedPassword),
    Code(&'a str),
}

/// What a wrong answer is refused with; each counts towards a lockout.
pub(in crate::flows) const WRONG: [&str; 2] = ["form_password_incorrect", "form_code_incorrect"];

impl<'a> Proof<'a> {
    /// The proof that a strategy and the parameters of a request stand for.
    ///
    /// # Errors
    /// `form_param_missing` for a proof that is not there; an unknown strategy.
    pub fn new(strategy: &str, password: Option<&'a str>, code: Option<&'a str>) -> Result<Self> {
        match strategy {
            PASSWORD => password
                .map(Self::Password)
                .ok_or_else(|| LocalError::missing("password")),
            EMAIL_CODE => code
                .map(Self::Code)
                .ok_or_else(|| LocalError::missing("code")),
            RESET_PASSWORD_EMAIL_CODE => code
                .map(Self::ResetCode)
                .ok_or_else(|| LocalError::missing("code")),
            _ => Err(unknown_strategy()),
        }
    }

    /// The strategy it belongs to.
    pub fn strategy(&self) -> &'static str {
        match self {
            Self::Password(_) => PASSWORD,
            Self::Code(_) => EMAIL_CODE,
            Self::ResetCode(_) => RESET_PASSWORD_EMAIL_CODE,
        }
    }
}

/// Takes a proof, and goes on if it is right.
///
/// # Errors
/// `form_password_incorrect`, `form_code_incorrect` and the other outcomes of [`code::check`];
/// `strategy_for_user_invalid` for a person without password.
pub async fn attempt(
    state: &State,
    client: &Client,
    sign_in: SignIn,
    proof: Proof<'_>,
) -> Result<SignIn> {
    let step = SignInStatus::NeedsFirstFactor;
    let answer = match proof {
        Proof::Password(answer) => {
            let sign_in = fresh(state, &sign_in.id, step).await?;
            let user = person(state, &sign_in).await?;
            let shown = sign_in.detail.first_factor.as_ref();
            Answer::Password(password::compare(state, &user, shown, answer).await?)
        }
        Proof::Code(answer) | Proof::ResetCode(answer) => Answer::Code(answer),
    };
    let unit = state.unit().await?;
    let mut sign_in = fresh(&unit, &sign_in.id, step).await?;
    let user = person(&unit, &sign_in).await?;
    nobody_signed_in(&unit, client).await?;
    let first_factor = &mut sign_in.detail.first_factor;
    let outcome = match &answer {
        Answer::Password(answer) => password::check(&user, first_factor, answer),
        Answer::Code(answer) => {
            let sent = first_factor.as_mut();
            let sent = sent.filter(|sent| sent.strategy == proof.strategy());
            code::check(sent, answer, unit.now_ms())
        }
    };
    if let Err(error) = outcome {
        unit.save_sign_in(&sign_in).await?;
        if error.code().is_some_and(|code| WRONG.contains(&code)) {
            unit.count_wrong_answer(&user.id).await?;
        }
        unit.commit().await?;
        return Err(error);
    }
    let sign_in = match proof {
        Proof::ResetCode(_) => {
            sign_in.detail.status = SignInStatus::NeedsNewPassword;
            unit.save_sign_in(&sign_in).await?
        }
        _ => first_factor_done(&unit, client, sign_in, &user, proof.strategy()).await?,
    };
    unit.commit().await?;
    Ok(sign_in)
}
