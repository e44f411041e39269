//! The first half of a first factor: what the instance has to send or to show beforehand.

use super::{email_code, email_link, fresh, password, person};
use crate::{
    error::{LocalError, Result},
    flows::{
        EMAIL_CODE, EMAIL_LINK, PASSKEY, RESET_PASSWORD_EMAIL_CODE, passkey, unknown_strategy,
    },
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
    /// One of the person's passkeys has to sign something.
    Passkey {
        /// The origin of the page that asks.
        origin: &'a str,
    },
    /// A link is mailed.
    EmailLink {
        /// As for a code.
        email_address_id: Option<&'a str>,
        /// The page the link leads to in the end.
        redirect_url: &'a str,
    },
    /// A code is mailed that allows to choose a new password.
    ResetPassword {
        /// As for any code.
        email_address_id: Option<&'a str>,
    },
}

impl<'a> Preparation<'a> {
    /// What a strategy and the parameters of a request stand for.
    ///
    /// # Errors
    /// `form_param_value_invalid` for a strategy without a preparation; `form_param_missing` for a
    /// link without a page to lead to; `origin_missing` for a passkey without the page that asks.
    pub fn new(
        strategy: &str,
        email_address_id: Option<&'a str>,
        redirect_url: Option<&'a str>,
        origin: Option<&'a str>,
    ) -> Result<Self> {
        match strategy {
            EMAIL_CODE => Ok(Self::EmailCode { email_address_id }),
            EMAIL_LINK => Ok(Self::EmailLink {
                email_address_id,
                redirect_url: redirect_url.ok_or_else(|| LocalError::missing("redirect_url"))?,
            }),
            RESET_PASSWORD_EMAIL_CODE => Ok(Self::ResetPassword { email_address_id }),
            PASSKEY => Ok(Self::Passkey {
                origin: origin.ok_or_else(passkey::origin_missing)?,
            }),
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
    let unit = state.unit().await?;
    let mut sign_in = fresh(&unit, &sign_in.id, SignInStatus::NeedsFirstFactor).await?;
    let user = person(&unit, &sign_in).await?;
    let verification = match preparation {
        Preparation::EmailCode { email_address_id } => {
            email_code::send(&unit, EMAIL_CODE, &mut sign_in, &user, email_address_id).await?
        }
        Preparation::Passkey { origin } => passkey::ask(&unit, origin, Some(&user))?,
        Preparation::ResetPassword { email_address_id } => {
            password::check_has_one(&user)?;
            let strategy = RESET_PASSWORD_EMAIL_CODE;
            email_code::send(&unit, strategy, &mut sign_in, &user, email_address_id).await?
        }
        Preparation::EmailLink {
            email_address_id,
            redirect_url,
        } => email_link::send(&unit, &mut sign_in, &user, email_address_id, redirect_url).await?,
    };
    sign_in.detail.first_factor = Some(verification);
    let sign_in = unit.save_sign_in(&sign_in).await?;
    unit.commit().await?;
    Ok(sign_in)
}
