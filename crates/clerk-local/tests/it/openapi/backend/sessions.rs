//! Sessions, their tokens and browsers.

use serde_json::json;

use super::{Caller, id};

pub async fn sessions(caller: &Caller, ada: &str) {
    let made = caller
        .post("/v1/sessions", &[], json!({ "user_id": ada }))
        .await;
    let session = id(&made);
    caller.get("/v1/sessions/{}", &[session]).await;
    caller.get("/v1/sessions?user_id={}", &[ada]).await;
    let token = caller
        .post("/v1/sessions/{}/tokens", &[session], json!({}))
        .await;
    let verify = json!({ "token": token["jwt"] });
    caller
        .post("/v1/sessions/{}/verify", &[session], verify)
        .await;
    let template = json!({ "name": "other", "claims": { "a": 1 } });
    let template = caller.post("/v1/jwt_templates", &[], template).await;
    caller
        .post("/v1/sessions/{}/tokens/{}", &[session, "other"], json!({}))
        .await;
    caller.get("/v1/jwt_templates", &[]).await;
    caller.get("/v1/jwt_templates/{}", &[id(&template)]).await;
    let change = json!({ "name": "other", "claims": {} });
    caller
        .patch("/v1/jwt_templates/{}", &[id(&template)], change)
        .await;
    caller
        .delete("/v1/jwt_templates/{}", &[id(&template)])
        .await;
    caller.get("/v1/clients", &[]).await;
    caller
        .get("/v1/clients/{}", &[made["client_id"].as_str().unwrap()])
        .await;
    let browser = caller.world.browser().await;
    let known = json!({ "token": browser.cookies["__clerk_db_jwt"] });
    caller.post("/v1/clients/verify", &[], known).await;
    caller
        .post("/v1/sessions/{}/revoke", &[session], json!({}))
        .await;
    let ticket = caller
        .post("/v1/sign_in_tokens", &[], json!({ "user_id": ada }))
        .await;
    caller
        .post("/v1/sign_in_tokens/{}/revoke", &[id(&ticket)], json!({}))
        .await;
    caller.post("/v1/testing_tokens", &[], json!({})).await;
    caller.get("/v1/jwks", &[]).await;
}

/// What a browser's cookies are renewed by: the refresh token, and the handshake.
pub async fn renewal(caller: &Caller) {
    caller.world.person("dan@example.com").await;
    let mut browser = caller.world.signed_in("dan@example.com").await;
    let client = browser.get("/v1/client").await;
    let session = client.response()["last_active_session_id"].clone();
    let session = session.as_str().unwrap();
    let token = format!("/v1/client/sessions/{session}/tokens");
    let token = browser.post(&token, &[]).await.json["jwt"].clone();
    for format in ["token", "cookie"] {
        let refresh = browser
            .cookies
            .iter()
            .find(|it| it.0.starts_with("__refresh"));
        let body = json!({
            "expired_token": token, "refresh_token": refresh.unwrap().1,
            "request_origin": "http://localhost:3000", "format": format,
        });
        caller
            .post("/v1/sessions/{}/refresh", &[session], body)
            .await;
    }
    let way = "/v1/client/handshake?format=nonce&redirect_url=http://localhost:3000/";
    let answer = browser.get(way).await;
    let back = answer.headers["location"].to_str().unwrap();
    let nonce = crate::oauth::parameter(back, "__clerk_handshake_nonce").unwrap();
    let payload = "/v1/clients/handshake_payload?nonce={}";
    caller.get(payload, &[&nonce]).await;
}
