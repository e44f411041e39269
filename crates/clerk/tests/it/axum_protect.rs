//! `Protect` around a router: who reaches a page, and what the others get.

use axum::{Router, body::Body, http::Response, routing::get};
use clerk::{
    axum::{Auth, ClerkLayer, Protect, PublicRoutes},
    has::{Has, Reverification},
    machine::{AcceptsToken, TokenType},
};
use http::StatusCode;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;
use url::Url;

use crate::world::{NOW, Page, World};

fn router(world: &World, protect: Protect) -> Router {
    let handler = || async { "reached" };
    let inner = Router::new().route("/page", get(handler));
    Router::new()
        .route("/", get(handler))
        .route("/app", get(handler).post(handler))
        .route("/sign-in", get(handler))
        .route("/sign-in/{*rest}", get(handler))
        .nest("/nested", inner)
        .layer(protect)
        .layer(ClerkLayer::new(world.authenticator()))
}

async fn send(world: &World, protect: Protect, page: Page) -> Response<Body> {
    let request = page.request(Body::empty());
    router(world, protect).oneshot(request).await.unwrap()
}

fn world() -> World {
    let mut world = World::production();
    world.options.sign_in_url = Some("/sign-in".to_owned());
    world.knows_opaque_tokens();
    world
}

fn public() -> PublicRoutes {
    PublicRoutes::new(["/", "/sign-in(.*)"]).unwrap()
}

fn location(response: &Response<Body>) -> &str {
    response.headers()["location"].to_str().unwrap()
}

async fn body(response: Response<Body>) -> String {
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The code of an error as Clerk's APIs write it.
async fn code(response: Response<Body>) -> String {
    let body: Value = serde_json::from_str(&body(response).await).unwrap();
    assert!(body["errors"][0]["message"].is_string());
    assert!(body["errors"][0]["long_message"].is_string());
    body["errors"][0]["code"].as_str().unwrap().to_owned()
}

fn member(world: &World, role: &str) -> String {
    let mut claims = world.instance.claims(NOW);
    claims["o"] = json!({ "id": "org_1", "slg": "acme", "rol": role });
    world.instance.mint(&claims)
}

#[tokio::test]
async fn a_signed_in_person_reaches_every_page() {
    let world = world();
    for path in ["/", "/app", "/nested/page"] {
        let page = Page::at(path).signed_in(&world.token(0), NOW);
        assert_eq!(
            send(&world, Protect::new(), page).await.status(),
            200,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_page_leads_to_signing_in_and_back() {
    let world = world();
    let response = send(
        &world,
        Protect::new().except(public()),
        Page::at("/app?a=1&b=2"),
    )
    .await;
    assert_eq!(response.status(), 307);
    let back = "redirect_url=http%3A%2F%2Flocalhost%3A3000%2Fapp%3Fa%3D1%26b%3D2";
    assert_eq!(location(&response), format!("/sign-in?{back}"));
    assert_eq!(response.headers()["cache-control"], "private, no-store");
    assert_eq!(response.headers()["x-clerk-auth-status"], "signed-out");
    assert_eq!(body(response).await, "");
    let nested = send(&world, Protect::new(), Page::at("/nested/page")).await;
    assert!(location(&nested).ends_with("3000%2Fnested%2Fpage"));
}

#[tokio::test]
async fn a_form_is_not_sent_on_to_the_sign_in_page() {
    let world = world();
    let response = send(&world, Protect::new(), Page::at("/app").method("POST")).await;
    assert_eq!(response.status(), 303);
}

#[tokio::test]
async fn a_request_cannot_name_where_to_sign_in() {
    let mut world = world();
    let forged = Page::at("//evil.com/app")
        .header("host", "evil.com")
        .header("x-forwarded-host", "evil.com");
    let response = send(&world, Protect::new(), forged.clone()).await;
    assert!(
        location(&response)
            .starts_with("/sign-in?redirect_url=http%3A%2F%2Flocalhost%3A3000%2F%2Fevil")
    );
    // Even if the own origin is not configured, the redirect stays where the request went.
    world.options.public_origin = None;
    let response = send(&world, Protect::new(), forged).await;
    assert!(location(&response).starts_with("/sign-in?"));
}

#[tokio::test]
async fn without_a_sign_in_page_of_its_own_the_account_portal_is_one() {
    let mut world = World::development();
    world.options.sign_in_url = None;
    // Signed out, but known to Clerk.
    let page = Page::at("/app")
        .cookie("__clerk_db_jwt", "dvb_1")
        .cookie("__client_uat", "0");
    let response = send(&world, Protect::new(), page.clone()).await;
    let url = Url::parse(location(&response)).unwrap();
    assert_eq!(url.host_str(), Some("accounts.tests.lcl.dev"));
    assert_eq!(url.path(), "/sign-in");
    let query: Vec<_> = url.query_pairs().collect();
    assert_eq!(
        query[0],
        ("redirect_url".into(), "http://localhost:3000/app".into())
    );
    assert_eq!(query[1], ("__clerk_db_jwt".into(), "dvb_1".into()));
    world.options.sign_in_url = Some("https://id.example.com/in?x=1".to_owned());
    let response = send(&world, Protect::new(), page).await;
    assert!(location(&response).starts_with("https://id.example.com/in?x=1&redirect_url="));
}

#[tokio::test]
async fn a_satellite_leads_to_the_primary_domain_and_asks_to_be_synced() {
    let mut world = world();
    world.options.is_satellite = true;
    world.options.domain = Some("shop.example".to_owned());
    world.options.sign_in_url = Some("https://primary.example/sign-in".to_owned());
    let response = send(&world, Protect::new(), Page::at("/app?a=1")).await;
    let url = Url::parse(location(&response)).unwrap();
    assert_eq!(url.host_str(), Some("primary.example"));
    let back = url.query_pairs().next().unwrap();
    let expected = "http://localhost:3000/app?a=1&__clerk_synced=false";
    assert_eq!(back, ("redirect_url".into(), expected.into()));
}

#[tokio::test]
async fn a_sign_in_page_that_is_protected_is_no_loop() {
    let world = world();
    let response = send(&world, Protect::new(), Page::at("/sign-in?redirect_url=x")).await;
    assert_eq!(response.status(), 401);
}

#[tokio::test]
async fn anything_but_a_page_gets_401() {
    let world = world();
    for page in [
        Page::at("/app").by_script(),
        Page::at("/app").by_script().method("POST"),
        Page::at("/app").by_script().bearer("nonsense"),
        Page::at("/app").by_script().bearer("ak_good"),
        Page::at("/unknown").by_script(),
    ] {
        let response = send(&world, Protect::new(), page).await;
        assert_eq!(response.status(), 401);
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
        assert_eq!(code(response).await, "signed_out");
    }
}

#[tokio::test]
async fn only_listed_routes_are_public() {
    let world = world();
    for (path, status) in [
        ("/", 200),
        ("/sign-in", 200),
        ("/sign-in/sso?x=1", 200),
        ("/app", 401),
        ("/nested/page", 401),
        ("/unknown", 401),
        ("/sign-in/../app", 401),
        ("/sign-in/%2e%2e/app", 401),
    ] {
        let page = Page::at(path).by_script();
        let response = send(&world, Protect::new().except(public()), page).await;
        assert_eq!(response.status(), status, "{path}");
    }
}

#[tokio::test]
async fn a_nested_router_is_judged_by_its_whole_path() {
    let world = world();
    // Inside, the path is "/page"; the rule is about the one that the browser sees.
    for (pattern, status) in [("/nested/page", 200), ("/page", 401)] {
        let public = PublicRoutes::new([pattern]).unwrap();
        let inner = Router::new()
            .route("/page", get(|| async { "reached" }))
            .layer(Protect::new().except(public))
            .layer(ClerkLayer::new(world.authenticator()));
        let router = Router::new().nest("/nested", inner);
        let request = Page::at("/nested/page").by_script().request(Body::empty());
        assert_eq!(
            router.oneshot(request).await.unwrap().status(),
            status,
            "{pattern}"
        );
    }
}

#[tokio::test]
async fn a_pending_session_is_led_to_its_tasks() {
    let world = world();
    let mut claims = world.instance.claims(NOW);
    claims["sts"] = "pending".into();
    let token = world.instance.mint(&claims);
    let response = send(
        &world,
        Protect::new(),
        Page::at("/app").signed_in(&token, NOW),
    )
    .await;
    assert!(location(&response).starts_with("/sign-in/tasks?redirect_url="));
    let script = Page::at("/app").signed_in(&token, NOW).by_script();
    assert_eq!(send(&world, Protect::new(), script).await.status(), 401);
}

#[tokio::test]
async fn who_may_not_is_not_told_that_there_is_something() {
    let world = world();
    let admins = || Protect::new().require(Has::new().role("org:admin"));
    let page = |token: &str| Page::at("/app").signed_in(token, NOW);
    let response = send(&world, admins(), page(&member(&world, "admin"))).await;
    assert_eq!(response.status(), 200);
    for token in [member(&world, "member"), world.token(0)] {
        let response = send(&world, admins(), page(&token)).await;
        assert_eq!(response.status(), 404);
        assert_eq!(body(response).await, "Not found");
        let response = send(&world, admins(), page(&token).by_script()).await;
        assert_eq!(
            (response.status(), code(response).await.as_str()),
            (StatusCode::NOT_FOUND, "resource_not_found")
        );
        let response = send(&world, admins().or_forbidden(), page(&token).by_script()).await;
        assert_eq!(
            (response.status(), code(response).await.as_str()),
            (StatusCode::FORBIDDEN, "authorization_invalid")
        );
    }
    // A condition that was forgotten locks.
    let nothing = Protect::new().require(Has::new());
    assert_eq!(
        send(&world, nothing, page(&world.token(0))).await.status(),
        404
    );
}

#[tokio::test]
async fn who_must_prove_again_who_they_are_is_told_so() {
    let world = world();
    let mut claims = world.instance.claims(NOW);
    claims["o"] = json!({ "id": "org_1", "slg": "acme", "rol": "admin" });
    claims["fva"] = json!([30, -1]);
    let token = world.instance.mint(&claims);
    let strict = Has::new()
        .role("admin")
        .reverification(Reverification::STRICT);
    let page = Page::at("/app").signed_in(&token, NOW).by_script();
    let response = send(&world, Protect::new().require(strict), page.clone()).await;
    assert_eq!(response.status(), 403);
    let body: Value = serde_json::from_str(&body(response).await).unwrap();
    let asked = json!({ "level": "second_factor", "afterMinutes": 10 });
    assert_eq!(body["clerk_error"]["reason"], "reverification-error");
    assert_eq!(body["clerk_error"]["metadata"]["reverification"], asked);
    // Who may not anyway does not learn it.
    let other = Has::new()
        .role("owner")
        .reverification(Reverification::STRICT);
    assert_eq!(
        send(&world, Protect::new().require(other), page)
            .await
            .status(),
        404
    );
}

#[tokio::test]
async fn machines_get_through_where_they_are_accepted() {
    let mut world = world();
    world.options.accepts = AcceptsToken::Any;
    let send = |protect: Protect, page: Page| {
        let router = router(&world, protect);
        async move {
            router
                .oneshot(page.request(Body::empty()))
                .await
                .unwrap()
                .status()
                .as_u16()
        }
    };
    let keys = || Protect::new().accepts(TokenType::ApiKey);
    let any = || Protect::new().accepts(AcceptsToken::Any);
    let api = || Page::at("/app").by_script();
    assert_eq!(send(keys(), api().bearer("ak_good")).await, 200);
    assert_eq!(send(keys(), api().bearer("mt_good")).await, 401);
    assert_eq!(send(keys(), api().bearer("ak_unknown")).await, 401);
    assert_eq!(
        send(keys(), api().signed_in(&world.token(0), NOW)).await,
        401
    );
    // Where only machines are let through nobody is led to sign in.
    assert_eq!(send(keys(), Page::at("/app")).await, 401);
    assert_eq!(send(Protect::new(), api().bearer("ak_good")).await, 401);
    assert_eq!(send(any(), api().bearer("mt_good")).await, 200);
    assert_eq!(send(any(), api().bearer(&world.token(0))).await, 200);
    assert_eq!(send(any(), Page::at("/app")).await, 307);
    // A role is a session's: no machine has one.
    let admins = any().require(Has::new().role("admin"));
    assert_eq!(send(admins, api().bearer("ak_good")).await, 401);
}

#[tokio::test]
async fn an_oauth_client_is_told_whom_to_ask() {
    let mut world = world();
    world.options.accepts = TokenType::OAuth.into();
    let protect = Protect::new().accepts(TokenType::OAuth);
    let response = send(&world, protect, Page::at("/app")).await;
    assert_eq!(response.status(), 401);
    assert_eq!(
        response.headers()["www-authenticate"],
        "Bearer resource_metadata=\"https://clerk.tests.lcl.dev/.well-known/oauth-protected-resource\""
    );
}

#[tokio::test]
async fn a_bearer_service_never_redirects() {
    let mut world = world();
    world.options.bearer_only = true;
    let response = send(&world, Protect::new(), Page::at("/app")).await;
    assert_eq!(response.status(), 401);
    let page = Page::at("/app").bearer(&world.token(0));
    assert_eq!(send(&world, Protect::new(), page).await.status(), 200);
}

#[tokio::test]
async fn without_the_clerk_layer_nobody_is_let_through() {
    let protect = Protect::new().accepts(AcceptsToken::Any).except(public());
    let router = Router::new()
        .route("/", get(|| async { "reached" }))
        .route("/app", get(|| async { "reached" }))
        .layer(protect);
    for (path, status) in [("/app", 500), ("/", 200)] {
        let request = Page::at(path).request(Body::empty());
        assert_eq!(
            router.clone().oneshot(request).await.unwrap().status(),
            status
        );
    }
}

#[tokio::test]
async fn an_auth_without_its_layer_refuses_without_a_redirect() {
    let auth = Auth::signed_out(clerk::authenticate::Reason::SessionTokenAndUatMissing);
    let router = Router::new()
        .route("/app", get(|| async { "reached" }))
        .layer(Protect::new())
        .layer(axum::Extension(auth));
    let request = Page::at("/app").request(Body::empty());
    assert_eq!(router.oneshot(request).await.unwrap().status(), 401);
}
