//! The mail that invites.

use super::Invitation;
use crate::{
    error::Result,
    state::{Write, mails},
};

/// Mails the invitation's link, once this transaction is committed.
///
/// # Errors
/// When the link can't be signed or the database fails.
pub(super) async fn send(write: &Write, invitation: &Invitation) -> Result<()> {
    let application = &write.options().application_name;
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
    let link = write.state.invitation_url(invitation)?;
    let body = format!("{sentence}\n\nAccept the invitation:\n{link}");
    let to = &invitation.email_address;
    mails::put(write, to, &subject, &body, None).await.map(drop)
}
