//! `tenantry purge`: purges the deleted organizations whose time has come now, rather than at the
//! server's next start or in the night.

use super::serve;
use crate::{config::Config, jobs::purge::purge, start::StartError, state::AppState};

/// Purges, and prints how many. The server may run meanwhile.
///
/// # Errors
/// [`StartError::Purge`] when not all could be purged, or what keeps it from beginning.
pub async fn run(config: Config) -> Result<(), StartError> {
    let work = async |state: AppState| purge(&state.clerk, &state.store).await;
    let purged = serve::beside(config, work).await??;
    println!("{purged}");
    Ok(())
}
