//! [`Caller`]: who calls the routes that machines may call too.

use axum::extract::FromRequestParts;
use http::request::Parts;

use super::secret;
use crate::{
    LocalState,
    error::{LocalError, Result},
    state::Machine,
};

/// The owner of the key a request shows.
pub(super) enum Caller {
    /// Whoever has the instance's secret key.
    Instance,
    /// One machine, with its own secret key (`ak_…`).
    Machine(Box<Machine>),
}

impl FromRequestParts<LocalState> for Caller {
    type Rejection = LocalError;

    async fn from_request_parts(parts: &mut Parts, state: &LocalState) -> Result<Self> {
        let key = secret::bearer(&parts.headers)?;
        if key.starts_with("ak_") {
            let machine = state.machine_by_secret(key).await?;
            return machine
                .map(|machine| Self::Machine(Box::new(machine)))
                .ok_or_else(secret::wrong_key);
        }
        secret::check(state, key)?;
        Ok(Self::Instance)
    }
}

impl Caller {
    /// The machine that calls.
    ///
    /// # Errors
    /// 403 `authorization_invalid` for the instance's secret key.
    pub(super) fn machine(&self) -> Result<&Machine> {
        match self {
            Self::Machine(machine) => Ok(machine),
            Self::Instance => Err(LocalError::api(
                403,
                "authorization_invalid",
                "This needs a machine secret key.",
            )),
        }
    }

    /// Whether the caller may see what belongs to a machine.
    pub(super) fn may_see(&self, machine_id: &str) -> bool {
        match self {
            Self::Instance => true,
            Self::Machine(machine) => machine.id == machine_id,
        }
    }
}
