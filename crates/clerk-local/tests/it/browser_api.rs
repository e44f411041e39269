//! The browser API's own part: introduction, client, sessions, tokens and who may ask.

use crate::support::{Browser, Local, ORIGIN, START_MS};
use axum::body::Body;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{Request, header};
use serde_json::{Value, json};

/// The claims of a token, unverified.
fn claims(jwt: &Value) -> Value {
    let payload = jwt.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

#[tokio::test]
async fn a_new_browser_has_a_client_without_sessions() {
    let local = Local::open().await;
    let nobody = Request::get("/__clerk/v1/client").body(Body::empty());
    let nobody = local.send(nobody.unwrap()).await.ok();
    assert_eq!(nobody, json!({ "response": null, "client": null }));

    let browser = Browser::new(&local).await;
    let client = browser.get("/v1/client").await.ok();
    assert_eq!(client["response"]["object"], "client");
    assert_eq!(client["response"]["sessions"], json!([]));

    let stranger = Browser {
        local: &local,
        token: "dvb_unknown".to_owned(),
    };
    let refused = stranger.get("/v1/client").await;
    assert_eq!(refused.error(401), "dev_browser_unauthenticated");
    let refused = stranger.post("/v1/client?_method=PUT", &[]).await;
    assert_eq!(refused.error(401), "dev_browser_unauthenticated");
}

#[tokio::test]
async fn a_same_origin_get_has_no_origin_and_still_the_right_azp() {
    let local = Local::open().await;
    let ada = local.person("ada@example.com").await;
    let browser = Browser::new(&local).await;
    browser.sign_in(&ada).await;
    let body = browser.get("/v1/client").await.ok();
    let session = &body["response"]["sessions"][0];
    assert_eq!(session["user"]["first_name"], "Ada");
    let claims = claims(&session["last_active_token"]["jwt"]);
    assert_eq!(claims["azp"], ORIGIN);
    assert_eq!(claims["iss"], "https://clerk.tenantry.lcl.dev");
    assert_eq!(claims["v"], 2);
    assert_eq!(claims["fva"], json!([0, -1]));
    assert_eq!(claims["iat"], START_MS / 1000);
    assert_eq!(claims["nbf"], START_MS / 1000 - 10);
    assert_eq!(claims["exp"], START_MS / 1000 + 60);
    assert!(claims.get("o").is_none());

    // Neither Origin nor Referer: the host speaks.
    let uri = format!("/__clerk/v1/client?__clerk_db_jwt={}", browser.token);
    let request = Request::get(uri)
        .header(header::HOST, "localhost:3000")
        .body(Body::empty());
    let body = local.send(request.unwrap()).await.ok();
    let jwt = &body["response"]["sessions"][0]["last_active_token"]["jwt"];
    assert_eq!(self::claims(jwt)["azp"], ORIGIN);
}

#[tokio::test]
async fn touching_chooses_an_organization_only_for_its_members() {
    let local = Local::open().await;
    let state = local.clerk.state();
    let ada = local.person("ada@example.com").await;
    let bob = local.person("bob@example.com").await;
    let acme = state
        .create_organization("Acme", None, &ada.id)
        .await
        .unwrap();
    let other = state
        .create_organization("Other", None, &bob.id)
        .await
        .unwrap();
    let browser = Browser::new(&local).await;
    let id = browser.sign_in(&ada).await;
    let touch = format!("/v1/client/sessions/{id}/touch");

    let fields = [
        ("active_organization_id", acme.id.as_str()),
        ("intent", "select_org"),
    ];
    let body = browser.post(&touch, &fields).await;
    assert!(
        body.cookies()
            .iter()
            .any(|line| line.starts_with("__refresh_") && line.contains("HttpOnly")),
        "{:?}",
        body.cookies()
    );
    let body = body.ok();
    let session = &body["response"];
    assert_eq!(session["last_active_organization_id"], acme.id.as_str());
    assert_eq!(
        claims(&session["last_active_token"]["jwt"])["o"],
        json!({ "id": acme.id, "slg": "acme", "rol": "admin" })
    );
    assert_eq!(body["client"]["last_active_session_id"], id.as_str());
    assert_eq!(
        session["user"]["organization_memberships"][0]["organization"]["slug"],
        "acme"
    );

    let foreign = [("active_organization_id", other.id.as_str())];
    let foreign = browser.post(&touch, &foreign).await;
    assert_eq!(foreign.error(404), "organization_not_found_or_unauthorized");
    let missing = [("active_organization_id", "org_none")];
    let missing = browser.post(&touch, &missing).await;
    assert_eq!(missing.error(404), "organization_not_found_or_unauthorized");

    // Without the field nothing changes; empty means the personal account.
    let kept = browser.post(&touch, &[]).await.ok();
    assert_eq!(
        kept["response"]["last_active_organization_id"],
        acme.id.as_str()
    );
    let tokens = format!("/v1/client/sessions/{id}/tokens");
    let bare = browser.post(&tokens, &[("organization_id", "")]).await.ok();
    assert_eq!(bare["object"], "token");
    assert!(claims(&bare["jwt"]).get("o").is_none());
    let cleared = browser
        .post(&touch, &[("active_organization_id", "")])
        .await;
    assert_eq!(
        cleared.ok()["response"]["last_active_organization_id"],
        Value::Null
    );
}

#[tokio::test]
async fn a_removed_member_loses_the_organization_at_once() {
    let local = Local::open().await;
    let state = local.clerk.state();
    let (_, bob, acme) = local.acme().await;
    let browser = Browser::new(&local).await;
    let id = browser.sign_in(&bob).await;
    let touch = format!("/v1/client/sessions/{id}/touch");
    let fields = [("active_organization_id", acme.id.as_str())];
    browser.post(&touch, &fields).await.ok();
    state.remove_member(&acme.id, &bob.id).await.unwrap();
    let tokens = format!("/v1/client/sessions/{id}/tokens");
    let jwt = browser.post(&tokens, &[]).await.ok();
    assert!(claims(&jwt["jwt"]).get("o").is_none());
}

#[tokio::test]
async fn signing_out_empties_the_client() {
    let local = Local::open().await;
    let ada = local.person("ada@example.com").await;
    let browser = Browser::new(&local).await;
    let one = browser.sign_in(&ada).await;
    // Single-session mode: the second takes the first one's place.
    let two = browser.sign_in(&ada).await;
    let body = browser.get("/v1/client").await.ok();
    assert_eq!(body["response"]["sessions"].as_array().unwrap().len(), 1);
    let old = browser
        .get(&format!("/v1/client/sessions/{one}"))
        .await
        .ok();
    assert_eq!(old["response"]["status"], "replaced");

    let removed = format!("/v1/client/sessions/{two}/remove");
    let removed = browser.post(&removed, &[]).await.ok();
    assert_eq!(removed["response"]["status"], "removed");
    assert_eq!(removed["client"]["sessions"], json!([]));
    let tokens = format!("/v1/client/sessions/{two}/tokens");
    let refused = browser.post(&tokens, &[]).await;
    assert_eq!(refused.error(401), "signed_out");

    browser.sign_in(&ada).await;
    let all = browser
        .post("/v1/client/sessions?_method=DELETE", &[])
        .await;
    let all = all.ok();
    assert_eq!(all["response"]["sessions"], json!([]));
    assert_eq!(all["client"], Value::Null);
}

#[tokio::test]
async fn another_browsers_session_is_not_found() {
    let local = Local::open().await;
    let ada = local.person("ada@example.com").await;
    let (mine, theirs) = (Browser::new(&local).await, Browser::new(&local).await);
    let id = theirs.sign_in(&ada).await;
    for action in ["touch", "end", "remove", "tokens"] {
        let path = format!("/v1/client/sessions/{id}/{action}");
        assert_eq!(mine.post(&path, &[]).await.error(404), "resource_not_found");
    }
}

#[tokio::test]
async fn only_the_applications_origin_may_change_and_read() {
    let local = Local::open().await;
    let browser = Browser::new(&local).await;
    let foreign = browser.post_from("https://evil.example", "/v1/client", &[]);
    let foreign = foreign.await;
    assert_eq!(foreign.error(400), "origin_invalid");
    assert_eq!(foreign.header("access-control-allow-origin"), None);
    let own = browser.post("/v1/client", &[]).await;
    assert_eq!(own.header("access-control-allow-origin"), Some(ORIGIN));
    assert_eq!(own.header("access-control-allow-credentials"), Some("true"));
    assert_eq!(own.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_session_ends_by_itself_after_a_week() {
    let local = Local::open().await;
    let ada = local.person("ada@example.com").await;
    let browser = Browser::new(&local).await;
    let id = browser.sign_in(&ada).await;
    local.clock.advance(7 * 24 * 60 * 60 * 1000);
    let body = browser.get("/v1/client").await.ok();
    assert_eq!(body["response"]["sessions"], json!([]));
    let tokens = format!("/v1/client/sessions/{id}/tokens");
    let refused = browser.post(&tokens, &[]).await;
    assert_eq!(refused.error(401), "signed_out");
    let session = format!("/v1/sessions/{id}");
    let session = local.backend("GET", &session, None).await;
    assert_eq!(session.ok()["status"], "expired");
}

#[tokio::test]
async fn pictures_are_drawn() {
    let local = Local::open().await;
    let ada = local.person("ada@example.com").await;
    let body = local
        .backend("GET", &format!("/v1/users/{}", ada.id), None)
        .await
        .ok();
    let url = body["image_url"].as_str().unwrap();
    let path = url.strip_prefix(ORIGIN).unwrap();
    let picture = local.send(Request::get(path).body(Body::empty()).unwrap());
    let picture = picture.await;
    assert_eq!(picture.header("content-type"), Some("image/svg+xml"));
    assert!(picture.text.contains(">AB<"), "{}", picture.text);
}
