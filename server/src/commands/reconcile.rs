//! `tenantry reconcile`: mends the local copy of Clerk's users, organizations and memberships now,
//! rather than at the server's next start or in the night.

use clerk::clock::SystemClock;

use super::{migrate, serve};
use crate::{
    config::{ClerkConfig, Config},
    jobs::reconcile::reconcile,
    site::Site,
    start::{self, StartError},
};

/// Walks Clerk, mends, and prints what that took. The server may run meanwhile.
///
/// # Errors
/// [`StartError::Reconcile`] when Clerk could not be walked to the end, or what keeps it from
/// beginning.
pub async fn run(config: Config) -> Result<(), StartError> {
    migrate::run_if_embedded(&config).await?;
    let listener = serve::listen_beside().await?;
    let addr = serve::address_of(&listener)?;
    let site = Site::without_files();
    let server = start::build(&config, addr, &site, SystemClock::shared(), false).await?;
    let state = server.state.clone();
    let work = async move { reconcile(&state.clerk, &state.store).await };
    let repairs = match config.clerk {
        // The instance is part of the server: it answers as long as that is served.
        ClerkConfig::Local { .. } => serve::while_serving(listener, server, work).await?,
        ClerkConfig::Remote(_) => work.await,
    }?;
    println!("{repairs}");
    Ok(())
}
