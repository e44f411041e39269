//! First factor `passkey`, with or without a name given beforehand.

use super::{first_factor_done, fresh, nobody_signed_in};
use crate::{
    error::{LocalError, Result},
    flows::{PASSKEY, passkey},
    state::{Client, SignIn, SignInDetail, SignInStatus, State},
};

/// Begins a sign-in of whomever the browser has a passkey of; `origin` is the page that asks.
///
/// # Errors
/// `session_exists` where somebody is signed in; those of [`passkey::ask`].
pub async fn start(state: &State, client: &Client, origin: &str) -> Result<SignIn> {
    nobody_signed_in(state, client).await?;
    let detail = SignInDetail {
        status: SignInStatus::NeedsFirstFactor,
        first_factor: Some(passkey::ask(state, origin, None)?),
        ..SignInDetail::default()
    };
    state.create_sign_in(&client.id, detail).await
}

/// Takes what the browser's passkey signed, and goes on if it is right.
///
/// # Errors
/// Those of [`passkey::check`]; `sign_in_no_identification_for_user` for an account that is gone;
/// those of [`State::admit`].
pub async fn attempt(
    state: &State,
    client: &Client,
    sign_in: SignIn,
    answer: &str,
) -> Result<SignIn> {
    let unit = state.unit().await?;
    let mut sign_in = fresh(&unit, &sign_in.id, SignInStatus::NeedsFirstFactor).await?;
    nobody_signed_in(&unit, client).await?;
    let detail = &mut sign_in.detail;
    let named = detail.user_id.as_deref();
    let outcome = passkey::check(&unit, detail.first_factor.as_mut(), answer, named).await;
    let user = match &outcome {
        Ok(passkey) => unit.user(&passkey.user_id).await?,
        Err(_) => None,
    };
    if let Some(user) = &user {
        unit.admit(user)?;
        detail.user_id = Some(user.id.clone());
        detail
            .identifier
            .get_or_insert_with(|| user.identifier().to_owned());
    }
    if let Err(error) = outcome {
        unit.save_sign_in(&sign_in).await?;
        unit.commit().await?;
        return Err(error);
    }
    let user = user.ok_or_else(|| {
        LocalError::api(
            404,
            "sign_in_no_identification_for_user",
            "The account of this passkey no longer exists.",
        )
    })?;
    let sign_in = first_factor_done(&unit, client, sign_in, &user, PASSKEY).await?;
    unit.commit().await?;
    Ok(sign_in)
}
