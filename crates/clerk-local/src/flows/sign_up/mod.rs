//! The sign-up state machine: address, name and password, then proof that mail arrives, then a session.

pub mod email_link;
mod ticket;

use super::{EMAIL_CODE, already_verified, close_attempts, code, nobody_signed_in};
use crate::{
    error::{LocalError, Result},
    state::{
        Client, NewUser, OrganizationChoice, SignUp, SignUpDetail, State, Unit, Verification,
        VerificationStatus, check_email_form, check_password_form,
    },
};
use serde_json::Value;

/// Names longer than this are refused (Clerk: 256 characters).
const MAX_NAME_LENGTH: usize = 256;

/// What a request says about the person; absent parts stay as they are.
#[derive(Debug, Default, Clone)]
pub struct Wishes {
    /// The address to sign up with.
    pub email_address: Option<String>,
    /// The password to sign in with later.
    pub password: Option<String>,
    /// Given name; empty clears it.
    pub first_name: Option<String>,
    /// Family name; empty clears it.
    pub last_name: Option<String>,
    /// An invitation's ticket; the address is the invitation's, and proven.
    pub ticket: Option<String>,
    /// A JSON object that the page wants to keep with the person.
    pub unsafe_metadata: Option<Value>,
}

/// Wishes with the digest of the password, which takes a while to make: before the unit in which they
/// are fulfilled.
pub(super) struct Given {
    wishes: Wishes,
    digest: Option<String>,
}

impl Given {
    /// Digests a password of the right form; [`apply`] refuses any other, in its turn.
    pub(super) async fn new(state: &State, wishes: Wishes) -> Result<Self> {
        let usable = |password: &&String| check_password_form(password).is_ok();
        let digest = match wishes.password.as_ref().filter(usable) {
            Some(password) => Some(state.hash_password(password).await?),
            None => None,
        };
        Ok(Self { wishes, digest })
    }
}

/// Begins a sign-up in this browser; with an invitation's ticket and all that is required, completes it.
///
/// # Errors
/// `session_exists` where somebody is signed in, and those of [`update`].
pub async fn start(state: &State, client: &Client, wishes: Wishes) -> Result<SignUp> {
    nobody_signed_in(state, client).await?;
    let given = Given::new(state, wishes).await?;
    let unit = state.unit().await?;
    let sign_up = start_in(&unit, client, given).await?;
    unit.commit().await?;
    Ok(sign_up)
}

/// Like [`start`], as part of something more.
pub(super) async fn start_in(unit: &Unit, client: &Client, given: Given) -> Result<SignUp> {
    nobody_signed_in(unit, client).await?;
    let mut detail = SignUpDetail::default();
    apply(unit, &mut detail, given).await?;
    let sign_up = unit.create_sign_up(&client.id, detail).await?;
    finish(unit, client, sign_up).await
}

/// Changes what was said before; completes the sign-up if this was the last thing missing.
///
/// # Errors
/// `form_param_format_invalid`, `form_identifier_exists`, `form_password_length_too_short` and the
/// like, each with the parameter's name.
pub async fn update(
    state: &State,
    client: &Client,
    sign_up: SignUp,
    wishes: Wishes,
) -> Result<SignUp> {
    let given = Given::new(state, wishes).await?;
    let unit = state.unit().await?;
    let sign_up = update_in(&unit, client, &sign_up.id, given).await?;
    unit.commit().await?;
    Ok(sign_up)
}

/// Like [`update`], as part of something more.
pub(super) async fn update_in(
    unit: &Unit,
    client: &Client,
    id: &str,
    given: Given,
) -> Result<SignUp> {
    let mut sign_up = fresh(unit, id).await?;
    apply(unit, &mut sign_up.detail, given).await?;
    finish(unit, client, sign_up).await
}

/// Sends a code to the sign-up's address.
///
/// # Errors
/// `form_param_missing` without an address, `verification_already_verified` after the proof.
pub async fn send_code(state: &State, sign_up: SignUp) -> Result<SignUp> {
    let unit = state.unit().await?;
    let mut sign_up = fresh(&unit, &sign_up.id).await?;
    let Some(address) = sign_up.detail.email_address.clone() else {
        return Err(LocalError::missing("email_address"));
    };
    if is_verified(sign_up.detail.email_verification.as_ref()) {
        return Err(already_verified());
    }
    let sent = &mut sign_up.detail.codes_sent;
    sign_up.detail.email_verification = Some(code::send(&unit, &address, None, sent).await?);
    let sign_up = unit.save_sign_up(&sign_up).await?;
    unit.commit().await?;
    Ok(sign_up)
}

/// Takes the mailed code, and completes the sign-up with a person and a session if nothing is missing.
///
/// # Errors
/// Those of [`code::check`]; `form_identifier_exists` if the address was taken meanwhile.
pub async fn attempt_code(
    state: &State,
    client: &Client,
    sign_up: SignUp,
    answer: &str,
) -> Result<SignUp> {
    let unit = state.unit().await?;
    let mut sign_up = fresh(&unit, &sign_up.id).await?;
    let verification = sign_up.detail.email_verification.as_mut();
    if let Err(error) = code::check(verification, answer, unit.now_ms()) {
        unit.save_sign_up(&sign_up).await?;
        unit.commit().await?;
        return Err(error);
    }
    let sign_up = finish(&unit, client, sign_up).await?;
    unit.commit().await?;
    Ok(sign_up)
}

/// Makes the person and the session once everything required is there; else stores what is.
pub(super) async fn finish(unit: &Unit, client: &Client, mut sign_up: SignUp) -> Result<SignUp> {
    let detail = &sign_up.detail;
    let external = detail.external_account().cloned();
    let (Some(email), true, true) = (
        detail.email_address.clone(),
        detail.password_digest.is_some() || external.is_some(),
        is_verified(detail.email_verification.as_ref()),
    ) else {
        return unit.save_sign_up(&sign_up).await;
    };
    let strategy = match (&external, &detail.email_verification) {
        (Some(profile), _) => profile.provider.strategy().to_owned(),
        (None, Some(shown)) => shown.strategy.clone(),
        (None, None) => EMAIL_CODE.to_owned(),
    };
    nobody_signed_in(unit, client).await?;
    let user = unit
        .create_user(NewUser {
            email,
            email_verified: true,
            first_name: detail.first_name.clone(),
            last_name: detail.last_name.clone(),
            password_digest: detail.password_digest.clone(),
            external_account: external,
            unsafe_metadata: detail.unsafe_metadata.clone(),
            ..NewUser::default()
        })
        .await?;
    let joined = match &sign_up.detail.invitation_id {
        Some(id) => ticket::accept(unit, id, &user).await?,
        None => None,
    };
    let session = unit.create_session(client, &user).await?;
    if let Some(membership) = joined {
        let organization = OrganizationChoice::Set(&membership.organization.id);
        unit.touch_session(&session.id, organization).await?;
    }
    sign_up.detail.created_user_id = Some(user.id.clone());
    sign_up.detail.created_session_id = Some(session.id);
    let sign_up = unit.save_sign_up(&sign_up).await?;
    close_attempts(unit, client, &strategy).await?;
    Ok(sign_up)
}

async fn apply(unit: &Unit, detail: &mut SignUpDetail, given: Given) -> Result<()> {
    let Given { wishes, digest } = given;
    if let Some(token) = &wishes.ticket {
        ticket::apply(unit, detail, token).await?;
    }
    if let Some(email) = wishes.email_address {
        let email = email.trim();
        check_email_form(email, "email_address")?;
        if unit.user_by_email(email).await?.is_some() {
            return Err(LocalError::form(
                422,
                "form_identifier_exists",
                "That email address is taken. Please try another.",
                "email_address",
            ));
        }
        let same = detail
            .email_address
            .as_deref()
            .is_some_and(|known| known.eq_ignore_ascii_case(email));
        if !same {
            detail.email_verification = None;
            detail.invitation_id = None;
        }
        detail.email_address = Some(email.to_owned());
    }
    if let Some(name) = wishes.first_name {
        detail.first_name = name_or_none(&name, "first_name")?;
    }
    if let Some(name) = wishes.last_name {
        detail.last_name = name_or_none(&name, "last_name")?;
    }
    if let Some(metadata) = wishes.unsafe_metadata {
        detail.unsafe_metadata = Some(metadata);
    }
    if let Some(password) = wishes.password {
        check_password_form(&password)?;
        detail.password_digest = digest;
    }
    Ok(())
}

/// A name without outer spaces; `None` if nothing is left.
///
/// # Errors
/// `form_param_max_length_exceeded` above 256 characters, `form_param_format_invalid` for control
/// characters.
pub fn name_or_none(name: &str, param: &str) -> Result<Option<String>> {
    let name = name.trim();
    if name.chars().count() > MAX_NAME_LENGTH {
        return Err(LocalError::form(
            422,
            "form_param_max_length_exceeded",
            &format!("A name can have at most {MAX_NAME_LENGTH} characters."),
            param,
        ));
    }
    if name.chars().any(char::is_control) {
        return Err(LocalError::form(
            422,
            "form_param_format_invalid",
            "A name can't have control characters.",
            param,
        ));
    }
    Ok((!name.is_empty()).then(|| name.to_owned()))
}

/// The attempt as it is stored now: it may have changed while this request waited for its unit.
async fn fresh(unit: &Unit, id: &str) -> Result<SignUp> {
    let sign_up = unit.sign_up(id).await?.ok_or_else(LocalError::not_found)?;
    if sign_up.detail.created_user_id.is_some() {
        return Err(already_verified());
    }
    Ok(sign_up)
}

fn is_verified(verification: Option<&Verification>) -> bool {
    verification.is_some_and(|it| it.status == VerificationStatus::Verified)
}
