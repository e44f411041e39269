//! The sign-in state machine: who (identifier), proof (password or emailed code), session.

use super::{EMAIL_CODE, PASSWORD, close_attempts, code, nobody_signed_in, turn, unknown_strategy};
use crate::{
    error::{LocalError, Result},
    state::{
        Client, EmailAddress, SignIn, SignInDetail, SignInStatus, State, User, Verification,
        VerificationStatus, check_email_form,
    },
};

/// Wrong passwords after which an attempt is worth nothing and a new one has to be started.
const MAX_PASSWORD_ATTEMPTS: u32 = 10;

/// What a person shows to prove who they are.
#[derive(Debug, Clone, Copy)]
pub enum Proof<'a> {
    /// The account's password.
    Password(&'a str),
    /// The code that was mailed.
    Code(&'a str),
}

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

/// Sends a one-time code to one of the person's addresses, or to the one they named.
///
/// # Errors
/// `form_resource_not_found` for an address of somebody else; those of an attempt that can't go on.
pub async fn send_code(
    state: &State,
    sign_in: SignIn,
    email_address_id: Option<&str>,
) -> Result<SignIn> {
    let _turn = turn().await;
    let mut sign_in = fresh(state, sign_in).await?;
    let user = person(state, &sign_in).await?;
    let Some(address) = address_of(&user, &sign_in, email_address_id) else {
        return Err(LocalError::form(
            422,
            "form_resource_not_found",
            "This email address was not found.",
            "email_address_id",
        ));
    };
    let (address, id) = (address.email_address.clone(), address.id.clone());
    let sent = &mut sign_in.detail.codes_sent;
    sign_in.detail.first_factor = Some(code::send(state, &address, Some(id), sent).await?);
    state.save_sign_in(&sign_in).await
}

/// Takes a proof, and completes the sign-in with a new session if it is right.
///
/// # Errors
/// `form_password_incorrect`, `form_code_incorrect` and the other outcomes of [`code::check`];
/// `strategy_for_user_invalid` for a person without password.
pub async fn attempt(
    state: &State,
    client: &Client,
    sign_in: SignIn,
    proof: Proof<'_>,
) -> Result<SignIn> {
    let _turn = turn().await;
    let mut sign_in = fresh(state, sign_in).await?;
    let user = person(state, &sign_in).await?;
    nobody_signed_in(state, client).await?;
    let outcome = match proof {
        Proof::Password(password) => check_password(state, &user, &mut sign_in, password).await,
        Proof::Code(answer) => {
            code::check(sign_in.detail.first_factor.as_mut(), answer, state.now_ms())
        }
    };
    if let Err(error) = outcome {
        state.save_sign_in(&sign_in).await?;
        return Err(error);
    }
    complete(state, client, sign_in, &user, proof).await
}

async fn complete(
    state: &State,
    client: &Client,
    mut sign_in: SignIn,
    user: &User,
    proof: Proof<'_>,
) -> Result<SignIn> {
    let strategy = match proof {
        Proof::Password(_) => PASSWORD,
        Proof::Code(_) => EMAIL_CODE,
    };
    let session = state.create_session(client, user).await?;
    sign_in.detail.status = SignInStatus::Complete;
    sign_in.detail.created_session_id = Some(session.id);
    let sign_in = state.save_sign_in(&sign_in).await?;
    close_attempts(state, client, strategy).await?;
    Ok(sign_in)
}

async fn check_password(
    state: &State,
    user: &User,
    sign_in: &mut SignIn,
    password: &str,
) -> Result<()> {
    if user.password_digest.is_none() {
        return Err(LocalError::api(
            400,
            "strategy_for_user_invalid",
            "The verification strategy is not valid for this account.",
        ));
    }
    let known = sign_in
        .detail
        .first_factor
        .take()
        .filter(|verification| verification.strategy == PASSWORD);
    let verification = sign_in
        .detail
        .first_factor
        .insert(known.unwrap_or(Verification {
            strategy: PASSWORD.to_owned(),
            ..Verification::default()
        }));
    if verification.status == VerificationStatus::Failed {
        return Err(code::failed());
    }
    if state.verify_password(user, password).await? {
        verification.status = VerificationStatus::Verified;
        return Ok(());
    }
    verification.attempts += 1;
    if verification.attempts >= MAX_PASSWORD_ATTEMPTS {
        verification.status = VerificationStatus::Failed;
    }
    Err(LocalError::form(
        422,
        "form_password_incorrect",
        "Password is incorrect. Try again, or use another method.",
        "password",
    ))
}

/// The attempt as it is stored now: it may have changed while this request waited for its turn.
async fn fresh(state: &State, sign_in: SignIn) -> Result<SignIn> {
    let sign_in = state
        .sign_in(&sign_in.id)
        .await?
        .ok_or_else(LocalError::not_found)?;
    match sign_in.detail.status {
        SignInStatus::NeedsFirstFactor => Ok(sign_in),
        SignInStatus::NeedsIdentifier => Err(LocalError::missing("identifier")),
        SignInStatus::Complete => Err(LocalError::api(
            400,
            "verification_already_verified",
            "This verification has already been verified.",
        )),
    }
}

/// The person the attempt is about.
async fn person(state: &State, sign_in: &SignIn) -> Result<User> {
    let user = state.user_of_sign_in(sign_in).await?;
    user.ok_or_else(|| {
        LocalError::api(
            400,
            "sign_in_identification_or_user_deleted",
            "The account of this sign-in no longer exists.",
        )
    })
}

/// The address a code goes to: the chosen one, else the one typed at the start.
fn address_of<'a>(
    user: &'a User,
    sign_in: &SignIn,
    chosen: Option<&str>,
) -> Option<&'a EmailAddress> {
    let typed = sign_in.detail.identifier.as_deref().unwrap_or_default();
    user.email_addresses.iter().find(|address| match chosen {
        Some(id) => address.id == id,
        None => address.email_address.eq_ignore_ascii_case(typed),
    })
}

/// The proof that a strategy and the parameters of a request stand for.
///
/// # Errors
/// `form_param_missing` for a proof that is not there; an unknown strategy.
pub fn proof<'a>(
    strategy: &str,
    password: Option<&'a str>,
    code: Option<&'a str>,
) -> Result<Proof<'a>> {
    match strategy {
        PASSWORD => password
            .map(Proof::Password)
            .ok_or_else(|| LocalError::missing("password")),
        EMAIL_CODE => code
            .map(Proof::Code)
            .ok_or_else(|| LocalError::missing("code")),
        _ => Err(unknown_strategy()),
    }
}
