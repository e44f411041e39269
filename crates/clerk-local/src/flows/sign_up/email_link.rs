//! Proof of the address by a link in a mail.

use super::{already_verified, finish, fresh, is_verified};
use crate::{
    error::{LocalError, Result},
    flows::link::{self, Link, Source},
    state::{Client, SignUp, State},
};

/// Sends a link to the sign-up's address.
///
/// # Errors
/// `form_param_missing` without an address, `verification_already_verified` after the proof; those of
/// [`link::send`].
pub async fn send(state: &State, sign_up: SignUp, redirect_url: &str) -> Result<SignUp> {
    let unit = state.unit().await?;
    let mut sign_up = fresh(&unit, &sign_up.id).await?;
    let Some(address) = sign_up.detail.email_address.clone() else {
        return Err(LocalError::missing("email_address"));
    };
    if is_verified(sign_up.detail.email_verification.as_ref()) {
        return Err(already_verified());
    }
    let sent = &mut sign_up.detail.codes_sent;
    let source = (Source::SignUp, sign_up.id.as_str());
    let link = link::send(&unit, source, (&address, None), redirect_url, sent).await?;
    sign_up.detail.email_verification = Some(link);
    let sign_up = unit.save_sign_up(&sign_up).await?;
    unit.commit().await?;
    Ok(sign_up)
}

/// Goes on with the sign-up of a link that was opened; gives the session, if it led to one.
///
/// # Errors
/// Those of [`link::check`], and of an attempt that can't go on.
pub async fn open(state: &State, link: &Link, visitor: Option<&Client>) -> Result<Option<String>> {
    let unit = state.unit().await?;
    let mut sign_up = fresh(&unit, &link.sid).await?;
    let client = unit.client(&sign_up.client_id).await?;
    let client = client.ok_or_else(LocalError::not_found)?;
    let verification = sign_up.detail.email_verification.as_mut();
    if let Err(error) = link::check(verification, link, visitor, unit.now_ms()) {
        unit.save_sign_up(&sign_up).await?;
        unit.commit().await?;
        return Err(error);
    }
    let sign_up = finish(&unit, &client, sign_up).await?;
    unit.commit().await?;
    Ok(sign_up.detail.created_session_id)
}
