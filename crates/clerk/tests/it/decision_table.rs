//! Clerk's table of rules, row by row, for page loads and for calls that cannot be
//! redirected.

use clerk::authenticate::{RequestState, Status};
use serde_json::json;

use crate::world::{NOW, Page, World, location_query, set_cookies};

fn outcome(state: &RequestState) -> (Status, String) {
    let reason = state.reason().map(|reason| reason.as_str().into_owned());
    (state.status(), reason.unwrap_or_default())
}

async fn expect(world: &World, page: Page, status: Status, reason: &str) -> RequestState {
    let state = world.decide(page.clone()).await;
    assert_eq!(outcome(&state), (status, reason.to_owned()));
    let header = |name| {
        state
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap())
    };
    if status == Status::SignedIn {
        assert_eq!(header("x-clerk-auth-status"), None);
        assert!(state.session().is_some());
    } else {
        assert_eq!(header("x-clerk-auth-status"), Some(status.as_str()));
        assert_eq!(header("x-clerk-auth-reason"), Some(reason));
        assert!(state.session().is_none());
    }
    if status == Status::Handshake {
        assert_eq!(header("cache-control"), Some("no-store"));
        assert_eq!(
            location_query(&state, "__clerk_hs_reason").as_deref(),
            Some(reason)
        );
        // The same request by a script is signed out for the same reason.
        let script = world.decide(page.by_script()).await;
        let reason = if reason.contains("session-token-expired-refresh") {
            outcome(&script).1
        } else {
            reason.to_owned()
        };
        assert_eq!(outcome(&script), (Status::SignedOut, reason));
        assert_eq!(script.location(), None);
    } else {
        assert_eq!(state.location(), None);
    }
    state
}

#[tokio::test]
async fn row_4_a_dev_browser_token_in_the_address() {
    let page = Page::at("/x?__clerk_db_jwt=dvb_2&a=1");
    let state = expect(
        &World::development(),
        page.clone(),
        Status::Handshake,
        "dev-browser-sync",
    )
    .await;
    assert_eq!(
        location_query(&state, "__clerk_db_jwt").as_deref(),
        Some("dvb_2")
    );
    let back = location_query(&state, "redirect_url");
    assert_eq!(back.as_deref(), Some("http://localhost:3000/x?a=1"));
    let reason = "session-token-and-uat-missing";
    expect(&World::production(), page, Status::SignedOut, reason).await;
}

#[tokio::test]
async fn row_5_no_dev_browser_token() {
    let world = World::development();
    let state = expect(
        &world,
        Page::at("/"),
        Status::Handshake,
        "dev-browser-missing",
    )
    .await;
    assert_eq!(
        state.location().unwrap(),
        "http://localhost:3000/__clerk/v1/client/handshake\
         ?redirect_url=http%3A%2F%2Flocalhost%3A3000%2F&__clerk_api_version=2026-05-12\
         &suffixed_cookies=false&__clerk_hs_reason=dev-browser-missing&format=nonce"
    );
}

#[tokio::test]
async fn row_6_nobody() {
    let reason = "session-token-and-uat-missing";
    expect(
        &World::production(),
        Page::at("/"),
        Status::SignedOut,
        reason,
    )
    .await;
    let page = Page::at("/")
        .cookie("__clerk_db_jwt", "dvb_1")
        .cookie("__client_uat", "0");
    expect(&World::development(), page, Status::SignedOut, reason).await;
}

#[tokio::test]
async fn row_7_a_session_without_sign_in_time() {
    for uat in ["0", "", "x"] {
        for world in [World::development(), World::production()] {
            let page = Page::at("/")
                .cookie("__session", &world.token(0))
                .cookie("__client_uat", uat)
                .cookie("__clerk_db_jwt", "dvb_1");
            let reason = "session-token-but-no-client-uat";
            let state = expect(&world, page, Status::Handshake, reason).await;
            assert_eq!(location_query(&state, "__session"), Some(world.token(0)));
        }
    }
}

#[tokio::test]
async fn row_8_a_sign_in_time_without_session() {
    let page = Page::at("/")
        .cookie("__client_uat", "5")
        .cookie("__clerk_db_jwt", "dvb_1");
    let world = World::development();
    let reason = "client-uat-but-no-session-token";
    let state = expect(&world, page, Status::Handshake, reason).await;
    assert_eq!(
        location_query(&state, "__clerk_db_jwt").as_deref(),
        Some("dvb_1")
    );
    assert_eq!(location_query(&state, "__session"), None);
}

#[tokio::test]
async fn row_9_not_a_token() {
    for world in [World::development(), World::production()] {
        let page = Page::at("/").signed_in("gibberish", NOW);
        expect(&world, page, Status::SignedOut, "token-invalid").await;
    }
}

#[tokio::test]
async fn row_10_a_token_for_something_else() {
    let world = World::production();
    let mut machine = world.instance.claims(NOW);
    machine["sub"] = json!("mch_1");
    let mint = |header, claims| world.instance.mint_with_header(&header, claims);
    let claims = world.instance.claims(NOW);
    for token in [
        world.instance.mint(&machine),
        mint(
            json!({ "alg": "RS256", "kid": "ins_test", "typ": "at+jwt" }),
            &claims,
        ),
        mint(
            json!({ "alg": "RS256", "kid": "ins_test", "cat": "cl_B7d4PD222AAA" }),
            &claims,
        ),
        mint(
            json!({ "alg": "RS256", "kid": "ins_test", "cat": "cl_B7d4PD333AAA" }),
            &claims,
        ),
    ] {
        let page = Page::at("/").signed_in(&token, NOW);
        expect(&world, page, Status::SignedOut, "token-type-mismatch").await;
        let page = Page::at("/").header("authorization", &format!("Bearer {token}"));
        expect(&world, page, Status::SignedOut, "token-type-mismatch").await;
    }
}

#[tokio::test]
async fn row_11_a_token_from_before_the_last_sign_in() {
    let world = World::development();
    let page = Page::at("/").signed_in(&world.token(10), NOW - 9);
    let reason = "session-token-iat-before-client-uat";
    expect(&world, page, Status::Handshake, reason).await;
}

#[tokio::test]
async fn row_12_coming_from_another_site() {
    let reason = "primary-domain-cross-origin-sync";
    let production = ["https://accounts.tests.lcl.dev/sign-in"].as_slice();
    let development = [
        "https://happy-cat-1.accounts.dev/a",
        "https://accounts.x.lcl.dev/a",
    ];
    for (mut world, known, unknown) in [
        (World::production(), production, development.as_slice()),
        (World::development(), development.as_slice(), &[]),
    ] {
        world.options.proxy_url = None;
        let page = Page::at("/").signed_in(&world.token(0), NOW);
        let from = |referrer: &str| page.clone().header("referer", referrer);
        let everywhere = [
            "http://localhost:3000/other",
            "https://clerk.tests.lcl.dev/x",
            "not an address",
        ];
        for referrer in everywhere.iter().chain(known) {
            expect(&world, from(referrer), Status::SignedIn, "").await;
        }
        let elsewhere = [
            "https://other.com/a",
            "https://localhost:3000/",
            "http://accounts.tests.lcl.dev.evil.com/",
            "https://accounts.example.com/sign-in",
            "android-app://com.example",
        ];
        for referrer in elsewhere.iter().chain(unknown) {
            let state = world.decide(from(referrer)).await;
            let expected = (Status::Handshake, reason.to_owned());
            assert_eq!(outcome(&state), expected, "{referrer}");
        }
        // Not for parts of a page, not for a form, and not a second time.
        let other = from("https://other.com/a");
        let image = other.clone().header("sec-fetch-dest", "image");
        expect(&world, image, Status::SignedIn, "").await;
        expect(&world, other.clone().method("POST"), Status::SignedIn, "").await;
        let again = other.cookie("__clerk_redirect_count", "1");
        expect(&world, again, Status::SignedIn, "").await;
    }
}

#[tokio::test]
async fn row_12_behind_a_proxy_only_the_proxy_is_clerks() {
    let mut world = World::production();
    let proxy = clerk::keys::ProxyUrl::parse("https://proxy.example.com/clerk").unwrap();
    world.options.proxy_url = Some(proxy);
    let page = Page::at("/").signed_in(&world.token(0), NOW);
    let from = |referrer: &str| page.clone().header("referer", referrer);
    let proxied = from("https://proxy.example.com/x");
    expect(&world, proxied, Status::SignedIn, "").await;
    for referrer in [
        "https://clerk.tests.lcl.dev/x",
        "https://accounts.tests.lcl.dev/x",
    ] {
        let state = world.decide(from(referrer)).await;
        assert_eq!(state.status(), Status::Handshake, "{referrer}");
    }
}

#[tokio::test]
async fn row_14_somebody() {
    for world in [World::development(), World::production()] {
        let page = Page::at("/").signed_in(&world.token(5), NOW - 5);
        let state = expect(&world, page.clone(), Status::SignedIn, "").await;
        assert!(state.headers().is_empty());
        assert_eq!(state.session().unwrap().user_id().as_str(), "user_1");
        expect(
            &world,
            page.clone().method("POST").by_script(),
            Status::SignedIn,
            "",
        )
        .await;
    }
}

#[tokio::test]
async fn a_session_cookie_lasts_as_long_as_its_token_and_the_skew() {
    let world = World::development();
    let page = Page::at("/").signed_in(&world.token(0), NOW);
    world.clock.set((NOW + 60) * 1_000 + 4_999);
    expect(&world, page.clone(), Status::SignedIn, "").await;
    world.clock.advance(1);
    let reason = "session-token-expired-refresh-non-eligible-no-refresh-cookie";
    expect(&world, page, Status::Handshake, reason).await;
}

#[tokio::test]
async fn row_16_times() {
    let world = World::development();
    let expired = Page::at("/").signed_in(&world.token(120), NOW - 200);
    let reason = "session-token-expired-refresh-non-eligible-no-refresh-cookie";
    let state = expect(&world, expired.clone(), Status::Handshake, reason).await;
    let message = state.headers()["x-clerk-auth-message"].to_str().unwrap();
    assert!(message.starts_with("JWT is expired. Expiry date: Tue, 14 Nov 2023 22:12:20 GMT"));
    assert!(
        message.ends_with("(reason=token-expired, token-carrier=cookie)"),
        "{message}"
    );

    let post = world.decide(expired.method("POST")).await;
    let reason = "session-token-expired-refresh-non-eligible-non-get";
    assert_eq!(outcome(&post), (Status::SignedOut, reason.to_owned()));

    for (claim, reason) in [
        ("nbf", "session-token-nbf"),
        ("iat", "session-token-iat-in-the-future"),
    ] {
        let mut claims = world.instance.claims(NOW);
        claims[claim] = json!(NOW + 100);
        let page = Page::at("/").signed_in(&world.instance.mint(&claims), NOW - 200);
        expect(&world, page, Status::Handshake, reason).await;
    }
}

#[tokio::test]
async fn row_17_other_faults_are_final() {
    let mut world = World::production();
    world.options.authorized_parties = vec!["https://mine.com".to_owned()];
    let page = Page::at("/").signed_in(&world.token(0), NOW);
    expect(
        &world,
        page,
        Status::SignedOut,
        "token-invalid-authorized-parties",
    )
    .await;

    let world = World::production();
    let foreign =
        clerk::test_util::TestInstance::foreign(clerk::keys::InstanceKind::Production, "a.b");
    let forged = foreign.mint(&world.instance.claims(NOW));
    let page = Page::at("/").signed_in(&forged, NOW);
    expect(&world, page, Status::SignedOut, "token-invalid-signature").await;
}

#[tokio::test]
async fn a_pending_session_is_hidden_unless_asked_for() {
    let mut world = World::production();
    let mut claims = world.instance.claims(NOW);
    claims["sts"] = json!("pending");
    let page = Page::at("/").signed_in(&world.instance.mint(&claims), NOW);
    let state = world.decide(page.clone()).await;
    assert_eq!(
        outcome(&state),
        (Status::SignedIn, "session-pending".to_owned())
    );
    assert!(state.session().is_none() && state.pending_session().is_some());

    world.options.accept_pending = true;
    let state = world.decide(page).await;
    assert!(state.session().is_some() && state.reason().is_none());
}

#[tokio::test]
async fn a_header_token_counts_alone() {
    let world = World::development();
    let bearer = |token: &str| Page::at("/api").by_script().header("authorization", token);
    let good = format!("Bearer {}", world.token(0));
    expect(&world, bearer(&good), Status::SignedIn, "").await;
    expect(&world, bearer(&world.token(0)), Status::SignedIn, "").await;
    // The cookies of a signed-in person do not mend a bad header.
    let page = bearer("Bearer nonsense").signed_in(&world.token(0), NOW);
    expect(&world, page, Status::SignedOut, "token-invalid").await;
    // Another scheme is not for us.
    let page = bearer("Basic dXNlcjpwdw==").signed_in(&world.token(0), NOW);
    expect(&world, page, Status::SignedIn, "").await;

    let expired = format!("Bearer {}", world.token(120));
    let reason = "session-token-expired-refresh-non-eligible-no-refresh-cookie";
    let state = world.decide(bearer(&expired)).await;
    assert_eq!(outcome(&state), (Status::SignedOut, reason.to_owned()));
    let page = Page::at("/").header("authorization", &expired);
    let state = world.decide(page).await;
    assert_eq!(outcome(&state), (Status::Handshake, reason.to_owned()));
    let message = state.message();
    assert!(message.ends_with("token-carrier=header)"), "{message}");
}

#[tokio::test]
async fn the_loop_guard_counts_to_three() {
    let world = World::development();
    for (count, next) in [
        (None, "1"),
        (Some("1"), "2"),
        (Some("2"), "3"),
        (Some("x"), "1"),
    ] {
        let mut page = Page::at("/");
        if let Some(count) = count {
            page = page.cookie("__clerk_redirect_count", count);
        }
        let state = world.decide(page).await;
        assert_eq!(
            set_cookies(&state),
            [format!(
                "__clerk_redirect_count={next}; SameSite=Lax; HttpOnly; Max-Age=2"
            )]
        );
    }
    let page = Page::at("/").cookie("__clerk_redirect_count", "3");
    let state = expect(&world, page, Status::SignedOut, "dev-browser-missing").await;
    assert_eq!(set_cookies(&state), [""; 0]);
}

#[tokio::test]
async fn where_the_frontend_api_is() {
    let mut world = World::production();
    let page = Page::at("/a%20b?q=1%202").cookie("__client_uat", "5");
    let start = |state: &RequestState| {
        state
            .location()
            .unwrap()
            .split('?')
            .next()
            .unwrap()
            .to_owned()
    };

    world.options.proxy_url = None;
    let state = world.decide(page.clone()).await;
    assert_eq!(
        start(&state),
        "https://clerk.tests.lcl.dev/v1/client/handshake"
    );

    let absolute = clerk::keys::ProxyUrl::parse("http://127.0.0.1:7801/x/").unwrap();
    world.options.proxy_url = Some(absolute);
    let state = world.decide(page.clone()).await;
    assert_eq!(start(&state), "http://127.0.0.1:7801/x/v1/client/handshake");

    // A relative one is on the origin that people see.
    world.options.proxy_url = Some(clerk::keys::ProxyUrl::parse("/__clerk").unwrap());
    world.options.public_origin = None;
    let forwarded = page
        .clone()
        .header("x-forwarded-host", "a.com")
        .header("x-forwarded-proto", "https");
    let state = world.decide(forwarded.clone()).await;
    assert_eq!(start(&state), "https://a.com/__clerk/v1/client/handshake");
    let back = location_query(&state, "redirect_url");
    assert_eq!(back.as_deref(), Some("https://a.com/a%20b?q=1+2"));

    // A configured origin cannot be talked away.
    world.options.public_origin = Some("http://localhost:3000".parse().unwrap());
    let state = world.decide(forwarded.header("host", "evil.com")).await;
    assert_eq!(
        start(&state),
        "http://localhost:3000/__clerk/v1/client/handshake"
    );
}

#[tokio::test]
async fn suffixed_cookies() {
    let world = World::development();
    let suffix = world.suffix().to_owned();
    let name = |name: &str| format!("{name}_{suffix}");
    let base = Page::at("/").cookie(&name("__clerk_db_jwt"), "dvb_s");
    let both = base
        .clone()
        .cookie(&name("__session"), &world.token(5))
        .cookie(&name("__client_uat"), &(NOW - 5).to_string());

    // Only suffixed ones.
    expect(&world, both.clone(), Status::SignedIn, "").await;

    // A plain token of another instance does not count.
    let other = clerk::test_util::TestInstance::new(
        clerk::keys::InstanceKind::Development,
        "clerk.other.lcl.dev",
    );
    let mixed = both
        .clone()
        .cookie("__session", &other.mint(&other.claims(NOW)));
    expect(&world, mixed, Status::SignedIn, "").await;
    let mixed = base.cookie("__session", &other.mint(&other.claims(NOW)));
    expect(
        &world,
        mixed,
        Status::SignedOut,
        "session-token-and-uat-missing",
    )
    .await;

    // A plain token without issuer is taken, and refused.
    let mut nameless = world.instance.claims(NOW);
    nameless["iss"] = json!(null);
    let mixed = both.clone().signed_in(&world.instance.mint(&nameless), NOW);
    expect(
        &world,
        mixed,
        Status::SignedOut,
        "token-verification-failed",
    )
    .await;

    // A newer plain token counts: here it is of another person.
    let mut newer = world.instance.claims(NOW);
    newer["sub"] = json!("user_2");
    let mixed = both.clone().signed_in(&world.instance.mint(&newer), NOW);
    let state = expect(&world, mixed, Status::SignedIn, "").await;
    assert_eq!(state.session().unwrap().user_id().as_str(), "user_2");
    let mut older = world.instance.claims(NOW - 20);
    older["sub"] = json!("user_2");
    let mixed = both
        .clone()
        .signed_in(&world.instance.mint(&older), NOW - 20);
    let state = expect(&world, mixed, Status::SignedIn, "").await;
    assert_eq!(state.session().unwrap().user_id().as_str(), "user_1");

    // Signed out by suffix, signed in plainly: the plain ones are newer.
    let mixed = Page::at("/")
        .cookie(&name("__client_uat"), "0")
        .signed_in(&world.token(0), NOW);
    expect(&world, mixed, Status::SignedIn, "").await;

    // Signed in by suffix with an expired token, signed out plainly: development only.
    let stale = |page: Page| {
        page.cookie(&name("__session"), &world.token(120))
            .cookie(&name("__client_uat"), &(NOW - 120).to_string())
            .cookie("__client_uat", "0")
            .cookie("__clerk_db_jwt", "dvb_1")
    };
    let reason = "session-token-and-uat-missing";
    expect(&world, stale(Page::at("/")), Status::SignedOut, reason).await;

    // A suffixed token without its sign-in time: the instance does not write them now.
    let mixed = Page::at("/")
        .cookie(&name("__session"), &world.token(30))
        .signed_in(&world.token(30), NOW - 30);
    let state = world.decide(mixed).await;
    assert!(state.session().is_some());

    // Suffixed cookies are asked for again in a handshake.
    let expired = Page::at("/")
        .cookie(&name("__clerk_db_jwt"), "dvb_s")
        .cookie(&name("__session"), &world.token(120))
        .cookie(&name("__client_uat"), &(NOW - 200).to_string());
    let state = world.decide(expired).await;
    assert_eq!(
        location_query(&state, "suffixed_cookies").as_deref(),
        Some("true")
    );
    assert_eq!(
        location_query(&state, "__clerk_db_jwt").as_deref(),
        Some("dvb_s")
    );
}
