use super::{Invitation, State};
use crate::error::Result;
impl State {
    /// Bridge.
    pub fn invitation_url(&self, invitation: &Invitation) -> Result<String> {
        Ok(self.options().instance_url(&format!("/v1/tickets/accept?ticket={}", invitation.id)))
    }
}
