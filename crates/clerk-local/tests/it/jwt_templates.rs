//! Templates of tokens: kept by the backend, filled for the browser.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};

use crate::support::{Browser, Local, ORIGIN, START_MS};

fn part(jwt: &Value, number: usize) -> Value {
    let part = jwt.as_str().unwrap().split('.').nth(number).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[tokio::test]
async fn a_template_is_filled_for_the_person_and_the_organization() {
    let local = Local::open().await;
    let (ada, _, acme) = local.acme().await;
    let form = json!({
        "name": "hasura",
        "claims": {
            "aud": "https://example.com",
            "who": "{{user.full_name}} <{{user.primary_email_address}}>",
            "verified": "{{user.email_verified}}",
            "org": { "id": "{{org.id}}", "role": "{{org.role || 'none'}}" },
            "age": "{{user.public_metadata.age || 30}}",
        },
        "lifetime": 600,
        "allowed_clock_skew": 7,
    });
    let made = local
        .backend("POST", "/v1/jwt_templates", Some(form))
        .await
        .ok();
    assert_eq!(made["object"], "jwt_template");
    assert_eq!(made["signing_algorithm"], "RS256");
    assert_eq!(made["custom_signing_key"], false);

    let browser = Browser::new(&local).await;
    let id = browser.sign_in(&ada).await;
    let path = format!("/v1/client/sessions/{id}/tokens/hasura");
    let token = browser.post(&path, &[]).await.ok();
    assert_eq!(token["object"], "token");
    let claims = part(&token["jwt"], 1);
    assert_eq!(claims["who"], "Ada Byron <ada@example.com>");
    assert_eq!(claims["verified"], true);
    assert_eq!(claims["org"], json!({ "id": null, "role": "none" }));
    assert_eq!(claims["age"], 30);
    assert_eq!(claims["sub"], ada.id.as_str());
    assert_eq!(claims["azp"], ORIGIN);
    let iat = START_MS / 1000;
    assert_eq!(claims["iat"], iat);
    assert_eq!(claims["nbf"], iat - 7);
    assert_eq!(claims["exp"], iat + 600);
    // Not bound to the session.
    assert!(claims.get("sid").is_none() && claims.get("v").is_none());

    let touch = format!("/v1/client/sessions/{id}/touch");
    let fields = [("active_organization_id", acme.id.as_str())];
    browser.post(&touch, &fields).await.ok();
    let token = browser.post(&path, &[]).await.ok();
    let org = json!({ "id": acme.id, "role": "org:admin" });
    assert_eq!(part(&token["jwt"], 1)["org"], org);

    let missing = format!("/v1/client/sessions/{id}/tokens/none");
    let missing = browser.post(&missing, &[]).await;
    assert_eq!(missing.error(404), "resource_not_found");
    let stranger = Browser::new(&local).await;
    let foreign = stranger.post(&path, &[]).await;
    assert_eq!(foreign.error(404), "resource_not_found");
    let end = format!("/v1/client/sessions/{id}/end");
    browser.post(&end, &[]).await.ok();
    assert_eq!(browser.post(&path, &[]).await.error(401), "signed_out");
}

#[tokio::test]
async fn a_template_may_have_a_key_of_its_own() {
    let local = Local::open().await;
    let ada = local.person("ada@example.com").await;
    let form = json!({
        "name": "own-key",
        "claims": {},
        "custom_signing_key": true,
        "signing_algorithm": "HS256",
        "signing_key": "a secret that another service knows",
    });
    let made = local
        .backend("POST", "/v1/jwt_templates", Some(form))
        .await
        .ok();
    assert_eq!(made["signing_algorithm"], "HS256");
    assert_eq!(made["custom_signing_key"], true);
    assert!(!made.to_string().contains("a secret"));
    let browser = Browser::new(&local).await;
    let id = browser.sign_in(&ada).await;
    let path = format!("/v1/client/sessions/{id}/tokens/own-key");
    let token = browser.post(&path, &[]).await.ok();
    let mut rules = Validation::new(Algorithm::HS256);
    rules.validate_exp = false;
    rules.validate_nbf = false;
    let key = DecodingKey::from_secret(b"a secret that another service knows");
    let jwt = token["jwt"].as_str().unwrap();
    assert!(jsonwebtoken::decode::<Value>(jwt, &key, &rules).is_ok());
}

#[tokio::test]
async fn templates_are_listed_changed_and_deleted() {
    let local = Local::open().await;
    let path = "/v1/jwt_templates";
    for name in ["one", "two"] {
        let form = json!({ "name": name, "claims": { "n": name } });
        local.backend("POST", path, Some(form)).await.ok();
        local.clock.advance(1);
    }
    let page = local
        .backend("GET", "/v1/jwt_templates?paginated=true&limit=1", None)
        .await
        .ok();
    assert_eq!(page["total_count"], 2);
    assert_eq!(page["data"][0]["name"], "two");
    let all = local.backend("GET", path, None).await.ok();
    let one = format!("{path}/{}", all[1]["id"].as_str().unwrap());
    let taken = local
        .backend("PATCH", &one, Some(json!({ "name": "two" })))
        .await;
    assert_eq!(taken.error(422), "form_identifier_exists");
    let changed = json!({ "lifetime": 3600 });
    let changed = local.backend("PATCH", &one, Some(changed)).await.ok();
    assert_eq!(
        (&changed["name"], &changed["lifetime"]),
        (&json!("one"), &json!(3600))
    );
    assert_eq!(changed["claims"], json!({ "n": "one" }));
    assert_eq!(
        local.backend("DELETE", &one, None).await.ok()["deleted"],
        true
    );
    assert_eq!(
        local.backend("GET", &one, None).await.error(404),
        "resource_not_found"
    );
    assert_eq!(
        local.backend("DELETE", &one, None).await.error(404),
        "resource_not_found"
    );
}

#[tokio::test]
async fn a_bad_template_is_refused() {
    let local = Local::open().await;
    for (form, status, code, param) in [
        (json!({ "claims": {} }), 422, "form_param_missing", "name"),
        (json!({ "name": "a" }), 422, "form_param_missing", "claims"),
        (
            json!({ "name": "a b", "claims": {} }),
            422,
            "form_param_value_invalid",
            "name",
        ),
        (
            json!({ "name": "a", "claims": [] }),
            422,
            "form_param_value_invalid",
            "claims",
        ),
        (
            json!({ "name": "a", "claims": { "sub": "x" } }),
            400,
            "jwt_template_reserved_claim",
            "claims",
        ),
        (
            json!({ "name": "a", "claims": {}, "lifetime": 29 }),
            422,
            "form_param_value_invalid",
            "lifetime",
        ),
        (
            json!({ "name": "a", "claims": {}, "custom_signing_key": true }),
            422,
            "form_param_missing",
            "signing_algorithm",
        ),
        (
            json!({
                "name": "a", "claims": {}, "custom_signing_key": true,
                "signing_algorithm": "RS256", "signing_key": "no PEM",
            }),
            422,
            "form_param_value_invalid",
            "signing_key",
        ),
    ] {
        let refused = local.backend("POST", "/v1/jwt_templates", Some(form)).await;
        assert_eq!(refused.error(status), code);
        assert_eq!(refused.json()["errors"][0]["meta"]["param_name"], param);
    }
}
