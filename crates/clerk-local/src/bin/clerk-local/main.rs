//! `clerk-local`: the local Clerk instance as a program of its own, for any project in any language.

mod arguments;
mod playground;
mod stop;

use std::{net::SocketAddr, process::ExitCode};

use axum::Router;
use clap::Parser;
use clerk_local::{BASE_PATH, LocalClerk};
use tokio::net::TcpListener;
use url::Url;

use self::arguments::Arguments;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,clerk_local=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("clerk-local: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind(arguments.addr).await?;
    let port = listener.local_addr()?.port();
    // Browsers keep cookies for a name and give passkeys to it, and to no number.
    let own_url = Url::parse(&format!("http://localhost:{port}"))?;
    let clerk = LocalClerk::open(arguments.options(&own_url)?).await?;
    let routes = Router::new()
        .nest(BASE_PATH, clerk.router())
        .merge(playground::router(clerk.publishable_key().as_str()));
    tell(&clerk);

    let stop = stop::on_signal();
    let deliveries = {
        let (clerk, stop) = (clerk.clone(), stop.clone());
        tokio::spawn(async move { clerk.run_deliveries(stop.asked()).await })
    };
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(stop.clone().asked());
    tokio::select! {
        served = async { server.await } => served?,
        () = stop.overdue() => tracing::warn!("connections are still open; ending all the same"),
    }
    deliveries.await?;
    Ok(())
}

/// What an application needs in its environment; secrets stay out of terminals and logs.
fn tell(clerk: &LocalClerk) {
    let options = clerk.state().options();
    let proxy = options.instance_url("");
    println!(
        "A local Clerk instance for {app}\n\n\
         CLERK_PUBLISHABLE_KEY={key}\n\
         CLERK_API_URL={proxy}/backend\n\
         CLERK_PROXY_URL={proxy}\n\
         CLERK_JS_URL={proxy}/npm/@clerk/clerk-js@6/dist/clerk.browser.js\n\n\
         CLERK_SECRET_KEY, CLERK_JWT_KEY and CLERK_WEBHOOK_SIGNING_SECRET: curl {proxy}/keys.json\n\
         Mails: {proxy}/outbox   Webhooks: {proxy}/webhooks",
        app = options.public_origin(),
        key = clerk.publishable_key().as_str(),
    );
}
