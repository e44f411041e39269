//! What a backend may say and ask of people.

use serde_json::{Value, json};

use crate::support::{Answer, Browser, Local, PASSWORD};

async fn create(local: &Local, email: &str, more: Value) -> Value {
    let mut body = json!({ "email_address": [email], "password": PASSWORD });
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    local.backend("POST", "/v1/users", Some(body)).await.ok()
}

async fn found(local: &Local, filter: &str) -> Vec<String> {
    let (list, count) = (
        format!("/v1/users?{filter}"),
        format!("/v1/users/count?{filter}"),
    );
    let list = local.backend("GET", &list, None).await.ok();
    let ids: Vec<String> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|user| user["first_name"].as_str().unwrap().to_owned())
        .collect();
    if !filter.contains("starting_after") && !filter.contains("limit") {
        let count = local.backend("GET", &count, None).await.ok();
        assert_eq!(count["total_count"], ids.len(), "{filter}");
    }
    ids
}

fn param(answer: &Answer) -> String {
    let body = answer.json();
    body["errors"][0]["meta"]["param_name"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn filters_find_exactly_those_who_match() {
    let local = Local::open().await;
    let mut ids = Vec::new();
    for name in ["Ann", "Bob", "Cem"] {
        let email = format!("{}@example.com", name.to_lowercase());
        let more = json!({ "first_name": name, "external_id": format!("ext-{name}") });
        let user = create(&local, &email, more).await;
        ids.push(user["id"].as_str().unwrap().to_owned());
        local.clock.advance(1000);
    }
    let org = json!({ "name": "Acme", "created_by": ids[0] });
    let org = local.backend("POST", "/v1/organizations", Some(org)).await;
    let org = org.ok()["id"].as_str().unwrap().to_owned();
    let ban = format!("/v1/users/{}/ban", ids[1]);
    assert_eq!(local.backend("POST", &ban, None).await.ok()["banned"], true);
    let browser = Browser::new(&local).await;
    let cem = local.clerk.state().user(&ids[2]).await.unwrap().unwrap();
    browser.sign_in(&cem).await;
    let start = crate::support::START_MS;
    for (filter, names) in [
        (String::new(), vec!["Cem", "Bob", "Ann"]),
        (
            "order_by=%2Bcreated_at".to_owned(),
            vec!["Ann", "Bob", "Cem"],
        ),
        (
            "order_by=-email_address".to_owned(),
            vec!["Cem", "Bob", "Ann"],
        ),
        ("order_by=first_name&limit=2".to_owned(), vec!["Ann", "Bob"]),
        ("external_id=ext-Bob".to_owned(), vec!["Bob"]),
        (
            format!("user_id={}&user_id=%2B{}", ids[0], ids[2]),
            vec!["Cem", "Ann"],
        ),
        (format!("user_id=-{}", ids[0]), vec!["Cem", "Bob"]),
        (format!("organization_id={org}"), vec!["Ann"]),
        (format!("organization_id=-{org}"), vec!["Cem", "Bob"]),
        ("banned=true".to_owned(), vec!["Bob"]),
        ("banned=false".to_owned(), vec!["Cem", "Ann"]),
        ("name_query=nn".to_owned(), vec!["Ann"]),
        ("email_address_query=BOB%40".to_owned(), vec!["Bob"]),
        ("query=ext-Cem".to_owned(), vec!["Cem"]),
        ("phone_number=%2B49".to_owned(), vec![]),
        ("username=ann".to_owned(), vec![]),
        (format!("created_at_after={start}"), vec!["Cem", "Bob"]),
        (format!("created_at_before={}", start + 1000), vec!["Ann"]),
        (format!("last_sign_in_at_after={start}"), vec!["Cem"]),
        (format!("last_active_at_since={start}"), vec!["Cem"]),
        (format!("starting_after={}", ids[2]), vec!["Bob", "Ann"]),
        (format!("starting_after={}&limit=1", ids[2]), vec!["Bob"]),
        (
            format!("order_by=email_address&starting_after={}", ids[0]),
            vec!["Bob", "Cem"],
        ),
    ] {
        assert_eq!(found(&local, &filter).await, names, "{filter}");
    }
    for (filter, field) in [
        ("banned=maybe", "banned"),
        ("created_at_after=x", "created_at_after"),
    ] {
        let refused = local
            .backend("GET", &format!("/v1/users?{filter}"), None)
            .await;
        assert_eq!(refused.error(422), "form_param_value_invalid");
        assert_eq!(param(&refused), field);
    }
}

#[tokio::test]
async fn a_person_is_made_and_changed_with_every_field() {
    let local = Local::open().await;
    let user = create(
        &local,
        "ada@example.com",
        json!({
            "email_address": ["ada@example.com", "second@example.com"],
            "external_id": "42", "locale": "de-DE", "delete_self_enabled": false,
            "create_organization_enabled": false, "create_organizations_limit": 3,
            "legal_accepted_at": "2026-01-02T03:04:05.678Z", "bypass_client_trust": true,
            "created_at": "2020-01-01T00:00:00+01:00", "skip_legal_checks": true,
        }),
    )
    .await;
    assert_eq!(user["external_id"], "42");
    assert_eq!(user["locale"], "de-DE");
    assert_eq!(user["delete_self_enabled"], false);
    assert_eq!(user["create_organization_enabled"], false);
    assert_eq!(user["create_organizations_limit"], 3);
    assert_eq!(user["legal_accepted_at"], 1_767_323_045_678_i64);
    assert_eq!(user["created_at"], 1_577_833_200_000_i64);
    assert_eq!(user["bypass_client_trust"], true);
    let verification = &user["email_addresses"][1]["verification"];
    assert_eq!(verification["object"], "verification_admin");
    assert_eq!(verification["status"], "verified");
    let second = user["email_addresses"][1]["id"].clone();
    let path = format!("/v1/users/{}", user["id"].as_str().unwrap());
    let change = json!({
        "first_name": "Ada", "external_id": null, "create_organization_enabled": true,
        "primary_email_address_id": second, "create_organizations_limit": 0,
    });
    let user = local.backend("PATCH", &path, Some(change)).await.ok();
    assert_eq!(user["primary_email_address_id"], second);
    assert_eq!(user["external_id"], Value::Null);
    assert_eq!(user["create_organization_enabled"], true);
    assert_eq!(user["locale"], "de-DE", "an absent field stays");
    for (body, code, field) in [
        (
            json!({ "username": "ada" }),
            "form_param_unknown",
            "username",
        ),
        (
            json!({ "primary_email_address_id": "idn_no" }),
            "form_resource_not_found",
            "primary_email_address_id",
        ),
        (
            json!({ "created_at": "2990-01-01T00:00:00Z" }),
            "form_disallow_future_date",
            "created_at",
        ),
        (
            json!({ "created_at": "yesterday" }),
            "form_param_invalid_time",
            "created_at",
        ),
        (
            json!({ "create_organizations_limit": -1 }),
            "form_param_value_invalid",
            "create_organizations_limit",
        ),
        (
            json!({ "password_digest": "x", "password_hasher": "argon2id" }),
            "form_password_digest_invalid_code",
            "password_digest",
        ),
        (
            json!({ "password_digest": "x", "password_hasher": "md5" }),
            "form_param_value_invalid",
            "password_hasher",
        ),
    ] {
        let refused = local.backend("PATCH", &path, Some(body)).await;
        assert_eq!(refused.error(422), code, "{field}");
        assert_eq!(param(&refused), field);
    }
    create(&local, "bob@example.com", json!({ "external_id": "7" })).await;
    let taken = local
        .backend("PATCH", &path, Some(json!({ "external_id": "7" })))
        .await;
    assert_eq!(taken.error(422), "form_identifier_exists");
}

#[tokio::test]
async fn a_digest_made_elsewhere_signs_in() {
    let local = Local::open().await;
    let digest = local
        .clerk
        .state()
        .hash_password("from elsewhere")
        .await
        .unwrap();
    let body = json!({
        "email_address": ["ada@example.com"], "password_digest": digest,
        "password_hasher": "argon2id",
    });
    let user = local.backend("POST", "/v1/users", Some(body)).await.ok();
    let verify = format!("/v1/users/{}/verify_password", user["id"].as_str().unwrap());
    let ask =
        |password: &str| local.backend("POST", &verify, Some(json!({ "password": password })));
    assert_eq!(
        ask("from elsewhere").await.ok(),
        json!({ "verified": true })
    );
    assert_eq!(
        ask("something else").await.error(422),
        "form_password_incorrect"
    );
}

#[tokio::test]
async fn metadata_is_merged_or_replaced() {
    let local = Local::open().await;
    let user = create(
        &local,
        "ada@example.com",
        json!({ "public_metadata": { "a": { "b": 1, "c": 2 } } }),
    )
    .await;
    let path = format!("/v1/users/{}/metadata", user["id"].as_str().unwrap());
    let merge = json!({ "public_metadata": { "a": { "b": null, "d": 3 } }, "private_metadata": { "x": 1 } });
    let user = local.backend("PATCH", &path, Some(merge)).await.ok();
    assert_eq!(user["public_metadata"], json!({ "a": { "c": 2, "d": 3 } }));
    assert_eq!(user["private_metadata"], json!({ "x": 1 }));
    let replace = json!({ "public_metadata": { "new": true } });
    let user = local.backend("PUT", &path, Some(replace)).await.ok();
    assert_eq!(user["public_metadata"], json!({ "new": true }));
    assert_eq!(
        user["private_metadata"],
        json!({ "x": 1 }),
        "what is absent stays"
    );
    let list = local
        .backend("PATCH", &path, Some(json!({ "unsafe_metadata": [] })))
        .await;
    assert_eq!(list.error(422), "form_param_type_invalid");
    let large = json!({ "private_metadata": { "y": "z".repeat(8192) } });
    let large = local.backend("PATCH", &path, Some(large)).await;
    assert_eq!(large.error(422), "form_param_exceeds_allowed_size");
}

#[tokio::test]
async fn a_ban_ends_every_session_and_keeps_new_ones_away() {
    let local = Local::open().await;
    let ada = local.person("ada@example.com").await;
    let browser = Browser::new(&local).await;
    let session = browser.sign_in(&ada).await;
    let banned = local.backend(
        "POST",
        "/v1/users/ban",
        Some(json!({ "user_ids": [ada.id] })),
    );
    assert_eq!(banned.await.ok()[0]["banned"], true);
    let path = format!("/v1/sessions/{session}");
    assert_eq!(
        local.backend("GET", &path, None).await.ok()["status"],
        "revoked"
    );
    let attempt = browser
        .post(
            "/v1/client/sign_ins",
            &[
                ("identifier", "ada@example.com"),
                ("password", PASSWORD),
                ("strategy", "password"),
            ],
        )
        .await;
    assert_eq!(attempt.error(403), "user_banned");
    let unknown = json!({ "user_ids": [ada.id, "user_none"] });
    let unknown = local
        .backend("POST", "/v1/users/unban", Some(unknown))
        .await;
    assert_eq!(unknown.error(404), "resource_not_found");
    let still = local.clerk.state().user(&ada.id).await.unwrap().unwrap();
    assert!(still.settings.banned, "nothing changes when one is unknown");
    let unban = format!("/v1/users/{}/unban", ada.id);
    assert_eq!(
        local.backend("POST", &unban, None).await.ok()["banned"],
        false
    );
    let again = browser
        .post(
            "/v1/client/sign_ins",
            &[
                ("identifier", "ada@example.com"),
                ("password", PASSWORD),
                ("strategy", "password"),
            ],
        )
        .await;
    assert_eq!(again.ok()["response"]["status"], "complete");
}

#[tokio::test]
async fn passwords_are_taken_away() {
    let local = Local::open().await;
    let ada = local.person("ada@example.com").await;
    let browser = Browser::new(&local).await;
    browser.sign_in(&ada).await;
    let path = |what: &str| format!("/v1/users/{}/{what}", ada.id);
    let body = json!({ "sign_out_of_other_sessions": true });
    let user = local
        .backend("POST", &path("remove_password"), Some(body))
        .await
        .ok();
    assert_eq!(user["password_enabled"], false);
    assert!(
        local
            .clerk
            .state()
            .sessions_of_user(&ada.id)
            .await
            .unwrap()
            .is_empty()
    );
    let again = local.backend("POST", &path("remove_password"), None).await;
    assert_eq!(again.error(400), "no_password_set");
    let verify = path("verify_password");
    let verify = local.backend("POST", &verify, Some(json!({ "password": "x" })));
    assert_eq!(verify.await.error(400), "no_password_set");
    let compromised = local
        .backend("POST", &path("password/set_compromised"), None)
        .await;
    assert_eq!(compromised.error(400), "no_password_set");
}

#[tokio::test]
async fn addresses_are_added_changed_and_removed() {
    let local = Local::open().await;
    let ada = local.person("ada@example.com").await;
    local.person("bob@example.com").await;
    let add = |address: &str| {
        let body = json!({ "user_id": ada.id, "email_address": address });
        local.backend("POST", "/v1/email_addresses", Some(body))
    };
    assert_eq!(
        add("BOB@example.com").await.error(422),
        "form_identifier_exists"
    );
    assert_eq!(
        add("no address").await.error(422),
        "form_param_format_invalid"
    );
    let added = add("new@example.com").await.ok();
    assert_eq!(added["verification"], Value::Null);
    let path = format!("/v1/email_addresses/{}", added["id"].as_str().unwrap());
    let change = json!({ "verified": true, "primary": true });
    let changed = local.backend("PATCH", &path, Some(change)).await.ok();
    assert_eq!(changed["verification"]["strategy"], "admin");
    let state = local.clerk.state();
    let now = state.user(&ada.id).await.unwrap().unwrap();
    assert_eq!(now.identifier(), "new@example.com");
    let gone = local.backend("DELETE", &path, None).await.ok();
    assert_eq!(gone["deleted"], true);
    assert_eq!(
        local.backend("GET", &path, None).await.error(404),
        "resource_not_found"
    );
    let now = state.user(&ada.id).await.unwrap().unwrap();
    assert_eq!(
        now.identifier(),
        "ada@example.com",
        "the oldest verified one is first again"
    );
    let last = format!("/v1/email_addresses/{}", now.email_addresses[0].id);
    let last = local.backend("DELETE", &last, None).await;
    assert_eq!(
        last.error(400),
        "last_required_identification_deletion_failed"
    );
    let replace = format!("/v1/users/{}/email_address", ada.id);
    let body = json!({ "email_address": "other@example.com" });
    let only = local.backend("PUT", &replace, Some(body)).await.ok();
    assert_eq!(only["email_address"], "other@example.com");
    let now = state.user(&ada.id).await.unwrap().unwrap();
    assert_eq!(now.email_addresses.len(), 1);
    assert_eq!(now.identifier(), "other@example.com");
}

#[tokio::test]
async fn sessions_for_tests_and_their_browsers() {
    let local = Local::open().await;
    let (_, bob, acme) = local.acme().await;
    let body = json!({ "user_id": bob.id, "active_organization_id": acme.id });
    let session = local.backend("POST", "/v1/sessions", Some(body)).await.ok();
    assert_eq!(session["last_active_organization_id"], acme.id);
    let id = session["id"].as_str().unwrap();
    let foreign = json!({ "user_id": bob.id, "active_organization_id": "org_none" });
    let foreign = local.backend("POST", "/v1/sessions", Some(foreign)).await;
    assert_eq!(foreign.error(404), "organization_not_found_or_unauthorized");
    let tokens = format!("/v1/sessions/{id}/tokens");
    let jwt = local.backend("POST", &tokens, Some(json!({ "expires_in_seconds": 600 })));
    let jwt = jwt.await.ok()["jwt"].as_str().unwrap().to_owned();
    let short = local.backend("POST", &tokens, Some(json!({ "expires_in_seconds": 1 })));
    assert_eq!(short.await.error(422), "form_param_value_invalid");
    let path = format!("/v1/sessions/{id}/verify");
    let verify = |token: String| local.backend("POST", &path, Some(json!({ "token": token })));
    assert_eq!(verify(jwt.clone()).await.ok()["id"], id);
    assert_eq!(
        verify(format!("{jwt}x")).await.error(401),
        "authentication_invalid"
    );
    let client = session["client_id"].as_str().unwrap();
    let client = local
        .backend("GET", &format!("/v1/clients/{client}"), None)
        .await
        .ok();
    assert_eq!(client["session_ids"], json!([id]));
    let listed = local
        .backend("GET", "/v1/clients?paginated=true", None)
        .await
        .ok();
    assert_eq!(listed["data"], json!([client]));
    let nobody = local.backend("GET", "/v1/sessions", None).await;
    assert_eq!(nobody.error(422), "form_param_missing");
    let browser = Browser::new(&local).await;
    let known = json!({ "token": browser.token });
    let known = local
        .backend("POST", "/v1/clients/verify", Some(known))
        .await;
    assert_eq!(known.ok()["object"], "client");
    let unknown = local.backend(
        "POST",
        "/v1/clients/verify",
        Some(json!({ "token": "dvb_no" })),
    );
    assert_eq!(unknown.await.error(404), "resource_not_found");
}

#[tokio::test]
async fn a_testing_token_goes_along_with_a_browsers_requests() {
    let local = Local::open().await;
    local.person("ada@example.com").await;
    let token = local.backend("POST", "/v1/testing_tokens", None).await.ok();
    let now = local.clerk.state().now_ms() / 1000;
    assert_eq!(token["expires_at"], now + 3600);
    let path = format!(
        "/v1/client/sign_ins?__clerk_testing_token={}",
        token["token"].as_str().unwrap()
    );
    let browser = Browser::new(&local).await;
    let started = browser
        .post(&path, &[("identifier", "ada@example.com")])
        .await;
    assert_eq!(started.ok()["response"]["status"], "needs_first_factor");
}

#[tokio::test]
async fn a_picture_is_set_and_taken_away() {
    const PIXEL: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
    let local = Local::open().await;
    let ada = local.person("ada@example.com").await;
    let path = format!("/v1/users/{}/profile_image", ada.id);
    let secret = local.clerk.secret_key();
    let request = http::Request::post(format!("/__clerk/backend{path}"))
        .header(
            http::header::AUTHORIZATION,
            format!("Bearer {}", secret.expose()),
        )
        .body(axum::body::Body::from(PIXEL));
    let user = local.send(request.unwrap()).await.ok();
    assert_eq!(user["has_image"], true);
    let user = local.backend("DELETE", &path, None).await.ok();
    assert_eq!(user["has_image"], false);
    let none = local.backend("DELETE", &path, None).await;
    assert_eq!(none.error(404), "image_not_found");
}
