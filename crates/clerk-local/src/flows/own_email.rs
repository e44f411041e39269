//! Verifying an address that a person adds to the account: by a code, or by a link.

use super::{
    EMAIL_CODE, EMAIL_LINK, already_verified, code,
    link::{self, Link, Source},
};
use crate::{
    error::{LocalError, Result},
    state::{Client, EmailAddress, EmailProof, State},
};

/// Mails a new code to the address.
///
/// # Errors
/// `resource_not_found` for an address that is not this person's; `verification_already_verified`;
/// those of [`code::send`].
pub async fn send_code(state: &State, user_id: &str, id: &str) -> Result<EmailAddress> {
    let unit = state.unit().await?;
    let (address, mut proof) = open(&unit, user_id, id).await?;
    let to = address.email_address.as_str();
    let owner = Some(id.to_owned());
    proof.verification = Some(code::send(&unit, to, owner, &mut proof.codes_sent).await?);
    unit.save_email_proof(id, &proof).await?;
    let address = own(&unit, user_id, id).await?;
    unit.commit().await?;
    Ok(address)
}

/// Mails a new link to the address, which leads to a page of the application in the end.
///
/// # Errors
/// As [`send_code`], with those of [`link::send`].
pub async fn send_link(
    state: &State,
    user_id: &str,
    id: &str,
    redirect_url: &str,
) -> Result<EmailAddress> {
    let unit = state.unit().await?;
    let (address, mut proof) = open(&unit, user_id, id).await?;
    let sent = &mut proof.codes_sent;
    let to = (address.email_address.as_str(), Some(id.to_owned()));
    let source = (Source::EmailAddress, id);
    proof.verification = Some(link::send(&unit, source, to, redirect_url, sent).await?);
    unit.save_email_proof(id, &proof).await?;
    let address = own(&unit, user_id, id).await?;
    unit.commit().await?;
    Ok(address)
}

/// Takes the mailed code.
///
/// # Errors
/// `resource_not_found` for an address that is not this person's; those of [`code::check`];
/// `identification_claimed` for an address that became somebody else's meanwhile.
pub async fn attempt_code(
    state: &State,
    user_id: &str,
    id: &str,
    answer: &str,
) -> Result<EmailAddress> {
    let unit = state.unit().await?;
    let (_, mut proof) = open(&unit, user_id, id).await?;
    let verification = proof.verification.as_mut();
    if let Err(error) = code::check(verification, answer, unit.now_ms()) {
        unit.save_email_proof(id, &proof).await?;
        unit.commit().await?;
        return Err(error);
    }
    let address = unit.verify_email_address(user_id, id, EMAIL_CODE).await?;
    unit.commit().await?;
    Ok(address)
}

/// Takes a link that was opened, in whichever browser.
///
/// # Errors
/// Those of [`link::check`]; `resource_not_found` for an address that was removed meanwhile;
/// `identification_claimed` for one that became somebody else's.
pub async fn open_link(state: &State, link: &Link, visitor: Option<&Client>) -> Result<()> {
    let unit = state.unit().await?;
    let address = unit.email_address(&link.sid).await?;
    let user_id = address.ok_or_else(LocalError::not_found)?.user_id;
    let (address, mut proof) = open(&unit, &user_id, &link.sid).await?;
    let verification = proof.verification.as_mut();
    if let Err(error) = link::check(verification, link, visitor, unit.now_ms()) {
        unit.save_email_proof(&address.id, &proof).await?;
        unit.commit().await?;
        return Err(error);
    }
    unit.verify_email_address(&user_id, &address.id, EMAIL_LINK)
        .await?;
    unit.commit().await
}

/// An address that is still to be verified, as it is stored now.
async fn open(state: &State, user_id: &str, id: &str) -> Result<(EmailAddress, EmailProof)> {
    let address = own(state, user_id, id).await?;
    if address.verified {
        return Err(already_verified());
    }
    let proof = address.proof.clone().unwrap_or_default();
    Ok((address, proof))
}

async fn own(state: &State, user_id: &str, id: &str) -> Result<EmailAddress> {
    let user = state.user(user_id).await?;
    let user = user.ok_or_else(LocalError::not_found)?;
    Ok(user.email_address(id)?.clone())
}
