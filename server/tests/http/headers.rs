//! Security headers, and who may change something.

use reqwest::{Method, StatusCode};

use crate::support::{TestServer, databases::Kind};

#[tokio::test]
async fn each_answer_has_its_own_nonce_and_it_is_on_the_script_alone() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let answer = server.get_as(&ada, "/app/acme/projects").await;
        let policy = answer.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .to_owned();
        let nonce = policy
            .split("'nonce-")
            .nth(1)
            .and_then(|rest| rest.split('\'').next())
            .unwrap()
            .to_owned();
        let html = answer.text().await.unwrap();
        assert!(html.contains(&format!("nonce=\"{nonce}\"")));
        // Browsers hide the nonce attribute from scripts and styles, and no other attribute.
        let elsewhere = html.replace(&format!("nonce=\"{nonce}\""), "");
        assert!(!elsewhere.contains(&nonce), "the nonce leaks");
        assert!(!html.contains("style=\""), "an inline style: {html}");
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[tokio::test]
async fn a_private_page_is_never_cached() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    let answer = server.get_as(&ada, "/app/acme/projects").await;
    assert_eq!(answer.headers()["cache-control"], "private, no-store");
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    let form = [
        ("org", "acme"),
        ("name", "Forged"),
        ("request_id", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5"),
    ];
    for origin in ["https://evil.test", "null", "http://localhost"] {
        let answer = server
            .request(Method::POST, "/api/projects/create")
            .header("cookie", ada.cookies())
            .header("origin", origin)
            .form(&form)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{origin}");
    }
    let page = server.get_as(&ada, "/app/acme/projects").await;
    assert!(!page.text().await.unwrap().contains("Forged"));
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    let huge = "x".repeat(3 * 1024 * 1024);
    let answer = server
        .post_as(&ada, "/api/projects/create", &[("name", &huge)])
        .await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn nothing_is_served_to_other_methods() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    let answer = server.post_as(&ada, "/app/acme/projects", &[]).await;
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    let answer = server.get_as(&ada, "/api/projects/create").await;
    assert_ne!(answer.status(), StatusCode::OK);
}
