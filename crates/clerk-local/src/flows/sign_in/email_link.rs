//! First factor `email_link`: a link mailed to one of the person's addresses.

use super::{email_code::address_of, first_factor_done, fresh, nobody_signed_in, person};
use crate::{
    error::{LocalError, Result},
    flows::{
        EMAIL_LINK,
        link::{self, Link, Source},
    },
    state::{Client, SignIn, SignInStatus, State, User, Verification},
};

/// Sends a link to one of the person's addresses, or to the one they named.
///
/// # Errors
/// `form_resource_not_found` for an address of somebody else; those of [`link::send`].
pub async fn send(
    state: &State,
    sign_in: &mut SignIn,
    user: &User,
    email_address_id: Option<&str>,
    redirect_url: &str,
) -> Result<Verification> {
    let address = address_of(user, sign_in, email_address_id)?;
    link::send(
        state,
        (Source::SignIn, &sign_in.id),
        (&address.email_address, Some(address.id.clone())),
        redirect_url,
        &mut sign_in.detail.codes_sent,
    )
    .await
}

/// Goes on with the sign-in of a link that was opened; gives the session, if it led to one.
///
/// # Errors
/// Those of [`link::check`], and of an attempt that can't go on.
pub async fn open(state: &State, link: &Link, visitor: Option<&Client>) -> Result<Option<String>> {
    let unit = state.unit().await?;
    let mut sign_in = fresh(&unit, &link.sid, SignInStatus::NeedsFirstFactor).await?;
    let user = person(&unit, &sign_in).await?;
    let client = unit.client(&sign_in.client_id).await?;
    let client = client.ok_or_else(LocalError::not_found)?;
    nobody_signed_in(&unit, &client).await?;
    let first_factor = sign_in.detail.first_factor.as_mut();
    let checked = link::check(first_factor, link, visitor, unit.now_ms());
    if let Err(error) = checked {
        unit.save_sign_in(&sign_in).await?;
        unit.commit().await?;
        return Err(error);
    }
    let sign_in = first_factor_done(&unit, &client, sign_in, &user, EMAIL_LINK).await?;
    unit.commit().await?;
    Ok(sign_in.detail.created_session_id)
}
