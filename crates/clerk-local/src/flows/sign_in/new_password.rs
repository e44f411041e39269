//! A forgotten password: after its code, the person chooses a new one.

use super::{first_factor_done, fresh, nobody_signed_in, person, turn};
use crate::{
    error::Result,
    flows::RESET_PASSWORD_EMAIL_CODE,
    state::{Client, SessionEnd, SignIn, SignInStatus, State, UserChanges, check_password_form},
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
    let _turn = turn().await;
    let sign_in = fresh(state, sign_in, SignInStatus::NeedsNewPassword).await?;
    let user = person(state, &sign_in).await?;
    nobody_signed_in(state, client).await?;
    let changes = UserChanges {
        password: Some(password.to_owned()),
        ..UserChanges::default()
    };
    let user = state.update_user(&user.id, changes).await?;
    if sign_out_elsewhere {
        for session in state.sessions_of_user(&user.id).await? {
            state.end_session(&session.id, SessionEnd::Revoked).await?;
        }
    }
    first_factor_done(state, client, sign_in, &user, RESET_PASSWORD_EMAIL_CODE).await
}
