//! A service for web and mobile clients and for other services, all with bearer tokens: no
//! cookies, no redirects, no session of its own. It may stand behind a gateway that has
//! verified the token already: it verifies it once more, without the network for JWTs.
//!
//! ```sh
//! CLERK_PUBLISHABLE_KEY=pk_test_… CLERK_SECRET_KEY=sk_test_… cargo run --example api_service
//! curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:4000/whoami
//! ```
//!
//! `$TOKEN` is a session token (`await clerk.session.getToken()` in a browser or an app), an
//! API key, or an M2M token.

use std::{env, error::Error, sync::Arc};

use axum::{Json, Router, routing::get};
use clerk::{
    api::{ApiClient, ApiOptions, DEFAULT_API_URL},
    authenticate::{AuthenticateOptions, Authenticator},
    axum::{Caller, ClerkLayer, Machine, Protect, PublicRoutes, Require, Requirement},
    has::Has,
    keys::{PublishableKey, SecretKey},
    machine::{AcceptsToken, TokenType},
    verify::RsaPublicKey,
};
use http::StatusCode;
use serde_json::{Value, json};

/// The kinds of token that this service takes.
const ACCEPTED: [TokenType; 3] = [TokenType::Session, TokenType::ApiKey, TokenType::M2m];

/// People who may see the invoices of their organization.
struct ReadsInvoices;

impl Requirement for ReadsInvoices {
    fn has() -> Has {
        Has::new().permission("org:invoices:read")
    }
}

async fn whoami(caller: Caller) -> Json<Value> {
    Json(match caller {
        Caller::Session(session) => json!({
            "user": session.user_id(),
            "organization": session.organization().map(|organization| &organization.id),
        }),
        Caller::Machine(token) => json!({
            "kind": token.token_type().as_str(),
            "subject": token.subject(),
            "scopes": token.scopes(),
        }),
    })
}

async fn invoices(who: Require<ReadsInvoices>) -> Json<Value> {
    let organization = who
        .session()
        .organization()
        .map(|organization| &organization.id);
    Json(json!({ "organization": organization, "invoices": [] }))
}

/// A machine has no role. What it may do stands in its scopes.
async fn report(Machine(token): Machine) -> Result<Json<Value>, StatusCode> {
    if !token.has_scope("reports:write") {
        return Err(StatusCode::FORBIDDEN);
    }
    Ok(Json(json!({ "accepted_from": token.subject() })))
}

fn router(authenticator: Authenticator) -> Result<Router, Box<dyn Error>> {
    Ok(Router::new()
        .route("/health", get(|| async { "ok" }))
        .route("/whoami", get(whoami))
        .route("/invoices", get(invoices))
        .route("/reports", get(report))
        .layer(
            Protect::new()
                .accepts(ACCEPTED)
                .except(PublicRoutes::new(["/health"])?),
        )
        .layer(ClerkLayer::new(authenticator)))
}

fn authenticator() -> Result<Authenticator, Box<dyn Error>> {
    let key = PublishableKey::parse(&env::var("CLERK_PUBLISHABLE_KEY")?)?;
    let secret_key = SecretKey::parse(&env::var("CLERK_SECRET_KEY")?)?;
    let api_url = env::var("CLERK_API_URL").unwrap_or_else(|_| DEFAULT_API_URL.to_owned());
    let client = ApiClient::new(ApiOptions::at(api_url.parse()?, secret_key))?;

    let mut options = AuthenticateOptions::new(key);
    options.bearer_only = true;
    options.accepts = AcceptsToken::from(ACCEPTED);
    if let Ok(pem) = env::var("CLERK_JWT_KEY") {
        // Then JWTs need no network at all.
        options.jwt_key = Some(Arc::new(RsaPublicKey::from_pem(&pem)?));
    }
    Ok(Authenticator::new(options, Arc::new(client)))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = env::var("ADDRESS").unwrap_or_else(|_| "127.0.0.1:4000".to_owned());
    let listener = tokio::net::TcpListener::bind(&address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, router(authenticator()?)?).await?;
    Ok(())
}
