//! The sign-in state machine: who (identifier), proof (one file per first factor), session.

pub mod email_code;
pub mod email_link;
pub mod new_password;
pub mod passkey;
pub mod password;
mod prepare;
mod proof;
pub mod second_factor;
pub mod ticket;

use super::{already_verified, close_attempts, nobody_signed_in};
use crate::{
    error::{LocalError, Result},
    state::{
        Client, OrganizationChoice, SignIn, SignInDetail, SignInStatus, State, Unit, User,
        check_email_form,
    },
};

pub use prepare::{Preparation, prepare};
pub(super) use proof::WRONG;
pub use proof::{Proof, attempt};

/// Begins a sign-in, for a named person if an identifier is given.
///
/// # Errors
/// `session_exists` where somebody is signed in; `form_param_format_invalid` or
/// `form_identifier_not_found` for the parameter `identifier`.
pub async fn start(state: &State, client: &Client, identifier: Option<&str>) -> Result<SignIn> {
    nobody_signed_in(state, client).await?;
    let detail = match identifier.map(str::trim) {
        None => SignInDetail::default(),
        Some(identifier) => {
            check_email_form(identifier, "identifier")?;
            let Some(user) = state.user_by_email(identifier).await? else {
                return Err(LocalError::form(
                    422,
                    "form_identifier_not_found",
                    "Couldn't find your account.",
                    "identifier",
                ));
            };
            SignInDetail {
                status: SignInStatus::NeedsFirstFactor,
                identifier: Some(identifier.to_owned()),
                user_id: Some(user.id.clone()),
                ..SignInDetail::default()
            }
        }
    };
    state.create_sign_in(&client.id, detail).await
}

/// The first factor, shown by `strategy`, is right: what follows is the second one, for people who
/// have one, or else the session.
///
/// # Errors
/// Those of [`complete`].
pub async fn first_factor_done(
    unit: &Unit,
    client: &Client,
    mut sign_in: SignIn,
    user: &User,
    strategy: &str,
) -> Result<SignIn> {
    if user.factors.two_factor_enabled() {
        sign_in.detail.status = SignInStatus::NeedsSecondFactor;
        return unit.save_sign_in(&sign_in).await;
    }
    complete(unit, client, sign_in, user, strategy).await
}

/// Every factor is right: an invitation is accepted, and the sign-in leads to a session in this
/// browser, in the organization that the ticket stands for.
///
/// # Errors
/// When the invitation can't be accepted any more; those of [`State::admit`].
pub async fn complete(
    unit: &Unit,
    client: &Client,
    mut sign_in: SignIn,
    user: &User,
    strategy: &str,
) -> Result<SignIn> {
    let detail = &sign_in.detail;
    let into = match (&detail.invitation_id, &detail.organization_id) {
        (Some(id), _) => unit.accept_invitation(id, &user.id).await?,
        (None, Some(id)) => unit.membership(&user.id, id).await?,
        (None, None) => None,
    };
    let session = unit.create_session(client, user).await?;
    unit.forget_wrong_answers(user).await?;
    if let Some(membership) = into {
        let organization = OrganizationChoice::Set(&membership.organization.id);
        unit.touch_session(&session.id, organization).await?;
    }
    sign_in.detail.status = SignInStatus::Complete;
    sign_in.detail.created_session_id = Some(session.id);
    let sign_in = unit.save_sign_in(&sign_in).await?;
    close_attempts(unit, client, strategy).await?;
    Ok(sign_in)
}

/// The attempt as it is stored now (it may have changed while this request waited for its unit), if
/// it stands where this step belongs.
///
/// # Errors
/// `form_param_missing` before a person is named, `verification_already_verified` for an attempt
/// that is past this step.
pub async fn fresh(state: &State, id: &str, step: SignInStatus) -> Result<SignIn> {
    let sign_in = state.sign_in(id).await?.ok_or_else(LocalError::not_found)?;
    match sign_in.detail.status {
        status if status == step => Ok(sign_in),
        SignInStatus::NeedsIdentifier => Err(LocalError::missing("identifier")),
        _ => Err(already_verified()),
    }
}

/// The person the attempt is about.
///
/// # Errors
/// `sign_in_identification_or_user_deleted` if the account is gone; those of [`State::admit`].
pub async fn person(state: &State, sign_in: &SignIn) -> Result<User> {
    let user = state.user_of_sign_in(sign_in).await?;
    let user = user.ok_or_else(|| {
        LocalError::api(
            400,
            "sign_in_identification_or_user_deleted",
            "Either the user or the selected identification were deleted. Please start over.",
        )
    })?;
    state.admit(&user)?;
    Ok(user)
}
