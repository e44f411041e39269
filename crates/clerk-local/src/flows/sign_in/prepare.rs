//! The first half of a first factor: what the instance has to send or to show beforehand.

use super::{email_code, fresh, person, turn};
use crate::{
    error::Result,
    flows::{EMAIL_CODE, unknown_strategy},
    state::{SignIn, SignInStatus, State},
};

/// What is to be prepared.
#[derive(Debug, Clone, Copy)]
pub enum Preparation<'a> {
    /// A code is mailed.
    EmailCode {
        /// To which of the person's addresses; without it to the one they named.
        email_address_id: Option<&'a str>,
    },
}

impl<'a> Preparation<'a> {
    /// What a strategy and the parameters of a request stand for.
    ///
    /// # Errors
    /// `form_param_value_invalid` for a strategy without a preparation.
    pub fn new(strategy: &str, email_address_id: Option<&'a str>) -> Result<Self> {
        match strategy {
            EMAIL_CODE => Ok(Self::EmailCode { email_address_id }),
            _ => Err(unknown_strategy()),
        }
    }
}

/// Prepares a first factor; a former one is worth nothing from now on.
///
/// # Errors
/// Those of the strategy, and of an attempt that can't go on.
pub async fn prepare(
    state: &State,
    sign_in: SignIn,
    preparation: Preparation<'_>,
) -> Result<SignIn> {
    let _turn = turn().await;
    let mut sign_in = fresh(state, sign_in, SignInStatus::NeedsFirstFactor).await?;
    let user = person(state, &sign_in).await?;
    let verification = match preparation {
        Preparation::EmailCode { email_address_id } => {
            email_code::send(state, &mut sign_in, &user, email_address_id).await?
        }
    };
    sign_in.detail.first_factor = Some(verification);
    state.save_sign_in(&sign_in).await
}
