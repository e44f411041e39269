//! Who asks, as a page finds out while it is made. What is told here was verified; it is constant
//! for the request, so these are values, not signals.

use clerk::{
    ids::UserId,
    session::{ActiveOrganization, Session},
};

use crate::context::request_context;

/// The verified session of the request; none for strangers, and for a session with tasks pending.
pub fn session() -> Option<Session> {
    request_context().ok()?.auth.session().cloned()
}

/// Who is signed in. What else is known of them, [`store::Store::me`] tells.
pub fn user_id() -> Option<UserId> {
    session().map(|session| session.user_id().clone())
}

/// The organization that the session is working in, as its token says. What the person may do
/// there, only the scope says ([`crate::context::tenant`]).
pub fn organization() -> Option<ActiveOrganization> {
    session()?.organization().cloned()
}
