//! The layer around a router, from request to answer.

use axum::{Router, body::Body, http::Response, routing::get};
use clerk::axum::{Auth, ClerkLayer};
use http::header;
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::world::{NOW, Page, World};

fn router(world: &World) -> Router {
    let who = |auth: Auth| async move {
        let name = match (auth.session(), auth.reason()) {
            (Some(session), None) => session.user_id().to_string(),
            (None, Some(reason)) => reason.to_string(),
            other => panic!("{other:?}"),
        };
        (
            [
                (header::SET_COOKIE, "own=1"),
                (header::CACHE_CONTROL, "max-age=60"),
            ],
            name,
        )
    };
    let inner = Router::new().route("/who", get(who).post(who));
    Router::new()
        .route("/who", get(who).post(who))
        .nest(
            "/nested",
            inner.clone().layer(ClerkLayer::new(world.authenticator())),
        )
        .layer(ClerkLayer::new(world.authenticator()))
}

async fn send(world: &World, page: Page) -> Response<Body> {
    router(world)
        .oneshot(page.request(Body::empty()))
        .await
        .unwrap()
}

async fn text(response: Response<Body>) -> String {
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn cookies(response: &Response<Body>) -> Vec<String> {
    let lines = response.headers().get_all("set-cookie").iter();
    lines
        .map(|line| line.to_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_signed_in_person_reaches_the_page() {
    let world = World::development();
    let page = Page::at("/who").signed_in(&world.token(0), NOW);
    let response = send(&world, page).await;
    assert_eq!(response.status(), 200);
    assert_eq!(cookies(&response), ["own=1"]);
    assert_eq!(response.headers()["cache-control"], "max-age=60");
    assert_eq!(text(response).await, "user_1");
}

#[tokio::test]
async fn a_browser_that_must_go_through_clerk_is_sent_there() {
    let world = World::development();
    let response = send(&world, Page::at("/who")).await;
    assert_eq!(response.status(), 307);
    let location = response.headers()["location"].to_str().unwrap();
    assert!(location.starts_with("http://localhost:3000/__clerk/v1/client/handshake?"));
    assert_eq!(
        response.headers()["x-clerk-auth-reason"],
        "dev-browser-missing"
    );
    assert_eq!(text(response).await, "");
}

#[tokio::test]
async fn a_signed_out_call_reaches_the_page_with_its_reason() {
    let world = World::development();
    let response = send(&world, Page::at("/who").by_script()).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["x-clerk-auth-status"], "signed-out");
    assert_eq!(text(response).await, "dev-browser-missing");
}

#[tokio::test]
async fn a_returning_handshake_sets_cookies_and_cleans_the_address() {
    let world = World::development();
    *world.backend.payload.lock().unwrap() =
        Some(vec![format!("__session={}; Path=/", world.token(0))]);
    let response = send(&world, Page::at("/who?__clerk_handshake_nonce=n&a=1")).await;
    assert_eq!(response.status(), 307);
    assert_eq!(
        response.headers()["location"],
        "http://localhost:3000/who?a=1"
    );
    assert_eq!(cookies(&response).len(), 1);
}

#[tokio::test]
async fn refreshed_cookies_join_the_applications_own_and_are_not_cached() {
    let world = World::development();
    let line = format!("__session={}; Path=/", world.token(0));
    *world.backend.refreshed.lock().unwrap() = Some(Ok(vec![line.clone()]));
    let page = Page::at("/who")
        .signed_in(&world.token(120), NOW - 200)
        .cookie(&format!("__refresh_{}", world.suffix()), "rt_1");
    let response = send(&world, page).await;
    assert_eq!(cookies(&response), ["own=1".to_owned(), line]);
    assert_eq!(response.headers()["cache-control"], "private, no-store");
    assert_eq!(text(response).await, "user_1");
}

#[tokio::test]
async fn a_wrong_set_up_is_an_error_of_ours() {
    let world = World::development();
    let response = send(&world, Page::at("/who?__clerk_handshake=nonsense")).await;
    assert_eq!(response.status(), 500);
    assert!(
        text(response)
            .await
            .starts_with("Clerk: Handshake token verification failed")
    );
}

#[tokio::test]
async fn nested_routers_see_the_whole_address() {
    let world = World::development();
    let inner = Router::new()
        .route("/who", get(|_: Auth| async { "never" }))
        .layer(ClerkLayer::new(world.authenticator()));
    let router = Router::new().nest("/nested", inner);
    let request = Page::at("/nested/who?a=1").request(Body::empty());
    let response = router.oneshot(request).await.unwrap();
    let location = response.headers()["location"].to_str().unwrap();
    let back = "redirect_url=http%3A%2F%2Flocalhost%3A3000%2Fnested%2Fwho%3Fa%3D1&";
    assert!(location.contains(back), "{location}");
}

#[tokio::test]
async fn a_route_without_the_layer_is_a_mistake() {
    let router = Router::new().route("/", get(|_: Auth| async { "never" }));
    let request = Page::at("/").request(Body::empty());
    assert_eq!(router.oneshot(request).await.unwrap().status(), 500);
}
