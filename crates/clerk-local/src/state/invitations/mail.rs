//! The mail that invites.

use super::Invitation;
use crate::{error::Result, state::State};

/// A mail to be sent once its invitation is stored.
pub(super) struct InvitationMail {
    to: String,
    subject: String,
    body: String,
}

/// The mail with the invitation's link.
///
/// # Errors
/// When the link can't be signed.
pub(super) fn compose(state: &State, invitation: &Invitation) -> Result<InvitationMail> {
    let application = &state.options().application_name;
    let inviter = invitation.inviter.as_ref().map(|user| user.identifier());
    let (subject, sentence) = match (&invitation.organization, inviter) {
        (Some(organization), Some(inviter)) => (
            format!("{inviter} invited you to join {}", organization.name),
            format!(
                "{inviter} invites you to join {} on {application}.",
                organization.name
            ),
        ),
        (Some(organization), None) => (
            format!("You are invited to join {}", organization.name),
            format!(
                "You are invited to join {} on {application}.",
                organization.name
            ),
        ),
        (None, _) => (
            format!("You are invited to {application}"),
            format!("You are invited to create an account on {application}."),
        ),
    };
    let link = state.invitation_url(invitation)?;
    Ok(InvitationMail {
        to: invitation.email_address.clone(),
        subject,
        body: format!("{sentence}\n\nAccept the invitation:\n{link}"),
    })
}

impl InvitationMail {
    pub(super) async fn send(&self, state: &State) -> Result<()> {
        let sent = state.send_mail(&self.to, &self.subject, &self.body, None);
        sent.await.map(drop)
    }
}
