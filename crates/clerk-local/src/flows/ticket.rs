//! What a ticket leads to, before anybody has used it.

use crate::{
    error::{LocalError, Result},
    state::{Invitation, SignInToken, State, Ticket, User},
};

/// A ticket with what it stands for.
#[derive(Debug, Clone)]
pub enum Held {
    /// An invitation that can be accepted, and the person who has its address.
    Invitation(Box<Invitation>, Option<Box<User>>),
    /// A token of somebody who has an account; whether it is used up shows when it is used.
    SignInToken(SignInToken),
}

/// Reads a ticket.
///
/// # Errors
/// Those of [`State::read_ticket`] and of an invitation that can't be accepted any more;
/// `ticket_invalid_code` for one whose source is gone.
pub async fn read(state: &State, token: &str) -> Result<Held> {
    let gone = crate::state::ticket_invalid;
    match state.read_ticket(token)? {
        Ticket::Invitation { id } => {
            let invitation = state.invitation(&id).await?.ok_or_else(gone)?;
            invitation.check_pending(state.now_ms())?;
            let user = state.user_by_email(&invitation.email_address).await?;
            Ok(Held::Invitation(Box::new(invitation), user.map(Box::new)))
        }
        Ticket::SignInToken { id } => {
            let token = state.sign_in_token(&id).await?.ok_or_else(gone)?;
            Ok(Held::SignInToken(token))
        }
    }
}

/// 400 for signing in with an invitation of somebody who has no account yet.
pub fn no_account(invitation: &Invitation) -> LocalError {
    refusal(
        match invitation.organization_id {
            Some(_) => "organization_invitation_identification_not_exist",
            None => "invitation_account_not_exists",
        },
        "This invitation refers to a non-existing identification.",
    )
}

/// 400 for signing up with an invitation of somebody who has an account.
pub fn has_account(invitation: &Invitation) -> LocalError {
    refusal(
        match invitation.organization_id {
            Some(_) => "organization_invitation_identification_already_exists",
            None => "invitation_account_exists",
        },
        "An account already exists for this invitation. Sign in instead.",
    )
}

/// 400 for signing up with a sign-in token.
pub fn only_for_sign_in() -> LocalError {
    refusal(
        "sign_in_token_not_in_sign_in_code",
        "Sign in tokens can only be used during sign in.",
    )
}

fn refusal(code: &'static str, text: &str) -> LocalError {
    LocalError::api(400, code, text)
}
