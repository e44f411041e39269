//! Extractors: a handler is called for those it is meant for, and for nobody else.

use axum::{Router, body::Body, http::Response, routing::get};
use clerk::{
    axum::{
        Caller, ClerkLayer, Denial, Denied, InOrganization, Machine, Require, Requirement, SignedIn,
    },
    has::Has,
    machine::AcceptsToken,
};
use http_body_util::BodyExt;
use serde_json::json;
use tower::ServiceExt;

use crate::world::{NOW, Page, World};

struct Admin;

impl Requirement for Admin {
    fn has() -> Has {
        Has::new().role("org:admin")
    }
}

fn router() -> Router {
    Router::new()
        .route(
            "/person",
            get(|SignedIn(session): SignedIn| async move { session.user_id().to_string() }),
        )
        .route(
            "/member",
            get(|who: InOrganization| async move {
                format!("{} of {}", who.session.user_id(), who.organization.id)
            }),
        )
        .route(
            "/admin",
            get(|who: Require<Admin>| async move { who.session().user_id().to_string() }),
        )
        .route(
            "/machine",
            get(|Machine(token): Machine| async move { token.subject().to_owned() }),
        )
        .route(
            "/caller",
            get(|caller: Caller| async move {
                match caller {
                    Caller::Session(session) => session.user_id().to_string(),
                    Caller::Machine(token) => token.subject().to_owned(),
                }
            }),
        )
        .route(
            "/own",
            get(|who: Result<SignedIn, Denied>| async move {
                match who {
                    Err(denied) if denied.denial() == Denial::SignedOut => "a guest",
                    _ => "somebody",
                }
            }),
        )
}

fn world() -> World {
    let mut world = World::production();
    world.options.accepts = AcceptsToken::Any;
    world.options.sign_in_url = Some("/sign-in".to_owned());
    world.knows_opaque_tokens();
    world
}

async fn send(world: &World, page: Page) -> Response<Body> {
    let router = router().layer(ClerkLayer::new(world.authenticator()));
    router.oneshot(page.request(Body::empty())).await.unwrap()
}

/// The status and the text of a call with this token.
async fn call(world: &World, path: &str, token: Option<&str>) -> (u16, String) {
    let mut page = Page::at(path).by_script();
    if let Some(token) = token {
        page = page.bearer(token);
    }
    let response = send(world, page).await;
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

fn token_of(world: &World, role: &str) -> String {
    let mut claims = world.instance.claims(NOW);
    claims["o"] = json!({ "id": "org_1", "slg": "acme", "rol": role });
    world.instance.mint(&claims)
}

#[tokio::test]
async fn each_handler_is_called_for_whom_it_is_meant() {
    let world = world();
    let (person, member, admin) = (
        world.token(0),
        token_of(&world, "member"),
        token_of(&world, "admin"),
    );
    let m2m = world.m2m_jwt(&world.instance, |_, _| {});
    let callers = [
        None,
        Some(&*person),
        Some(&*member),
        Some(&*admin),
        Some("ak_good"),
        Some(&*m2m),
        Some("mt_unknown"),
    ];
    for (path, statuses) in [
        ("/person", [401, 200, 200, 200, 401, 401, 401]),
        ("/member", [401, 404, 200, 200, 401, 401, 401]),
        ("/admin", [401, 404, 404, 200, 401, 401, 401]),
        ("/machine", [401, 401, 401, 401, 200, 200, 401]),
        ("/caller", [401, 200, 200, 200, 200, 200, 401]),
    ] {
        for (token, status) in callers.into_iter().zip(statuses) {
            assert_eq!(
                call(&world, path, token).await.0,
                status,
                "{path} {token:?}"
            );
        }
    }
    assert_eq!(
        call(&world, "/member", Some(&member)).await.1,
        "user_1 of org_1"
    );
    assert_eq!(call(&world, "/machine", Some("ak_good")).await.1, "org_1");
    assert_eq!(call(&world, "/caller", Some(&m2m)).await.1, "mch_1");
    assert_eq!(call(&world, "/caller", Some(&person)).await.1, "user_1");
}

#[tokio::test]
async fn a_page_leads_to_signing_in() {
    let world = world();
    for path in ["/person", "/member", "/admin", "/caller"] {
        let response = send(&world, Page::at(path)).await;
        assert_eq!(response.status(), 307, "{path}");
        let location = response.headers()["location"].to_str().unwrap();
        assert!(location.starts_with("/sign-in?redirect_url="), "{location}");
    }
    assert_eq!(send(&world, Page::at("/machine")).await.status(), 401);
}

#[tokio::test]
async fn a_handler_may_answer_the_refused_itself() {
    let world = world();
    assert_eq!(
        call(&world, "/own", None).await,
        (200, "a guest".to_owned())
    );
    assert_eq!(
        call(&world, "/own", Some(&world.token(0))).await.1,
        "somebody"
    );
}

#[tokio::test]
async fn without_the_layer_every_handler_is_closed() {
    for path in ["/person", "/member", "/admin", "/machine", "/caller"] {
        let request = Page::at(path).request(Body::empty());
        assert_eq!(
            router().oneshot(request).await.unwrap().status(),
            500,
            "{path}"
        );
    }
}
