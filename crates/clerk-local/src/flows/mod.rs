//! Signing in and signing up: the state machines behind both the browser API and the portal.
//!
//! Each answer of a person is one [`Unit`]: the attempt is read in it as it is stored then, so that
//! answers sent together are looked at one after the other, and what follows from one, say session,
//! attempt, browser and events, is stored together. Passwords are compared beforehand.

pub mod code;
pub mod link;
pub mod oauth;
pub mod own_email;
pub mod passkey;
pub mod reverification;
pub mod second_factor;
pub mod sign_in;
pub mod sign_up;
pub mod ticket;

use crate::{
    error::{LocalError, Result},
    state::{Client, Session, State, Unit, User},
};

/// The one-time code strategy.
pub const EMAIL_CODE: &str = "email_code";
/// The strategy of a link in a mail.
pub const EMAIL_LINK: &str = "email_link";
/// The strategy of a one-time code that allows to choose a new password.
pub const RESET_PASSWORD_EMAIL_CODE: &str = "reset_password_email_code";
/// The strategy of invitations and sign-in tokens.
pub const TICKET: &str = "ticket";
/// The password strategy.
pub const PASSWORD: &str = "password";
/// The passkey strategy.
pub const PASSKEY: &str = "passkey";
/// The authenticator app strategy.
pub const TOTP: &str = "totp";
/// The backup code strategy.
pub const BACKUP_CODE: &str = "backup_code";

/// The active session of this browser and its person.
///
/// # Errors
/// When the database fails.
pub async fn signed_in(state: &State, client: &Client) -> Result<Option<(Session, User)>> {
    let Some(session) = state.active_session(client).await? else {
        return Ok(None);
    };
    let user = state.user(&session.user_id).await?;
    Ok(user.map(|user| (session, user)))
}

/// Refuses to go on in a browser in which somebody is signed in by now, where a browser has but one
/// session.
async fn nobody_signed_in(state: &State, client: &Client) -> Result<()> {
    if !state.options().sessions.single {
        return Ok(());
    }
    let Some(client) = state.client(&client.id).await? else {
        return Ok(());
    };
    match signed_in(state, &client).await? {
        None => Ok(()),
        Some(_) => Err(LocalError::api(
            400,
            "session_exists",
            "You're already signed in.",
        )),
    }
}

/// Forgets the attempts of a browser in which somebody has just signed in.
async fn close_attempts(unit: &Unit, client: &Client, strategy: &str) -> Result<()> {
    let mut client = client.clone();
    client.sign_in_id = None;
    client.sign_up_id = None;
    client.last_authentication_strategy = Some(strategy.to_owned());
    unit.save_client(&client).await?;
    Ok(())
}

/// 400 for a proof that was taken before.
pub fn already_verified() -> LocalError {
    LocalError::api(
        400,
        "verification_already_verified",
        "This verification has already been verified.",
    )
}

/// 422 for a way to sign in or up that this instance does not offer.
pub fn unknown_strategy() -> LocalError {
    LocalError::form(
        422,
        "form_param_value_invalid",
        "This way of signing in is not enabled for this instance.",
        "strategy",
    )
}
