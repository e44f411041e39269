//! Machine authentication: requests sent by programs instead of people (Clerk: API keys,
//! M2M tokens, OAuth access tokens).
//!
//! [`crate::authenticate::AuthenticateOptions::accepts`] says which kinds of token a service
//! takes; [`crate::authenticate::RequestState::machine`] is who called. Opaque tokens
//! (`ak_…`, `mt_…`, `oat_…`) are checked with Clerk for each request, so that one which was
//! revoked is refused at once; those that are JSON web tokens are checked with the instance's
//! keys and without the network, and hold until they expire.

mod accepts;
mod audience;
mod error;
mod jwt;
mod presented;
mod token;
mod token_type;

pub use accepts::AcceptsToken;
pub use error::MachineTokenError;
pub use token::MachineToken;
pub use token_type::{TokenType, UnknownTokenType};

pub(crate) use audience::check_oauth_audience;
pub(crate) use presented::{Form, Presented};
