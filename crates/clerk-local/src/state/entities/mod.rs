//! sea-orm entities of the instance's own tables, one file per table.
//!
//! Times are unix milliseconds. Nothing outside `state` sees an entity: the aggregates of the
//! neighbouring files carry the rows.

pub(super) mod client;
pub(super) mod client_device;
pub(super) mod email_address;
pub(super) mod email_proof;
pub(super) mod handshake_nonce;
pub(super) mod image;
pub(super) mod instance;
pub(super) mod invitation;
pub(super) mod jwt_template;
pub(super) mod lockout;
pub(super) mod mail;
pub(super) mod membership;
pub(super) mod organization;
pub(super) mod refresh_token;
pub(super) mod session;
pub(super) mod sign_in;
pub(super) mod sign_in_token;
pub(super) mod sign_up;
pub(super) mod user;
pub(super) mod webhook_delivery;
