//! `tenantry reconcile`: mends the local copy of Clerk's users, organizations and memberships now,
//! rather than at the server's next start or in the night.

use super::serve;
use crate::{config::Config, jobs::reconcile::reconcile, start::StartError, state::AppState};

/// Walks Clerk, mends, and prints what that took. The server may run meanwhile.
///
/// # Errors
/// [`StartError::Reconcile`] when Clerk could not be walked to the end, or what keeps it from
/// beginning.
pub async fn run(config: Config) -> Result<(), StartError> {
    let work = async |state: AppState| reconcile(&state.clerk, &state.store).await;
    let repairs = serve::beside(config, work).await??;
    println!("{repairs}");
    Ok(())
}
