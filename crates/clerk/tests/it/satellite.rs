//! Rows 1 to 3: satellites and the primary domain they ask.

use clerk::{
    authenticate::{AuthenticateError, Reason, RequestState, Status},
    keys::{DomainError, InstanceKind, ProxyUrl},
};

use crate::world::{NOW, Page, World, location_query, set_cookies};

fn satellite(kind: InstanceKind) -> World {
    let mut world = World::new(kind);
    world.options.proxy_url = None;
    world.options.public_origin = None;
    world.options.is_satellite = true;
    world.options.domain = Some("shop.example".to_owned());
    world.options.sign_in_url = Some("https://main.example/sign-in?a=b%20c".to_owned());
    world
}

fn page(uri: &str) -> Page {
    Page::at(uri).header("host", "shop.example")
}

fn assert_outcome(state: &RequestState, status: Status, reason: &Reason) {
    assert_eq!(
        (state.status(), state.reason()),
        (status, Some(reason.clone()))
    );
    let headers = state.headers();
    assert_eq!(headers["x-clerk-auth-status"], status.as_str());
    assert_eq!(headers["x-clerk-auth-reason"], *reason.as_str());
}

#[tokio::test]
async fn rows_1_and_2_when_a_satellite_asks() {
    use Reason::{SatelliteNeedsSyncing, SessionTokenAndUatMissing};
    use Status::{Handshake, SignedOut};
    for kind in [InstanceKind::Production, InstanceKind::Development] {
        let mut world = satellite(kind);
        let with_uat = page("/?__clerk_synced=false").cookie("__client_uat", "5");
        let cases = [
            (None, page("/"), SignedOut, SessionTokenAndUatMissing),
            (Some(false), page("/"), SignedOut, SessionTokenAndUatMissing),
            (Some(true), page("/"), Handshake, SatelliteNeedsSyncing),
            (
                None,
                page("/?__clerk_synced=false"),
                Handshake,
                SatelliteNeedsSyncing,
            ),
            (None, with_uat, Handshake, SatelliteNeedsSyncing),
        ];
        for (auto_sync, page, status, reason) in cases {
            world.options.satellite_auto_sync = auto_sync;
            assert_outcome(&world.decide(page).await, status, &reason);
        }
        // Back from the primary domain, the other rules decide.
        world.options.satellite_auto_sync = Some(true);
        let back = page("/?__clerk_synced=true").cookie("__clerk_db_jwt", "dvb_1");
        assert_outcome(
            &world.decide(back).await,
            SignedOut,
            &SessionTokenAndUatMissing,
        );
        // Neither for what is no page load.
        for page in [
            page("/").method("POST"),
            page("/").header("sec-fetch-dest", "iframe"),
        ] {
            let page = page.cookie("__clerk_db_jwt", "dvb_1");
            assert_outcome(
                &world.decide(page).await,
                SignedOut,
                &SessionTokenAndUatMissing,
            );
        }
        // The guard against going in circles holds here too.
        let third = page("/").cookie("__clerk_redirect_count", "3");
        assert_outcome(
            &world.decide(third).await,
            SignedOut,
            &SatelliteNeedsSyncing,
        );
    }
}

#[tokio::test]
async fn row_2_in_production_the_satellites_frontend_api_answers() {
    let mut world = satellite(InstanceKind::Production);
    let page = page("/x?__clerk_synced=false").header("x-forwarded-proto", "https");
    let state = world.decide(page.clone()).await;
    let location = state.location().unwrap();
    let start = "https://clerk.shop.example/v1/client/handshake?redirect_url=";
    assert!(location.starts_with(start), "{location}");
    let back = location_query(&state, "redirect_url");
    assert_eq!(
        back.as_deref(),
        Some("https://shop.example/x?__clerk_synced=false")
    );
    assert_eq!(state.headers()["cache-control"], "no-store");
    assert_eq!(
        set_cookies(&state),
        ["__clerk_redirect_count=1; SameSite=Lax; HttpOnly; Max-Age=2"]
    );
    // A proxy comes before the domain.
    world.options.proxy_url = ProxyUrl::parse("https://p.example/clerk").ok();
    let state = world.decide(page).await;
    assert!(
        state
            .location()
            .unwrap()
            .starts_with("https://p.example/clerk/v1/")
    );
}

#[tokio::test]
async fn row_2_in_development_the_primary_answers() {
    let world = satellite(InstanceKind::Development);
    let state = world.decide(page("/x?q=1&__clerk_synced=false")).await;
    assert_eq!(
        state.location().unwrap(),
        "https://main.example/sign-in?a=b+c&__clerk_redirect_url=\
         http%3A%2F%2Fshop.example%2Fx%3Fq%3D1%26__clerk_synced%3Dfalse"
    );
}

#[tokio::test]
async fn row_3_the_primary_sends_back() {
    let reason = Reason::PrimaryRespondsToSyncing;
    let world = World::development();
    let at = |back: &str| {
        let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
        Page::at(&format!("/sign-in?__clerk_redirect_url={back}"))
    };
    let page = at("https://shop.example/x?q=1%202&__clerk_synced=false&__clerk_synced=no");
    let state = world
        .decide(page.clone().cookie("__clerk_db_jwt", "dvb_1"))
        .await;
    assert_outcome(&state, Status::Handshake, &reason);
    let location = "https://shop.example/x?q=1+2&__clerk_synced=true&__clerk_db_jwt=dvb_1";
    assert_eq!(state.location(), Some(location));
    let state = world.decide(at("https://shop.example/x")).await;
    assert_eq!(
        state.location(),
        Some("https://shop.example/x?__clerk_synced=true")
    );
    assert_outcome(
        &world.decide(page.clone().by_script()).await,
        Status::SignedOut,
        &reason,
    );

    for wrong in ["/x", "javascript:alert(1)"] {
        let decided = world.authenticator().authenticate(&at(wrong).parts()).await;
        assert_eq!(decided.unwrap_err(), AuthenticateError::InvalidRedirectUrl);
    }
    // In production this is no business of ours.
    let state = World::production().decide(page).await;
    assert_outcome(
        &state,
        Status::SignedOut,
        &Reason::SessionTokenAndUatMissing,
    );
}

#[tokio::test]
async fn a_satellite_takes_its_own_frontend_apis_tokens() {
    let world = satellite(InstanceKind::Production);
    let mut claims = world.instance.claims(NOW);
    claims["iss"] = "https://clerk.shop.example".into();
    let token = world.instance.mint(&claims);
    let page = page("/")
        .signed_in(&token, NOW)
        .header("referer", "https://main.example/");
    let state = world.decide(page.clone()).await;
    assert_eq!(state.status(), Status::SignedIn, "{:?}", state.reason());

    let mut primary = satellite(InstanceKind::Production);
    primary.options.is_satellite = false;
    let header = page.header("authorization", &token);
    let state = primary.decide(header).await;
    assert_eq!(
        state.reason().unwrap().as_str(),
        "token-verification-failed"
    );
}

#[tokio::test]
async fn an_incomplete_satellite_is_an_error() {
    use AuthenticateError as E;
    type Change = fn(&mut World);
    let cases: [(InstanceKind, Change, &str, E); 8] = [
        (
            InstanceKind::Development,
            |w| w.options.sign_in_url = None,
            "",
            E::MissingSignInUrl,
        ),
        (
            InstanceKind::Development,
            |w| w.options.sign_in_url = Some(String::new()),
            "",
            E::MissingSignInUrl,
        ),
        (
            InstanceKind::Production,
            |w| w.options.sign_in_url = Some("/in".into()),
            "https://a.b",
            E::InvalidSignInUrl,
        ),
        (
            InstanceKind::Development,
            |w| w.options.sign_in_url = Some("/in".into()),
            "",
            E::InvalidSignInUrl,
        ),
        (
            InstanceKind::Production,
            |_| {},
            "https://main.example",
            E::SignInUrlOnSatellite,
        ),
        (
            InstanceKind::Production,
            |w| w.options.domain = None,
            "",
            E::MissingDomain,
        ),
        (
            InstanceKind::Production,
            |w| w.options.domain = Some(String::new()),
            "",
            E::MissingDomain,
        ),
        (
            InstanceKind::Production,
            |w| w.options.domain = Some("a/b".into()),
            "",
            E::InvalidDomain(DomainError("a/b".into())),
        ),
    ];
    for (kind, change, origin, error) in cases {
        let mut world = satellite(kind);
        world.options.satellite_auto_sync = Some(true);
        change(&mut world);
        let mut page = page("/");
        if !origin.is_empty() {
            page = page.header("origin", origin);
        }
        let decided = world
            .authenticator()
            .authenticate(&page.clone().parts())
            .await;
        assert_eq!(decided.unwrap_err(), error);
        // What is no satellite needs none of it.
        world.options.is_satellite = false;
        assert!(
            world
                .authenticator()
                .authenticate(&page.parts())
                .await
                .is_ok()
        );
    }
}
