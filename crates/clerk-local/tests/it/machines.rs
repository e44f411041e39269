//! Machines, their tokens, and API keys.

use axum::body::Body;
use http::{Request, StatusCode, header};
use jsonwebtoken::dangerous::insecure_decode;
use serde_json::{Value, json};

use crate::support::{Answer, Local};

struct Machine {
    id: String,
    secret: String,
}

async fn machine(local: &Local, name: &str, scoped: &[&str]) -> Machine {
    let body = json!({ "name": name, "scoped_machines": scoped });
    let machine = local.backend("POST", "/v1/machines", Some(body)).await.ok();
    Machine {
        id: machine["id"].as_str().unwrap().to_owned(),
        secret: machine["secret_key"].as_str().unwrap().to_owned(),
    }
}

async fn call(local: &Local, key: &str, method: &str, path: &str, body: Value) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(format!("/__clerk/backend{path}"))
        .header(header::AUTHORIZATION, format!("Bearer {key}"))
        .body(Body::from(body.to_string()));
    local.send(request.unwrap()).await
}

async fn token(local: &Local, machine: &Machine, body: Value) -> Value {
    let made = call(local, &machine.secret, "POST", "/m2m_tokens", body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    made.json()
}

#[tokio::test]
async fn machines_are_made_changed_listed_and_deleted() {
    let local = Local::open().await;
    let api = machine(&local, "api", &[]).await;
    local.clock.advance(1);
    let jobs = machine(&local, "jobs", &[&api.id]).await;
    let path = format!("/v1/machines/{}", jobs.id);
    let read = local.backend("GET", &path, None).await.ok();
    assert_eq!(read["scoped_machines"][0]["id"], api.id.as_str());
    assert_eq!(read.get("secret_key"), None);
    let list = local
        .backend("GET", "/v1/machines?query=jo", None)
        .await
        .ok();
    assert_eq!(list["total_count"], 1);
    let list = local
        .backend("GET", "/v1/machines?order_by=name&limit=1", None)
        .await
        .ok();
    assert_eq!(
        (&list["total_count"], &list["data"][0]["name"]),
        (&json!(2), &json!("api"))
    );
    let change = json!({ "name": "workers", "default_token_ttl": 60 });
    let changed = local.backend("PATCH", &path, Some(change)).await.ok();
    assert_eq!(
        (&changed["name"], &changed["default_token_ttl"]),
        (&json!("workers"), &json!(60))
    );
    let scopes = format!("{path}/scopes");
    let scope = |to: &str| local.backend("POST", &scopes, Some(json!({ "to_machine_id": to })));
    assert_eq!(scope(&api.id).await.error(409), "form_already_exists");
    assert_eq!(
        scope("mch_none").await.error(422),
        "form_resource_not_found"
    );
    let one = format!("{scopes}/{}", api.id);
    assert_eq!(
        local.backend("DELETE", &one, None).await.ok()["deleted"],
        true
    );
    assert_eq!(
        local.backend("DELETE", &one, None).await.error(404),
        "resource_not_found"
    );
    assert_eq!(
        scope(&api.id).await.ok()["from_machine_id"],
        jobs.id.as_str()
    );
    for (body, code) in [
        (json!({}), "form_param_missing"),
        (
            json!({ "name": "x", "default_token_ttl": 0 }),
            "form_param_value_invalid",
        ),
        (
            json!({ "name": "x", "scoped_machines": ["mch_none"] }),
            "form_resource_not_found",
        ),
    ] {
        let refused = local.backend("POST", "/v1/machines", Some(body)).await;
        assert_eq!(refused.error(422), code);
    }
    let all = local.backend("GET", "/v1/machines", None).await.ok();
    assert_eq!(all["total_count"], 2, "a refused machine leaves nothing");
    assert_eq!(
        local.backend("DELETE", &path, None).await.ok()["object"],
        "machine"
    );
    assert_eq!(
        local.backend("GET", &path, None).await.error(404),
        "resource_not_found"
    );
    let gone = call(&local, &jobs.secret, "POST", "/m2m_tokens", json!({})).await;
    assert_eq!(gone.error(401), "clerk_key_invalid");
}

#[tokio::test]
async fn a_replaced_secret_works_as_long_as_was_said() {
    let local = Local::open().await;
    let jobs = machine(&local, "jobs", &[]).await;
    let path = format!("/v1/machines/{}/secret_key", jobs.id);
    assert_eq!(
        local.backend("GET", &path, None).await.ok()["secret"],
        jobs.secret.as_str()
    );
    let rotate = format!("{path}/rotate");
    let long = local.backend(
        "POST",
        &rotate,
        Some(json!({ "previous_token_ttl": 28_801 })),
    );
    assert_eq!(long.await.error(422), "form_param_value_invalid");
    let new = local.backend("POST", &rotate, Some(json!({ "previous_token_ttl": 10 })));
    let new = new.await.ok()["secret"].as_str().unwrap().to_owned();
    assert_ne!(new, jobs.secret);
    let make = |key: String| {
        let local = &local;
        async move {
            call(local, &key, "POST", "/m2m_tokens", json!({}))
                .await
                .status
        }
    };
    assert_eq!(make(jobs.secret.clone()).await, StatusCode::CREATED);
    assert_eq!(make(new.clone()).await, StatusCode::CREATED);
    local.clock.advance(10_000);
    assert_eq!(make(jobs.secret).await, StatusCode::UNAUTHORIZED);
    assert_eq!(make(new).await, StatusCode::CREATED);
}

#[tokio::test]
async fn a_token_is_good_for_those_it_is_meant_for_until_it_ends() {
    let local = Local::open().await;
    let api = machine(&local, "api", &[]).await;
    let other = machine(&local, "other", &[]).await;
    let jobs = machine(&local, "jobs", &[&api.id]).await;
    let made = token(
        &local,
        &jobs,
        json!({ "claims": { "tenant": 7 }, "seconds_until_expiration": 60 }),
    )
    .await;
    assert_eq!(made["scopes"], json!([api.id]));
    assert_eq!(made["claims"], json!({ "tenant": 7 }));
    let text = made["token"].as_str().unwrap();
    let verify = |key: String| {
        let (local, body) = (&local, json!({ "token": text }));
        async move { call(local, &key, "POST", "/m2m_tokens/verify", body).await }
    };
    let seen = verify(api.secret.clone()).await.ok();
    assert_eq!((&seen["id"], seen.get("token")), (&made["id"], None));
    assert_eq!(seen["last_used_at"], local.clerk.state().now_ms());
    assert_eq!(
        verify(other.secret.clone()).await.error(404),
        "resource_not_found"
    );
    let instance = local.clerk.secret_key().expose().to_owned();
    assert_eq!(
        verify(instance.clone()).await.ok()["subject"],
        jobs.id.as_str()
    );
    local.clock.advance(60_000);
    assert_eq!(
        verify(api.secret.clone()).await.error(404),
        "resource_not_found"
    );
    let list = |more: &str| {
        let (local, path) = (&local, format!("/m2m_tokens?subject={}{more}", jobs.id));
        let key = jobs.secret.clone();
        async move { call(local, &key, "GET", &path, json!({})).await.ok()["total_count"].clone() }
    };
    assert_eq!(list("").await, 0);
    assert_eq!(list("&expired=true").await, 1);

    let second = token(&local, &jobs, json!({})).await;
    let path = format!("/m2m_tokens/{}/revoke", second["id"].as_str().unwrap());
    let reason = json!({ "revocation_reason": "lost" });
    let foreign = call(&local, &other.secret, "POST", &path, reason.clone()).await;
    assert_eq!(foreign.error(404), "resource_not_found");
    let revoked = call(&local, &instance, "POST", &format!("/v1{path}"), reason)
        .await
        .ok();
    assert_eq!(
        (&revoked["revoked"], &revoked["revocation_reason"]),
        (&json!(true), &json!("lost"))
    );
    assert_eq!(list("").await, 0);
    assert_eq!(list("&revoked=true").await, 1);
    let gone = json!({ "token": second["token"] });
    let gone = call(&local, &api.secret, "POST", "/m2m_tokens/verify", gone).await;
    assert_eq!(gone.error(404), "resource_not_found");
    let path = format!("/m2m_tokens?subject={}", jobs.id);
    let foreign = call(&local, &other.secret, "GET", &path, json!({})).await;
    assert_eq!(foreign.error(403), "authorization_invalid");
}

#[tokio::test]
async fn a_token_like_it_is_given_again_when_asked_for() {
    let local = Local::open().await;
    let jobs = machine(&local, "jobs", &[]).await;
    let body = json!({ "claims": { "a": 1 }, "seconds_until_expiration": 100, "min_remaining_ttl_seconds": 50 });
    let first = token(&local, &jobs, body.clone()).await;
    local.clock.advance(50_000);
    assert_eq!(
        token(&local, &jobs, body.clone()).await["token"],
        first["token"]
    );
    let different = json!({ "claims": { "a": 2 }, "min_remaining_ttl_seconds": 50 });
    assert_ne!(
        token(&local, &jobs, different).await["token"],
        first["token"]
    );
    local.clock.advance(1);
    assert_ne!(token(&local, &jobs, body).await["token"], first["token"]);
}

#[tokio::test]
async fn a_jwt_between_machines_says_who_calls_whom() {
    let local = Local::open().await;
    let api = machine(&local, "api", &[]).await;
    let jobs = machine(&local, "jobs", &[&api.id]).await;
    let body = json!({ "token_format": "jwt", "claims": { "sub": "user_1", "tenant": 7 } });
    let made = token(&local, &jobs, body).await;
    let jwt = insecure_decode::<Value>(made["token"].as_str().unwrap()).unwrap();
    assert_eq!(
        jwt.claims["sub"],
        jobs.id.as_str(),
        "Clerk's own claims stand"
    );
    assert_eq!(jwt.claims["tenant"], 7);
    assert_eq!(jwt.claims["scopes"], api.id.as_str());
    assert_eq!(jwt.claims["jti"], made["id"]);
    let life = jwt.claims["exp"].as_i64().unwrap() - jwt.claims["iat"].as_i64().unwrap();
    assert_eq!(life, 3600);
    let path = format!("/v1/m2m_tokens?subject={}&expired=true", jobs.id);
    assert_eq!(
        local.backend("GET", &path, None).await.ok()["total_count"],
        0
    );
}

#[tokio::test]
async fn a_machines_key_opens_nothing_else() {
    let local = Local::open().await;
    let jobs = machine(&local, "jobs", &[]).await;
    for path in [
        "/v1/users",
        "/v1/machines",
        "/v1/api_keys?subject=x",
        "/api_keys?subject=x",
        "/v1/jwks",
    ] {
        let refused = call(&local, &jobs.secret, "GET", path, json!({})).await;
        assert_eq!(refused.error(401), "clerk_key_invalid", "{path}");
    }
    let instance = local.clerk.secret_key().expose().to_owned();
    let by_instance = call(&local, &instance, "POST", "/m2m_tokens", json!({})).await;
    assert_eq!(by_instance.error(403), "authorization_invalid");
    let wrong = call(&local, "ak_wrong", "POST", "/m2m_tokens", json!({})).await;
    assert_eq!(wrong.error(401), "clerk_key_invalid");
    let none = Request::post("/__clerk/backend/m2m_tokens").body(Body::empty());
    assert_eq!(
        local.send(none.unwrap()).await.error(401),
        "authorization_header_format_invalid"
    );
}

#[tokio::test]
async fn keys_act_for_people_and_organizations() {
    let local = Local::open().await;
    let (ada, bob, acme) = local.acme().await;
    let make = |body: Value| local.backend("POST", "/api_keys", Some(body));
    let key = make(json!({
        "name": "CI", "subject": acme.id, "created_by": ada.id, "scopes": ["read"],
        "claims": { "x": 1 }, "seconds_until_expiration": 60,
    }));
    let key = key.await.ok();
    assert_eq!(
        (&key["type"], &key["created_by"]),
        (&json!("api_key"), &json!(ada.id))
    );
    let secret = key["secret"].as_str().unwrap();
    assert!(secret.starts_with("ak_"));
    let path = format!("/v1/api_keys/{}", key["id"].as_str().unwrap());
    let read = local.backend("GET", &path, None).await.ok();
    assert_eq!(read.get("secret"), None);
    let shown = local
        .backend("GET", &format!("{path}/secret"), None)
        .await
        .ok();
    assert_eq!(shown["secret"], secret);
    let verify = |secret: &str| {
        local.backend(
            "POST",
            "/api_keys/verify",
            Some(json!({ "secret": secret })),
        )
    };
    assert_eq!(verify(secret).await.ok()["subject"], acme.id);
    assert_eq!(verify("ak_other").await.error(404), "resource_not_found");
    let change =
        json!({ "subject": acme.id, "description": "for tests", "claims": null, "scopes": [] });
    let changed = local.backend("PATCH", &path, Some(change)).await.ok();
    assert_eq!(
        (&changed["description"], &changed["claims"]),
        (&json!("for tests"), &Value::Null)
    );
    assert_eq!(
        changed["expiration"], key["expiration"],
        "what is absent stays"
    );
    let foreign = json!({ "subject": bob.id, "scopes": ["all"] });
    let foreign = local.backend("PATCH", &path, Some(foreign)).await;
    assert_eq!(foreign.error(404), "resource_not_found");
    local.clock.advance(60_000);
    assert_eq!(verify(secret).await.error(404), "resource_not_found");
    let list = |more: &str| {
        let (local, path) = (&local, format!("/api_keys?subject={}{more}", acme.id));
        async move { local.backend("GET", &path, None).await.ok()["total_count"].clone() }
    };
    assert_eq!(list("").await, 0);
    assert_eq!(list("&include_invalid=true&query=ci").await, 1);

    let of_bob = make(json!({ "name": "mine", "subject": bob.id }))
        .await
        .ok();
    let revoke = format!("/api_keys/{}/revoke", of_bob["id"].as_str().unwrap());
    let revoked = local
        .backend(
            "POST",
            &revoke,
            Some(json!({ "revocation_reason": "lost" })),
        )
        .await
        .ok();
    assert_eq!(
        (&revoked["revoked"], &revoked["revocation_reason"]),
        (&json!(true), &json!("lost"))
    );
    assert_eq!(
        verify(of_bob["secret"].as_str().unwrap()).await.error(404),
        "resource_not_found"
    );
    let another = make(json!({ "name": "another", "subject": bob.id }))
        .await
        .ok();
    local.clerk.state().delete_user(&bob.id).await.unwrap();
    let orphan = verify(another["secret"].as_str().unwrap()).await;
    assert_eq!(
        orphan.error(404),
        "resource_not_found",
        "nobody is left to act for"
    );
    let deleted = format!("/api_keys/{}", another["id"].as_str().unwrap());
    assert_eq!(
        local.backend("DELETE", &deleted, None).await.ok()["deleted"],
        true
    );
    for (body, code, field) in [
        (json!({ "subject": acme.id }), "form_param_missing", "name"),
        (json!({ "name": "x" }), "form_param_missing", "subject"),
        (
            json!({ "name": "x", "subject": "user_none" }),
            "form_resource_not_found",
            "subject",
        ),
        (
            json!({ "name": "x", "subject": acme.id, "created_by": acme.id }),
            "form_resource_not_found",
            "created_by",
        ),
        (
            json!({ "name": "x", "subject": acme.id, "seconds_until_expiration": i64::MAX }),
            "form_param_value_invalid",
            "seconds_until_expiration",
        ),
    ] {
        let refused = make(body).await;
        assert_eq!(refused.error(422), code);
        assert_eq!(refused.json()["errors"][0]["meta"]["param_name"], field);
    }
}
