//! An instance of its own origin, beside the application's.

use crate::support::{Local, ORIGIN};
use axum::body::Body;
use clerk_local::LocalOptions;
use http::{Request, header};
use url::Url;

const OWN: &str = "http://localhost:3900";

async fn beside() -> Local {
    let own_url = Url::parse(OWN).ok();
    Local::with(|options| LocalOptions { own_url, ..options }).await
}

#[tokio::test]
async fn both_origins_read_the_answers_and_no_other() {
    let local = beside().await;
    for (origin, allowed) in [
        (ORIGIN, true),
        (OWN, true),
        ("http://localhost:3901", false),
    ] {
        let request = Request::post("/__clerk/v1/dev_browser").header(header::ORIGIN, origin);
        let answer = local.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status == 200, allowed, "{origin}");
        let echoed = answer.header("access-control-allow-origin");
        assert_eq!(echoed, allowed.then_some(origin));
    }
}

#[tokio::test]
async fn addresses_are_the_instances_and_the_way_home_is_the_applications() {
    let local = beside().await;
    let request = Request::get("/__clerk/v1/environment").body(Body::empty());
    let display = local.send(request.unwrap()).await.ok()["display_config"].clone();
    assert_eq!(display["home_url"], format!("{ORIGIN}/"));
    assert_eq!(
        display["sign_in_url"],
        format!("{OWN}/__clerk/portal/sign-in")
    );
    let page = Request::get("/__clerk/portal/sign-in").body(Body::empty());
    let page = local.send(page.unwrap()).await;
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.contains(&format!("form-action 'self' {ORIGIN};")),
        "{policy}"
    );
}

#[tokio::test]
async fn a_handshake_leads_back_with_a_token_for_the_page_it_came_from() {
    let local = beside().await;
    for (page, status) in [(ORIGIN, 307), (OWN, 307), ("http://localhost:3901", 422)] {
        let uri = format!("/__clerk/v1/client/handshake?redirect_url={page}/app");
        let answer = local
            .send(Request::get(uri).body(Body::empty()).unwrap())
            .await;
        assert_eq!(answer.status, status, "{page}");
        if status == 307 {
            assert!(answer.header("location").unwrap().starts_with(page));
        }
    }
}
