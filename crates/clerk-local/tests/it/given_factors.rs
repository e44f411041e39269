//! Second factors that a person had elsewhere, given by the backend.

use serde_json::{Value, json};

use crate::support::{Answer, Local};

/// RFC 6238's test secret, and a short one of 80 bits as older apps have it.
const SECRETS: [&str; 2] = ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "gezd gnbv gy3t qojq"];

async fn create(local: &Local, name: &str, more: Value) -> Answer {
    let mut body = json!({ "email_address": [format!("{name}@example.com")] });
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    local.backend("POST", "/v1/users", Some(body)).await
}

/// What an app with this secret shows now.
fn code(local: &Local, secret: &str) -> String {
    let bare: String = secret.split(' ').collect();
    let secret = totp_rs::Secret::try_from_base32(bare.to_uppercase()).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret);
    let now_s = u64::try_from(local.clerk.state().now_ms() / 1000).unwrap();
    totp.build_noncompliant().generate(now_s).to_string()
}

async fn verify(local: &Local, id: &str, code: &str) -> Answer {
    let path = format!("/v1/users/{id}/verify_totp");
    let body = json!({ "code": code });
    local.backend("POST", &path, Some(body)).await
}

#[tokio::test]
async fn they_count_from_the_start() {
    let local = Local::open().await;
    for (name, secret) in ["ada", "bob"].into_iter().zip(SECRETS) {
        let given =
            json!({ "totp_secret": secret, "backup_codes": ["Some-Code", "somecode", "b"] });
        let user = create(&local, name, given).await.ok();
        for flag in ["totp_enabled", "backup_code_enabled", "two_factor_enabled"] {
            assert_eq!(user[flag], true, "{flag}");
        }
        assert!(user["mfa_enabled_at"].is_i64());
        let id = user["id"].as_str().unwrap();
        let shown = verify(&local, id, &code(&local, secret)).await;
        assert_eq!(shown.ok()["code_type"], "totp");
        let shown = verify(&local, id, "SOME code").await;
        assert_eq!(shown.ok()["code_type"], "backup_code");
        let spent = verify(&local, id, "somecode").await;
        assert_eq!(spent.error(422), "form_code_incorrect");
    }
    let event = local.clerk.state().recent_deliveries(1).await.unwrap();
    assert!(event[0].payload.contains(r#""totp_enabled":true"#));
    assert!(!event[0].payload.contains("GEZDGNBV"));
}

#[tokio::test]
async fn they_replace_the_former_ones() {
    let local = Local::open().await;
    let given = json!({ "totp_secret": SECRETS[0], "backup_codes": ["old"] });
    let user = create(&local, "ada", given).await.ok();
    let id = user["id"].as_str().unwrap();
    let path = format!("/v1/users/{id}");
    let change = json!({ "totp_secret": SECRETS[1], "backup_codes": ["new"] });
    let changed = local.backend("PATCH", &path, Some(change)).await.ok();
    assert_eq!(changed["totp_enabled"], true);
    assert_eq!(changed["mfa_enabled_at"], user["mfa_enabled_at"]);
    for gone in [&*code(&local, SECRETS[0]), "old"] {
        let refused = verify(&local, id, gone).await;
        assert_eq!(refused.error(422), "form_code_incorrect");
    }
    verify(&local, id, &code(&local, SECRETS[1])).await.ok();
    // What is absent, null or empty stays.
    for change in [
        json!({}),
        json!({ "totp_secret": null, "backup_codes": [] }),
    ] {
        local.backend("PATCH", &path, Some(change)).await.ok();
    }
    verify(&local, id, "new").await.ok();
}

#[tokio::test]
async fn what_is_none_is_refused() {
    let local = Local::open().await;
    for (given, field) in [
        (json!({ "totp_secret": "0189" }), "totp_secret"),
        (json!({ "totp_secret": "" }), "totp_secret"),
        (json!({ "backup_codes": ["fine", " -- "] }), "backup_codes"),
        (
            json!({ "backup_codes": ["$2a$10$N9qo8uLOickgx2ZMRZoMye"] }),
            "backup_codes",
        ),
    ] {
        let refused = create(&local, "ada", given).await;
        assert_eq!(refused.error(422), "form_param_value_invalid");
        assert_eq!(refused.json()["errors"][0]["meta"]["param_name"], field);
    }
    let nobody = local.backend("GET", "/v1/users", None).await.ok();
    assert_eq!(nobody, json!([]));
}
