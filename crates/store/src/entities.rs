//! The tables' rows. Nothing of this leaves the crate: outside there are only the plain
//! structs of each repository.

pub(crate) mod audit_event;
pub(crate) mod audit_head;
pub(crate) mod membership;
pub(crate) mod organization;
pub(crate) mod project;
pub(crate) mod role;
pub(crate) mod tombstone;
pub(crate) mod user;
pub(crate) mod webhook_event;
