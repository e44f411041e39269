//! The backend API: keys, people, organizations, memberships and sessions.

use crate::support::{Browser, Local, PASSWORD};
use axum::body::Body;
use http::{Request, header};
use serde_json::json;

#[tokio::test]
async fn only_the_secret_key_opens_it() {
    let local = Local::open().await;
    let ask = |key: Option<&str>| {
        let mut request = Request::get("/__clerk/backend/v1/jwks");
        if let Some(key) = key {
            request = request.header(header::AUTHORIZATION, key);
        }
        local.send(request.body(Body::empty()).unwrap())
    };
    assert_eq!(
        ask(None).await.error(401),
        "authorization_header_format_invalid"
    );
    assert_eq!(
        ask(Some("Bearer sk_test_other")).await.error(401),
        "clerk_key_invalid"
    );
    let keys = local.backend("GET", "/v1/jwks", None).await;
    assert_eq!(keys.header("content-type"), Some("application/json"));
    let key = &keys.ok()["keys"][0];
    assert_eq!(key["alg"], "RS256");
    assert_eq!(key["e"], "AQAB");
    assert!(key["kid"].as_str().unwrap().starts_with("ins_"));
    let public = Request::get("/__clerk/.well-known/jwks.json").body(Body::empty());
    assert_eq!(local.send(public.unwrap()).await.ok(), keys.json());
}

#[tokio::test]
async fn unknown_things_have_one_answer() {
    let local = Local::open().await;
    for path in [
        "/v1/users/user_none",
        "/v1/organizations/org_none",
        "/v1/sessions/sess_none",
        "/v1/no_such_resource",
        "/v1/organizations/org_none/memberships",
    ] {
        let answer = local.backend("GET", path, None).await;
        assert_eq!(answer.error(404), "resource_not_found", "{path}");
        assert_eq!(answer.header("content-type"), Some("application/json"));
    }
}

#[tokio::test]
async fn people_are_created_listed_and_counted() {
    let local = Local::open().await;
    for number in 0..12 {
        let body = json!({
            "email_address": [format!("p{number}@example.com")],
            "password": PASSWORD,
            "first_name": "Person",
            "private_metadata": { "n": number },
        });
        local.backend("POST", "/v1/users", Some(body)).await.ok();
        local.clock.advance(1000);
    }
    let first = local.backend("GET", "/v1/users", None).await.ok();
    assert_eq!(first.as_array().unwrap().len(), 10);
    assert_eq!(
        first[0]["email_addresses"][0]["email_address"],
        "p11@example.com"
    );
    assert_eq!(first[0]["private_metadata"]["n"], 11);
    assert_eq!(first[0]["password_enabled"], true);
    assert!(first[0].get("password_digest").is_none());
    let rest = "/v1/users?limit=5&offset=10&order_by=%2Bcreated_at";
    let rest = local.backend("GET", rest, None).await.ok();
    assert_eq!(rest.as_array().unwrap().len(), 2);
    let two = "/v1/users?email_address=P1@example.com&email_address=p2@example.com";
    let two = local.backend("GET", two, None).await.ok();
    assert_eq!(two.as_array().unwrap().len(), 2);
    let found = local.backend("GET", "/v1/users?query=p11%40", None).await;
    assert_eq!(found.ok().as_array().unwrap().len(), 1);
    let wild = local.backend("GET", "/v1/users?query=%25", None).await;
    assert_eq!(wild.ok().as_array().unwrap().len(), 0);
    let count = local.backend("GET", "/v1/users/count", None).await.ok();
    assert_eq!(count["total_count"], 12);
    let bad = local.backend("GET", "/v1/users?limit=501", None).await;
    assert_eq!(bad.error(422), "form_param_value_invalid");
}

#[tokio::test]
async fn bad_people_are_refused_with_the_field() {
    let local = Local::open().await;
    local.person("ada@example.com").await;
    for (body, code, field) in [
        (
            json!({"email_address": ["ADA@example.com"]}),
            "form_identifier_exists",
            "email_address",
        ),
        (
            json!({"email_address": ["no address"]}),
            "form_param_format_invalid",
            "email_address",
        ),
        (
            json!({"email_address": ["b@example.com"], "password": "short"}),
            "form_password_length_too_short",
            "password",
        ),
        (json!({}), "form_param_missing", "email_address"),
    ] {
        let answer = local.backend("POST", "/v1/users", Some(body)).await;
        assert_eq!(answer.error(422), code);
        assert_eq!(answer.json()["errors"][0]["meta"]["param_name"], field);
    }
    let broken = local.backend("POST", "/v1/users", Some(json!("{")));
    assert_eq!(broken.await.error(400), "request_body_invalid");
}

#[tokio::test]
async fn organizations_and_memberships() {
    let local = Local::open().await;
    let (ada, bob) = (
        local.person("ada@example.com").await,
        local.person("bob@example.com").await,
    );
    let body = json!({ "name": " Acme & Sons ", "created_by": ada.id });
    let org = local
        .backend("POST", "/v1/organizations", Some(body))
        .await
        .ok();
    assert_eq!(org["name"], "Acme & Sons");
    assert_eq!(org["slug"], "acme-sons");
    assert_eq!(org["members_count"], 1);
    let id = org["id"].as_str().unwrap();
    let taken = json!({ "name": "Other", "slug": "acme-sons", "created_by": ada.id });
    let taken = local
        .backend("POST", "/v1/organizations", Some(taken))
        .await;
    assert_eq!(taken.error(422), "form_identifier_exists");
    let long = json!({ "name": "x".repeat(300), "created_by": ada.id });
    let long = local.backend("POST", "/v1/organizations", Some(long)).await;
    assert_eq!(long.error(422), "form_param_max_length_exceeded");
    let by_slug = local.backend("GET", "/v1/organizations/acme-sons", None);
    assert_eq!(by_slug.await.ok()["id"], id);

    let memberships = format!("/v1/organizations/{id}/memberships");
    let add = json!({ "user_id": bob.id, "role": "org:member" });
    let added = local.backend("POST", &memberships, Some(add.clone())).await;
    assert_eq!(
        added.ok()["public_user_data"]["identifier"],
        "bob@example.com"
    );
    let twice = local.backend("POST", &memberships, Some(add)).await;
    assert_eq!(twice.error(400), "already_a_member_in_organization");
    let admins = format!("{memberships}?role=org:admin");
    let admins = local.backend("GET", &admins, None).await.ok();
    assert_eq!(admins["total_count"], 1);
    let named = format!("{memberships}?query=bob");
    assert_eq!(
        local.backend("GET", &named, None).await.ok()["total_count"],
        1
    );

    let of_ada = format!("{memberships}/{}", ada.id);
    let last = local.backend("DELETE", &of_ada, None).await;
    assert_eq!(last.error(400), "organization_minimum_permissions_needed");
    let of_bob = format!("{memberships}/{}", bob.id);
    let role = json!({ "role": "org:admin" });
    let promoted = local.backend("PATCH", &of_bob, Some(role)).await.ok();
    assert_eq!(promoted["role"], "org:admin");
    let gone = local.backend("DELETE", &of_ada, None).await.ok();
    assert_eq!(gone["object"], "organization_membership");
    let of_user = format!("/v1/users/{}/organization_memberships", ada.id);
    assert_eq!(
        local.backend("GET", &of_user, None).await.ok()["total_count"],
        0
    );
    let list = local
        .backend("GET", "/v1/organizations?query=acme", None)
        .await;
    assert_eq!(list.ok()["data"][0]["members_count"], 1);
}

#[tokio::test]
async fn sessions_are_revoked_and_listed() {
    let local = Local::open().await;
    let ada = local.person("ada@example.com").await;
    let browser = Browser::new(&local).await;
    let id = browser.sign_in(&ada).await;
    let path = format!("/v1/sessions/{id}");
    assert_eq!(
        local.backend("GET", &path, None).await.ok()["status"],
        "active"
    );
    let tokens = local.backend("POST", &format!("{path}/tokens"), None).await;
    assert_eq!(tokens.ok()["object"], "token");
    let revoked = local.backend("POST", &format!("{path}/revoke"), None).await;
    assert_eq!(revoked.ok()["status"], "revoked");
    let active = format!(
        "/v1/sessions?user_id={}&status=active&paginated=true",
        ada.id
    );
    assert_eq!(
        local.backend("GET", &active, None).await.ok()["total_count"],
        0
    );
    let refused = local.backend("POST", &format!("{path}/tokens"), None).await;
    assert_eq!(refused.error(401), "authentication_invalid");
    let client = browser.get("/v1/client").await.ok();
    assert_eq!(client["response"]["sessions"], json!([]));
}
