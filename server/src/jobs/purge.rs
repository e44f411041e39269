//! Purging deleted organizations whose time has come: at Clerk first, then here. A purge that
//! broke off anywhere is taken up again by the next run.

use std::fmt;

use clerk::{
    api::{ApiClient, ApiError},
    ids::OrganizationId,
};
use store::{Store, StoreError};

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Purged {
    /// How many organizations are gone.
    pub organizations: usize,
}

/// Why some of the organizations are still there. The others are gone.
#[derive(Debug, thiserror::Error)]
pub enum PurgeError {
    /// Clerk refused, failed or did not answer.
    #[error("organization {id} is not purged, since Clerk does not delete it: {error}")]
    Clerk {
        /// The first one.
        id: OrganizationId,
        /// What Clerk said.
        error: ApiError,
    },
    /// The database refused or did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Purges every deleted organization that can't be brought back any more.
///
/// # Errors
/// The first [`PurgeError`], after the organizations that could be purged are.
pub async fn purge(clerk: &ApiClient, store: &Store) -> Result<Purged, PurgeError> {
    let mut purged = Purged::default();
    let mut first_error = None;
    for id in store.purge().due().await? {
        match purge_one(clerk, store, &id).await {
            Ok(true) => {
                purged.organizations += 1;
                tracing::info!(organization.id = %id, "organization purged");
            }
            Ok(false) => {}
            Err(error) => {
                first_error.get_or_insert(error);
            }
        }
    }
    first_error.map_or(Ok(purged), Err)
}

/// Whether it still was there to be purged.
async fn purge_one(
    clerk: &ApiClient,
    store: &Store,
    id: &OrganizationId,
) -> Result<bool, PurgeError> {
    if !store.purge().begin(id).await? {
        return Ok(false);
    }
    match clerk.organizations().delete(id).await {
        Ok(_) => {}
        // By the run before this one, or by somebody at Clerk.
        Err(error) if error.is_not_found() => {}
        Err(error) => {
            let id = id.clone();
            return Err(PurgeError::Clerk { id, error });
        }
    }
    store.purge().finish(id).await?;
    Ok(true)
}

impl fmt::Display for Purged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "organizations purged: {}", self.organizations)
    }
}
