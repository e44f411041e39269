//! Signing up by an invitation.

use crate::{
    error::{LocalError, Result},
    flows::{
        TICKET,
        ticket::{self, Held},
    },
    state::{Membership, SignUpDetail, State, Unit, User, Verification, VerificationStatus},
};

/// Notes an invitation: its address is proven by the ticket, which reached the person there.
///
/// # Errors
/// Those of [`ticket::read`]; 400 for an invitation of somebody who has an account, and for a sign-in
/// token.
pub(super) async fn apply(state: &State, detail: &mut SignUpDetail, token: &str) -> Result<()> {
    let invitation = match ticket::read(state, token).await? {
        Held::Invitation(invitation, None) => invitation,
        Held::Invitation(invitation, Some(_)) => return Err(ticket::has_account(&invitation)),
        Held::SignInToken(_) => return Err(ticket::only_for_sign_in()),
    };
    detail.email_address = Some(invitation.email_address.clone());
    detail.email_verification = Some(Verification {
        status: VerificationStatus::Verified,
        strategy: TICKET.to_owned(),
        ..Verification::default()
    });
    detail.invitation_id = Some(invitation.id.clone());
    Ok(())
}

/// Accepts the invitation for the person it led to. They exist by now: where it can't be accepted any
/// more (it was taken back meanwhile, the organization is full), they are signed up without it.
pub(super) async fn accept(unit: &Unit, id: &str, user: &User) -> Result<Option<Membership>> {
    match unit.accept_invitation(id, &user.id).await {
        Err(error @ LocalError::Api { .. }) => {
            tracing::warn!(invitation_id = id, user_id = %user.id, %error, "not accepted");
            Ok(None)
        }
        outcome => outcome,
    }
}
