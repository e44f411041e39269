//! Verifying an address that a person adds to the account.

use super::{EMAIL_CODE, code};
use crate::{
    error::{LocalError, Result},
    state::{EmailAddress, EmailProof, State},
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

/// An address that is still to be verified, as it is stored now.
async fn open(state: &State, user_id: &str, id: &str) -> Result<(EmailAddress, EmailProof)> {
    let address = own(state, user_id, id).await?;
    if address.verified {
        return Err(LocalError::api(
            400,
            "verification_already_verified",
            "This verification has already been verified.",
        ));
    }
    let proof = address.proof.clone().unwrap_or_default();
    Ok((address, proof))
}

async fn own(state: &State, user_id: &str, id: &str) -> Result<EmailAddress> {
    let user = state.user(user_id).await?;
    let user = user.ok_or_else(LocalError::not_found)?;
    Ok(user.email_address(id)?.clone())
}
