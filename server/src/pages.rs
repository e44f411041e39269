//! Pages and server functions: hands each request to Leptos with the one context value they read.

use std::sync::Arc;

use app::{
    context::{Nonce, RequestContext},
    forms::{InPlace, Refusal},
};
use axum::{
    Extension, Router,
    extract::{FromRequest, FromRequestParts as _, Request, rejection::ExtensionRejection},
    response::{IntoResponse as _, Response},
    routing::on,
};
use clerk::{axum::Auth, client_ip::client_ip};
use http::{Method, StatusCode, header};
use leptos::{prelude::provide_context, server_fn::axum::server_fn_paths};
use store::Origin;

use crate::state::AppState;

/// Every server function under its own path, every other GET as a page.
///
/// A page decides its own status: what no route knows is the application's 404.
pub fn router() -> Router<AppState> {
    let mut router = Router::new();
    for (path, method) in server_fn_paths() {
        match method.try_into() {
            Ok(filter) => router = router.route(path, on(filter, server_function)),
            Err(_) => tracing::error!(path, "a server function has a method that is not routable"),
        }
    }
    router.fallback(page)
}

async fn page(Asked { context, request }: Asked) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    render(context, request, None).await
}

/// The page that `request` asks for, as the answer to a form if one was refused.
async fn render(context: RequestContext, request: Request, refusal: Option<Refusal>) -> Response {
    let for_shell = context.clone();
    let provide = move || {
        context.clone().provide();
        if let Some(refusal) = refusal.clone() {
            provide_context(refusal);
        }
    };
    leptos_axum::render_app_async_with_context(provide, move || app::shell(for_shell.clone()))(
        request,
    )
    .await
}

async fn server_function(Asked { context, request }: Asked) -> Response {
    let headers = request.headers().clone();
    let in_place = InPlace::default();
    let (for_function, left) = (context.clone(), in_place.clone());
    let provide = move || {
        for_function.clone().provide();
        provide_context(left.clone());
    };
    let answer = leptos_axum::handle_server_fns_with_context(provide, request).await;
    let Some(refused) = in_place.take() else {
        return answer.into_response();
    };
    let request = refused.request(headers);
    let mut page = render(context, request, Some(refused.refusal)).await;
    if page.status().is_success() {
        *page.status_mut() = refused.status;
    }
    page
}

/// A request, and what pages and server functions know of it.
pub(crate) struct Asked {
    pub(crate) context: RequestContext,
    pub(crate) request: Request,
}

impl FromRequest<AppState> for Asked {
    type Rejection = ExtensionRejection;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Self::Rejection> {
        let (mut parts, body) = request.into_parts();
        let Extension(auth) = Extension::<Auth>::from_request_parts(&mut parts, state).await?;
        let Extension(nonce) = Extension::<Nonce>::from_request_parts(&mut parts, state).await?;
        let user_agent = parts.headers.get(header::USER_AGENT);
        let context = RequestContext {
            auth,
            origin: Arc::new(Origin {
                ip: client_ip(&parts, state.trusted_proxies),
                user_agent: user_agent.and_then(|value| value.to_str().ok().map(str::to_owned)),
            }),
            store: state.store.clone(),
            clerk: state.clerk.clone(),
            identity_reads: state.identity_reads.clone(),
            exports: state.exports.clone(),
            live: state.live.clone(),
            config: state.app.clone(),
            clock: state.clock.clone(),
            nonce,
        };
        let request = Request::from_parts(parts, body);
        Ok(Self { context, request })
    }
}
