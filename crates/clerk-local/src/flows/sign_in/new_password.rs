//! A forgotten password: after its code, the person chooses a new one.

use super::{first_factor_done, fresh, nobody_signed_in, person};
use crate::{
    error::Result,
    flows::RESET_PASSWORD_EMAIL_CODE,
    state::{Client, SignIn, SignInStatus, State, UserChanges, check_password_form},
};

/// Sets the new password, signs the person out elsewhere if they want that, and goes on as after any
/// first factor.
///
/// # Errors
/// `form_password_length_too_short` and the like; those of an attempt that does not stand here.
pub async fn set(
    state: &State,
    client: &Client,
    sign_in: SignIn,
    password: &str,
    sign_out_elsewhere: bool,
) -> Result<SignIn> {
    check_password_form(password)?;
    fresh(state, &sign_in.id, SignInStatus::NeedsNewPassword).await?;
    let digest = state.hash_password(password).await?;
    let unit = state.unit().await?;
    let sign_in = fresh(&unit, &sign_in.id, SignInStatus::NeedsNewPassword).await?;
    let user = person(&unit, &sign_in).await?;
    nobody_signed_in(&unit, client).await?;
    let changes = UserChanges {
        password_digest: Some(digest),
        sign_out_of_other_sessions: sign_out_elsewhere,
        ..UserChanges::default()
    };
    let user = unit.update_user(&user.id, changes).await?;
    let strategy = RESET_PASSWORD_EMAIL_CODE;
    let sign_in = first_factor_done(&unit, client, sign_in, &user, strategy).await?;
    unit.commit().await?;
    Ok(sign_in)
}
