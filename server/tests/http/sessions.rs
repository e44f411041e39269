//! Who a request is: cookies good, bad and old, bearer tokens, and the way to sign in.

use reqwest::{Method, StatusCode};

use crate::support::{TestServer, browser::Browser, databases::Kind};

/// Milliseconds after which a session token is expired beyond any skew.
const LATER: i64 = 120_000;

fn location(answer: &reqwest::Response) -> String {
    answer
        .headers()
        .get("location")
        .map(|value| value.to_str().unwrap().to_owned())
        .unwrap_or_default()
}

#[tokio::test]
async fn a_signed_out_person_is_sent_to_sign_in_and_back() {
    let server = TestServer::start(Kind::Sqlite).await;
    // A browser that has been here: Clerk's dev browser is set, nobody is signed in.
    let answer = server
        .request(Method::GET, "/app/acme/projects?show=archived")
        .header("cookie", "__clerk_db_jwt=dvb_x; __client_uat=0")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        location(&answer),
        "/sign-in?redirect_url=%2Fapp%2Facme%2Fprojects%3Fshow%3Darchived"
    );
}

#[tokio::test]
async fn a_new_browser_gets_a_handshake_back_to_our_own_origin() {
    let server = TestServer::start(Kind::Sqlite).await;
    for forged in ["evil.test", "localhost"] {
        let answer = server
            .request(Method::GET, "/app")
            .header("x-forwarded-host", forged)
            .header("x-forwarded-proto", "https")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT);
        let to = location(&answer);
        assert!(to.starts_with(&format!("{}/__clerk/v1/client/handshake", server.origin)));
        assert!(!to.contains("evil.test"));
    }
}

#[tokio::test]
async fn sign_in_never_leads_to_another_site() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    for foreign in [
        "https%3A%2F%2Fevil.test%2F",
        "%2F%2Fevil.test",
        "%2F%5Cevil.test",
        "javascript%3Aalert(1)",
    ] {
        let answer = server
            .get_as(&ada, &format!("/sign-in?redirect_url={foreign}"))
            .await;
        assert_eq!(location(&answer), "/app", "{foreign}");
    }
}

#[tokio::test]
async fn tampered_and_unknown_tokens_are_nobody() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    let (head, tail) = ada.token.rsplit_once('.').unwrap();
    let flipped = if tail.starts_with('A') { 'B' } else { 'A' };
    let tampered = format!("{head}.{flipped}{}", &tail[1..]);
    let unsigned = format!("{head}.");
    for token in [tampered.as_str(), &unsigned, "nonsense", "a.b.c"] {
        let answer = server
            .request(Method::GET, "/app/acme/projects")
            .header("cookie", ada.cookies_with(token))
            .send()
            .await
            .unwrap();
        assert_ne!(answer.status(), StatusCode::OK, "{token}");
        let form = [("org", "acme"), ("name", "x"), ("request_id", "x")];
        let answer = server
            .call(Some(token), "/api/projects/create", &form)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{token}");
    }
}

#[tokio::test]
async fn odd_cookies_do_no_harm() {
    let server = TestServer::start(Kind::Sqlite).await;
    for cookie in [
        "__session=; __client_uat=abc; __clerk_db_jwt=x",
        "__session=%00; __client_uat=99999999999999999999; __clerk_db_jwt=x",
        "=;;;; __clerk_db_jwt=x; \u{e9}=\u{e9}",
        "theme=<script>; __clerk_db_jwt=x",
    ] {
        let answer = server
            .request(Method::GET, "/")
            .header("cookie", cookie.as_bytes())
            .send()
            .await
            .unwrap();
        assert!(
            answer.status().as_u16() < 400,
            "{cookie}: {}",
            answer.status()
        );
    }
}

#[tokio::test]
async fn a_bearer_token_opens_the_same_pages_and_functions() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    let form = [
        ("org", "acme"),
        ("name", "From a phone"),
        ("request_id", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5"),
    ];
    let created = server
        .call(Some(&ada.token), "/api/projects/create", &form)
        .send()
        .await
        .unwrap();
    assert_eq!(created.status(), StatusCode::OK);
    let page = server
        .request(Method::GET, "/app/acme/projects")
        .bearer_auth(&ada.token)
        .send()
        .await
        .unwrap();
    assert!(page.text().await.unwrap().contains("From a phone"));
}

#[tokio::test]
async fn signing_out_ends_the_session_at_clerk_and_its_cookies_here() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    let answer = server.post_as(&ada, "/api/session/sign-out", &[]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(location(&answer), "/");
    let lines: Vec<_> = answer
        .headers()
        .get_all("set-cookie")
        .iter()
        .map(|line| line.to_str().unwrap().to_owned())
        .collect();
    for gone in ["__session=;", "__client_uat=0;"] {
        assert!(
            lines.iter().any(|line| line.starts_with(gone)),
            "{gone} {lines:?}"
        );
    }
    let session = server
        .state
        .clerk
        .sessions()
        .get(&ada.session)
        .await
        .unwrap();
    assert_eq!(session.status, "revoked");
}

#[tokio::test]
async fn a_handshake_brings_a_browser_its_session_and_ends() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    let browser = Browser::from_portal(&server, &ada, "/app/acme/projects?show=archived").await;
    assert_eq!(
        browser.visited.last().map(String::as_str),
        Some("/app/acme/projects?show=archived"),
        "the address is clean again: {:?}",
        browser.visited
    );
    assert!(
        browser
            .cookies
            .keys()
            .any(|name| name.starts_with("__refresh_"))
    );
}

#[tokio::test]
async fn an_expired_session_is_refreshed_on_the_spot_for_pages_and_forms() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    let mut browser = Browser::from_portal(&server, &ada, "/app/acme/projects").await;

    server.clock.advance(LATER);
    browser.visited.clear();
    let page = browser.open("/app/acme/projects").await;
    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(
        browser.visited,
        ["/app/acme/projects"],
        "without a redirect"
    );

    server.clock.advance(LATER);
    let form = [
        ("org", "acme"),
        ("name", "Typed for two minutes"),
        ("request_id", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5"),
    ];
    let page = browser.submit("/api/projects/create", &form).await;
    assert!(page.text().await.unwrap().contains("Typed for two minutes"));
}

#[tokio::test]
async fn a_revoked_session_cannot_be_refreshed() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    let mut browser = Browser::from_portal(&server, &ada, "/app/acme/projects").await;
    server
        .state
        .clerk
        .sessions()
        .revoke(&ada.session)
        .await
        .unwrap();
    server.clock.advance(LATER);
    browser.open("/app/acme/projects").await;
    let last = browser.visited.last().unwrap();
    assert!(last.starts_with("/sign-in?redirect_url="), "{last}");
}

#[tokio::test]
async fn the_other_of_two_own_organizations_opens_by_its_address() {
    let server = TestServer::start(Kind::Sqlite).await;
    let both = [("acme", "org:admin"), ("globex", "org:admin")];
    let ada = server.person("ada@acme.test", &both).await;
    let mut browser = Browser::from_portal(&server, &ada, "/app").await;
    for slug in ["acme", "globex", "acme"] {
        let path = format!("/app/{slug}/projects");
        let page = browser.open(&path).await;
        assert_eq!(page.status(), StatusCode::OK, "{slug}");
        assert_eq!(browser.visited.last(), Some(&path));
    }
}
