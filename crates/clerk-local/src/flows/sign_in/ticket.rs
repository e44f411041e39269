//! First factor `ticket`: an invitation of somebody who has an account, or a sign-in token.

use super::{first_factor_done, nobody_signed_in};
use crate::{
    error::Result,
    flows::{
        TICKET,
        ticket::{self, Held},
    },
    state::{
        Client, SignIn, SignInDetail, SignInStatus, State, User, Verification, VerificationStatus,
    },
};

/// Signs in with a ticket. An invitation is accepted when the sign-in is complete; a sign-in token is
/// used up now.
///
/// # Errors
/// `session_exists` where somebody is signed in; those of [`ticket::read`]; 400 for an invitation of
/// somebody without an account, and for a token that was used or taken back; those of [`State::admit`].
pub async fn start(state: &State, client: &Client, token: &str) -> Result<SignIn> {
    let unit = state.unit().await?;
    nobody_signed_in(&unit, client).await?;
    let (user, invitation_id, organization_id) = match ticket::read(&unit, token).await? {
        Held::Invitation(invitation, None) => return Err(ticket::no_account(&invitation)),
        Held::Invitation(invitation, Some(user)) => (*user, Some(invitation.row.id), None),
        Held::SignInToken(token) => {
            let user = owner(&unit, &token.user_id).await?;
            unit.use_sign_in_token(&token.id).await?;
            (user, None, token.organization_id)
        }
    };
    unit.admit(&user)?;
    let detail = SignInDetail {
        status: SignInStatus::NeedsFirstFactor,
        identifier: Some(user.identifier().to_owned()),
        user_id: Some(user.id.clone()),
        first_factor: Some(Verification {
            status: VerificationStatus::Verified,
            strategy: TICKET.to_owned(),
            ..Verification::default()
        }),
        invitation_id,
        organization_id,
        ..SignInDetail::default()
    };
    let sign_in = unit.create_sign_in(&client.id, detail).await?;
    let sign_in = first_factor_done(&unit, client, sign_in, &user, TICKET).await?;
    unit.commit().await?;
    Ok(sign_in)
}

async fn owner(state: &State, user_id: &str) -> Result<User> {
    let user = state.user(user_id).await?;
    user.ok_or_else(crate::state::ticket_invalid)
}
