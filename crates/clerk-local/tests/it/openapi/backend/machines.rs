//! Machines, their tokens, API keys.

use serde_json::json;

use super::{Caller, id};

pub async fn machines(caller: &Caller, ada: &str) {
    let api = caller
        .post("/v1/machines", &[], json!({ "name": "api" }))
        .await;
    let jobs = caller
        .post("/v1/machines", &[], json!({ "name": "jobs" }))
        .await;
    let (api, jobs) = (id(&api), id(&jobs));
    caller.get("/v1/machines", &[]).await;
    caller.get("/v1/machines/{}", &[api]).await;
    caller
        .patch("/v1/machines/{}", &[api], json!({ "name": "API" }))
        .await;
    caller.get("/v1/machines/{}/secret_key", &[jobs]).await;
    let rotate = json!({ "previous_token_ttl": 0 });
    caller
        .post("/v1/machines/{}/secret_key/rotate", &[jobs], rotate)
        .await;
    let scope = json!({ "to_machine_id": api });
    caller.post("/v1/machines/{}/scopes", &[jobs], scope).await;
    caller
        .delete("/v1/machines/{}/scopes/{}", &[jobs, api])
        .await;
    let key = caller.get("/v1/machines/{}/secret_key", &[jobs]).await;
    let key = key["secret"].as_str().unwrap();
    let token = caller.post_with_key(key, "/v1/m2m_tokens", json!({})).await;
    caller.get("/v1/m2m_tokens?subject={}", &[jobs]).await;
    let verify = json!({ "token": token["token"] });
    caller.post("/v1/m2m_tokens/verify", &[], verify).await;
    caller
        .post("/v1/m2m_tokens/{}/revoke", &[id(&token)], json!({}))
        .await;
    caller.delete("/v1/machines/{}", &[jobs]).await;

    let key = caller
        .post("/v1/api_keys", &[], json!({ "name": "CI", "subject": ada }))
        .await;
    caller.get("/v1/api_keys?subject={}", &[ada]).await;
    caller.get("/v1/api_keys/{}", &[id(&key)]).await;
    caller
        .patch("/v1/api_keys/{}", &[id(&key)], json!({ "scopes": ["a"] }))
        .await;
    caller.get("/v1/api_keys/{}/secret", &[id(&key)]).await;
    let verify = json!({ "secret": key["secret"] });
    caller.post("/v1/api_keys/verify", &[], verify).await;
    caller
        .post("/v1/api_keys/{}/revoke", &[id(&key)], json!({}))
        .await;
    caller.delete("/v1/api_keys/{}", &[id(&key)]).await;
}
