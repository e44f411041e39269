//! The providers of accounts, played by the instance: Google, GitHub and Discord.
//!
//! A browser comes to `/provider/{slug}/authorize` as it would go to the real one, says who it is or
//! refuses, and goes back with a code. Whether it may is the business of `flows::oauth`; here is only
//! the other side: [`page`] asks, `state::provider_accounts` knows the accounts and the codes.

mod ask;
mod kind;
mod page;

use axum::{Router, extract::Path, middleware, response::IntoResponse, routing::get};
use http::{StatusCode, header};

use crate::{LocalState, portal};

pub use ask::{Ask, callback};
pub use kind::Provider;

/// Routes at `/provider`.
pub fn router(state: &LocalState) -> Router<LocalState> {
    let pages = Router::new()
        .route("/{provider}/authorize", get(page::ask).post(page::take))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            portal::check_origin,
        ))
        .route("/{provider}/icon.svg", get(icon));
    Router::new().nest("/provider", pages)
}

/// The address of a provider's picture.
pub fn icon_url(options: &crate::LocalOptions, provider: Provider) -> String {
    options.instance_url(&format!("/provider/{}/icon.svg", provider.slug()))
}

/// A letter on a disc: the real ones are trade marks.
async fn icon(Path(slug): Path<String>) -> impl IntoResponse {
    let Some(provider) = Provider::from_slug(&slug) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let color = match provider {
        Provider::Google => "#1a73e8",
        Provider::Github => "#24292f",
        Provider::Discord => "#5865f2",
    };
    let letter = provider.name().chars().next().unwrap_or('?');
    let svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="{color}"/><text x="16" y="22" text-anchor="middle" font-family="sans-serif" font-size="17" font-weight="700" fill="#fff">{letter}</text></svg>"##
    );
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
    ];
    (headers, svg).into_response()
}
