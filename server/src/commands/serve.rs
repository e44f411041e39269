//! `tenantry serve`.

use std::{future::IntoFuture as _, net::SocketAddr, time::Duration};

use tokio::{
    net::TcpListener,
    sync::{oneshot, watch},
};

use clerk::clock::SystemClock;

use super::migrate;
use crate::{
    config::{ClerkConfig, Config},
    jobs::nightly,
    site::Site,
    start::{self, Server, StartError},
    state::AppState,
};

/// Serves until the process is asked to stop, then lets running requests finish.
///
/// # Errors
/// What keeps it from starting.
pub async fn run(config: Config, reload: bool) -> Result<(), StartError> {
    let site = Site::find()?;
    // The address first: where a server runs already, its database is not migrated under it.
    let listener = listen(&config).await?;
    migrate::run_if_embedded(&config).await?;
    let addr = address_of(&listener)?;
    let server = start::build(&config, addr, &site, SystemClock::shared(), reload).await?;
    tracing::info!(%addr, url = %config.public_url, "serving");
    // Beside the first requests, not before them.
    let jobs = tokio::spawn(nightly::run(server.state.clone()));
    let outcome = serve(listener, server, stop_signal()).await;
    jobs.abort();
    outcome
}

/// Does `work` with the parts of a server, beside one that may run: for commands that need both
/// the database and Clerk.
///
/// # Errors
/// What keeps it from beginning.
pub(super) async fn beside<T>(
    config: Config,
    work: impl AsyncFnOnce(AppState) -> T,
) -> Result<T, StartError> {
    migrate::run_if_embedded(&config).await?;
    let listener = listen_beside().await?;
    let addr = address_of(&listener)?;
    let site = Site::without_files();
    let server = start::build(&config, addr, &site, SystemClock::shared(), false).await?;
    let work = work(server.state.clone());
    match config.clerk {
        // The instance is part of the server: it answers as long as that is served.
        ClerkConfig::Local { .. } => while_serving(listener, server, work).await,
        ClerkConfig::Remote(_) => Ok(work.await),
    }
}

/// Serves a built server for as long as `work` takes: for commands that use the local instance,
/// which answers as a part of the server.
///
/// # Errors
/// When the listener fails.
pub(super) async fn while_serving<T>(
    listener: TcpListener,
    server: Server,
    work: impl Future<Output = T>,
) -> Result<T, StartError> {
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(serve(listener, server, async move {
        let _ = stopped.await;
    }));
    let outcome = work.await;
    let _ = stop.send(());
    serving
        .await
        .map_err(|error| StartError::Address(error.to_string()))??;
    Ok(outcome)
}

/// A free port of this machine, for [`while_serving`].
///
/// # Errors
/// When there is none.
pub(super) async fn listen_beside() -> Result<TcpListener, StartError> {
    let listener = TcpListener::bind("127.0.0.1:0").await;
    listener.map_err(|error| StartError::Address(error.to_string()))
}

/// The address really listened on.
///
/// # Errors
/// When the system does not tell.
pub(super) fn address_of(listener: &TcpListener) -> Result<SocketAddr, StartError> {
    let addr = listener.local_addr();
    addr.map_err(|error| StartError::Address(error.to_string()))
}

/// Runs a built server on `listener` until `stop` resolves.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    server: Server,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), StartError> {
    // Components of pages run on this runtime.
    let _ = any_spawner::Executor::init_tokio();
    let (stopping, stopped) = watch::channel(false);
    let deliveries = run_deliveries(&server, stopped.clone());
    let mut patience = stopped.clone();
    let live = server.state.live.clone();
    // The browser's address, for the frontend API proxy.
    let service = server
        .router
        .into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        // Streams would go on as long as their pages are open.
        live.stop();
        let _ = stopping.send(true);
    });
    tokio::select! {
        outcome = serving.into_future() => {
            outcome.map_err(|error| StartError::Address(error.to_string()))?;
        }
        // A connection that never ends must not keep the process.
        () = async {
            let _ = patience.wait_for(|stopping| *stopping).await;
            tokio::time::sleep(DRAIN).await;
        } => tracing::warn!("stopped with connections still open"),
    }
    if let Some(deliveries) = deliveries {
        let _ = deliveries.await;
    }
    Ok(())
}

/// How long running requests may take to finish once the process is asked to stop.
const DRAIN: Duration = Duration::from_secs(5);

/// The local instance delivers its webhooks as long as the server runs.
#[cfg(feature = "local-clerk")]
fn run_deliveries(
    server: &Server,
    mut stopped: watch::Receiver<bool>,
) -> Option<tokio::task::JoinHandle<()>> {
    let local = server.clerk.local.clone()?;
    Some(tokio::spawn(async move {
        local
            .run_deliveries(async move {
                let _ = stopped.wait_for(|stopped| *stopped).await;
            })
            .await;
    }))
}

#[cfg(not(feature = "local-clerk"))]
fn run_deliveries(
    _server: &Server,
    _stopped: watch::Receiver<bool>,
) -> Option<tokio::task::JoinHandle<()>> {
    None
}

async fn listen(config: &Config) -> Result<TcpListener, StartError> {
    TcpListener::bind(config.addr).await.map_err(|error| {
        StartError::Address(format!(
            "TENANTRY_ADDR: {} cannot be listened on: {error}. Example: TENANTRY_ADDR=127.0.0.1:3001",
            config.addr
        ))
    })
}

/// Ctrl-C or SIGTERM.
async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
