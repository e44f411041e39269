//! sea-orm entities of the instance's own tables, one file per table.
//!
//! Times are unix milliseconds. Nothing outside `state` sees an entity: the aggregates of the
//! neighbouring files carry the rows.

pub(super) mod api_key;
pub(super) mod backup_code;
pub(super) mod client;
pub(super) mod client_device;
pub(super) mod email_address;
pub(super) mod email_proof;
pub(super) mod external_account;
pub(super) mod handshake_nonce;
pub(super) mod image;
pub(super) mod instance;
pub(super) mod invitation;
pub(super) mod jwt_template;
pub(super) mod lockout;
pub(super) mod m2m_token;
pub(super) mod machine;
pub(super) mod machine_scope;
pub(super) mod mail;
pub(super) mod mail_dispatch;
pub(super) mod membership;
pub(super) mod multi_factor;
pub(super) mod oauth_attempt;
pub(super) mod organization;
pub(super) mod passkey;
pub(super) mod permission;
pub(super) mod provider_account;
pub(super) mod provider_code;
pub(super) mod refresh_token;
pub(super) mod reverification;
pub(super) mod role;
pub(super) mod role_permission;
pub(super) mod session;
pub(super) mod sign_in;
pub(super) mod sign_in_token;
pub(super) mod sign_up;
pub(super) mod totp;
pub(super) mod user;
pub(super) mod user_setting;
pub(super) mod webhook_attempt;
pub(super) mod webhook_delivery;
pub(super) mod webhook_endpoint;
pub(super) mod webhook_event;
