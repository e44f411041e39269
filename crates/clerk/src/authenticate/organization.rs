//! Making another organization the active one.

use http::request::Parts;

use super::{Authenticator, Reason, RequestState, handshake::redirect_headers, request::Incoming};
use crate::ids::OrganizationId;

impl Authenticator {
    /// The handshake after which `organization` is active and this request comes back, for
    /// an address that belongs to another organization of the same person.
    ///
    /// None if a redirect cannot help: not a page load, or tried several times already,
    /// which means that the person is not a member.
    pub fn organization_handshake(
        &self,
        parts: &Parts,
        organization: &OrganizationId,
    ) -> Option<RequestState> {
        let incoming = Incoming::read(parts, &self.0.options);
        let reason = Reason::ActiveOrganizationMismatch;
        let headers = redirect_headers(&incoming, &reason, |reason| {
            let own = incoming.public_url(&self.0.options);
            self.handshake_url(&incoming, own, reason, Some(organization.as_str()))
        })?;
        Some(RequestState::handshake(reason, String::new(), headers))
    }
}
