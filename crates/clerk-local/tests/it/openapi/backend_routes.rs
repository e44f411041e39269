//! Every route of the backend API is called, its good answer and a refusal held against what is
//! published.

use std::{cell::RefCell, collections::BTreeSet};

use serde_json::{Value, json};

use super::{Api, published, routes};
use crate::support::{Browser, Local, PASSWORD};

/// Routes that this test does not call, and why.
const NOT_CALLED: &[(&str, &str)] = &[
    (
        "GET /v1/clients/handshake_payload",
        "not published; see the tests of the handshake",
    ),
    (
        "POST /v1/sessions/{}/refresh",
        "needs a browser's cookie; see the tests of the handshake",
    ),
    (
        "POST /v1/users/{}/profile_image",
        "needs a picture; see the tests of people",
    ),
    (
        "DELETE /v1/users/{}/profile_image",
        "needs a picture; see the tests of people",
    ),
    ("PUT /v1/organizations/{}/logo", "needs a picture"),
    ("DELETE /v1/organizations/{}/logo", "needs a picture"),
    // Second factors, passkeys and external accounts have tests of their own.
    ("POST /v1/users/{}/verify_totp", "second factors"),
    ("DELETE /v1/users/{}/mfa", "second factors"),
    ("DELETE /v1/users/{}/totp", "second factors"),
    ("DELETE /v1/users/{}/backup_code", "second factors"),
    ("DELETE /v1/users/{}/passkeys/{}", "passkeys"),
    (
        "GET /v1/users/{}/oauth_access_tokens/{}",
        "external accounts",
    ),
    (
        "DELETE /v1/users/{}/external_accounts/{}",
        "external accounts",
    ),
    // With another parameter than an id of the backend's.
    (
        "POST /m2m_tokens",
        "by a machine's key; see the tests of machines",
    ),
    ("GET /m2m_tokens", "as with the version"),
    ("POST /m2m_tokens/verify", "as with the version"),
    ("POST /m2m_tokens/{}/revoke", "as with the version"),
];

struct Caller<'a> {
    local: &'a Local,
    called: RefCell<BTreeSet<String>>,
}

impl Caller<'_> {
    /// Calls a route; `args` fill the braces of its pattern in their order.
    async fn call(&self, method: &str, path: &str, args: &[&str], body: Option<Value>) -> Value {
        let what = format!("{method} {}", routes::pattern(path));
        let mut filled = path.to_owned();
        for arg in args {
            filled = filled.replacen("{}", arg, 1);
        }
        let answer = self.local.backend(method, &filled, body).await;
        assert!(answer.status.is_success(), "{what}: {}", answer.text);
        self.called.borrow_mut().insert(what.clone());
        published(Api::Backend, &what, &answer)
    }

    async fn get(&self, path: &str, args: &[&str]) -> Value {
        self.call("GET", path, args, None).await
    }

    async fn post(&self, path: &str, args: &[&str], body: Value) -> Value {
        self.call("POST", path, args, Some(body)).await
    }

    async fn patch(&self, path: &str, args: &[&str], body: Value) -> Value {
        self.call("PATCH", path, args, Some(body)).await
    }

    async fn put(&self, path: &str, args: &[&str], body: Value) -> Value {
        self.call("PUT", path, args, Some(body)).await
    }

    async fn delete(&self, path: &str, args: &[&str]) -> Value {
        self.call("DELETE", path, args, None).await
    }
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

#[tokio::test]
async fn answers_are_as_published() {
    let local = Local::open().await;
    let caller = Caller {
        local: &local,
        called: RefCell::default(),
    };
    let ada = people(&caller).await;
    organizations(&caller, &ada).await;
    sessions(&caller, &ada).await;
    machines(&caller, &ada).await;
    caller.delete("/v1/users/{}", &[&ada]).await;

    let called = caller.called.into_inner();
    let left: Vec<String> = routes::in_folder("backend_api")
        .into_iter()
        .filter(|route| {
            let (method, path) = route.split_once(' ').unwrap();
            let versioned = format!("{method} /v1{path}");
            let known = |route: &str| NOT_CALLED.iter().any(|(known, _)| *known == route);
            !(called.contains(route) || called.contains(&versioned) || known(route))
        })
        .collect();
    assert!(left.is_empty(), "nobody calls {left:#?}");
}

/// Leaves one person behind.
async fn people(caller: &Caller<'_>) -> String {
    let create = json!({ "email_address": ["ada@example.com"], "password": PASSWORD });
    let ada = caller.post("/v1/users", &[], create).await;
    let ada = id(&ada).to_owned();
    caller.get("/v1/users", &[]).await;
    caller.get("/v1/users/count", &[]).await;
    caller.get("/v1/users/{}", &[&ada]).await;
    let name = json!({ "first_name": "Ada" });
    caller.patch("/v1/users/{}", &[&ada], name).await;
    let metadata = json!({ "public_metadata": { "object": "user" } });
    caller
        .patch("/v1/users/{}/metadata", &[&ada], metadata.clone())
        .await;
    caller.put("/v1/users/{}/metadata", &[&ada], metadata).await;
    for what in ["ban", "unban", "lock", "unlock"] {
        caller
            .post(&format!("/v1/users/{{}}/{what}"), &[&ada], json!({}))
            .await;
    }
    let several = json!({ "user_ids": [ada] });
    caller.post("/v1/users/ban", &[], several.clone()).await;
    caller.post("/v1/users/unban", &[], several).await;
    let password = json!({ "password": PASSWORD });
    caller
        .post("/v1/users/{}/verify_password", &[&ada], password)
        .await;
    caller
        .post("/v1/users/{}/password/set_compromised", &[&ada], json!({}))
        .await;
    caller
        .post(
            "/v1/users/{}/password/unset_compromised",
            &[&ada],
            json!({}),
        )
        .await;
    caller
        .post("/v1/users/{}/remove_password", &[&ada], json!({}))
        .await;
    caller
        .get("/v1/users/{}/organization_memberships", &[&ada])
        .await;
    caller
        .get("/v1/users/{}/organization_invitations", &[&ada])
        .await;
    let replaced = json!({ "email_address": "new@example.com" });
    caller
        .put("/v1/users/{}/email_address", &[&ada], replaced)
        .await;
    let more = json!({ "user_id": ada, "email_address": "more@example.com" });
    let more = caller.post("/v1/email_addresses", &[], more).await;
    let more = id(&more);
    caller.get("/v1/email_addresses/{}", &[more]).await;
    let verified = json!({ "verified": true });
    caller
        .patch("/v1/email_addresses/{}", &[more], verified)
        .await;
    caller.delete("/v1/email_addresses/{}", &[more]).await;
    ada
}

async fn organizations(caller: &Caller<'_>, ada: &str) {
    let bob = json!({ "email_address": ["bob@example.com"] });
    let bob = caller.post("/v1/users", &[], bob).await;
    let bob = id(&bob);
    let acme = json!({ "name": "Acme", "created_by": ada });
    let acme = caller.post("/v1/organizations", &[], acme).await;
    let acme = id(&acme);
    caller.get("/v1/organizations", &[]).await;
    caller.get("/v1/organizations/{}", &[acme]).await;
    caller
        .patch("/v1/organizations/{}", &[acme], json!({ "name": "Ajax" }))
        .await;
    let metadata = json!({ "public_metadata": { "a": 1 } });
    caller
        .patch("/v1/organizations/{}/metadata", &[acme], metadata.clone())
        .await;
    caller
        .put("/v1/organizations/{}/metadata", &[acme], metadata.clone())
        .await;
    let members = "/v1/organizations/{}/memberships";
    let one = "/v1/organizations/{}/memberships/{}";
    let join = json!({ "user_id": bob, "role": "org:member" });
    caller.post(members, &[acme], join).await;
    caller.get(members, &[acme]).await;
    caller.get("/v1/organization_memberships", &[]).await;
    caller
        .patch(one, &[acme, bob], json!({ "role": "org:admin" }))
        .await;
    let member_metadata = "/v1/organizations/{}/memberships/{}/metadata";
    caller
        .patch(member_metadata, &[acme, bob], metadata.clone())
        .await;
    caller.put(member_metadata, &[acme, bob], metadata).await;
    caller.delete(one, &[acme, bob]).await;
    invitations(caller, acme, ada).await;
    roles(caller).await;
    caller.delete("/v1/organizations/{}", &[acme]).await;
}

async fn invitations(caller: &Caller<'_>, acme: &str, ada: &str) {
    let all = "/v1/organizations/{}/invitations";
    let invite = |email: &str| json!({ "email_address": email, "role": "org:member", "inviter_user_id": ada });
    let made = caller.post(all, &[acme], invite("cem@example.com")).await;
    caller.get(all, &[acme]).await;
    caller
        .get("/v1/organizations/{}/invitations/pending", &[acme])
        .await;
    caller
        .get("/v1/organizations/{}/invitations/{}", &[acme, id(&made)])
        .await;
    caller.get("/v1/organization_invitations", &[]).await;
    let several = json!([invite("dan@example.com"), invite("eve@example.com")]);
    caller
        .post("/v1/organizations/{}/invitations/bulk", &[acme], several)
        .await;
    let revoke = "/v1/organizations/{}/invitations/{}/revoke";
    let by = json!({ "requesting_user_id": ada });
    caller.post(revoke, &[acme, id(&made)], by).await;
    let made = caller
        .post(
            "/v1/invitations",
            &[],
            json!({ "email_address": "fay@example.com" }),
        )
        .await;
    caller.get("/v1/invitations", &[]).await;
    let several = json!([{ "email_address": "gil@example.com" }]);
    caller.post("/v1/invitations/bulk", &[], several).await;
    caller
        .post("/v1/invitations/{}/revoke", &[id(&made)], json!({}))
        .await;
}

async fn roles(caller: &Caller<'_>) {
    let permission = json!({ "name": "Read", "key": "org:reports:read", "description": "Reads." });
    let permission = caller
        .post("/v1/organization_permissions", &[], permission)
        .await;
    let permission = id(&permission);
    caller.get("/v1/organization_permissions", &[]).await;
    caller
        .get("/v1/organization_permissions/{}", &[permission])
        .await;
    let name = json!({ "name": "Read reports" });
    caller
        .patch("/v1/organization_permissions/{}", &[permission], name)
        .await;
    let role = json!({ "name": "Auditor", "key": "org:auditor", "description": "Looks." });
    let role = caller.post("/v1/organization_roles", &[], role).await;
    let role = id(&role);
    caller.get("/v1/organization_roles", &[]).await;
    caller.get("/v1/organization_roles/{}", &[role]).await;
    caller
        .patch(
            "/v1/organization_roles/{}",
            &[role],
            json!({ "name": "Auditors" }),
        )
        .await;
    let grant = "/v1/organization_roles/{}/permissions/{}";
    caller.post(grant, &[role, permission], json!({})).await;
    caller.delete(grant, &[role, permission]).await;
    caller.delete("/v1/organization_roles/{}", &[role]).await;
    caller
        .delete("/v1/organization_permissions/{}", &[permission])
        .await;
}

async fn sessions(caller: &Caller<'_>, ada: &str) {
    let made = caller
        .post("/v1/sessions", &[], json!({ "user_id": ada }))
        .await;
    let session = id(&made);
    caller.get("/v1/sessions/{}", &[session]).await;
    caller.get("/v1/sessions?user_id={}", &[ada]).await;
    caller
        .get("/v1/sessions?paginated=true&user_id={}", &[ada])
        .await;
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
    let browser = Browser::new(caller.local).await;
    let known = json!({ "token": browser.token });
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

async fn machines(caller: &Caller<'_>, ada: &str) {
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
    let state = caller.local.clerk.state();
    let machine = state.machine(jobs).await.unwrap().unwrap();
    let token = state.create_m2m_token(&machine, Default::default());
    let token = token.await.unwrap();
    caller.get("/v1/m2m_tokens?subject={}", &[jobs]).await;
    let verify = json!({ "token": token.token });
    caller.post("/v1/m2m_tokens/verify", &[], verify).await;
    caller
        .post("/v1/m2m_tokens/{}/revoke", &[&token.id], json!({}))
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

#[tokio::test]
async fn refusals_are_as_published() {
    let local = Local::open().await;
    for (method, path, body) in [
        ("GET", "/v1/users/user_none", None),
        ("GET", "/v1/no_such_thing", None),
        ("POST", "/v1/users", Some(json!({}))),
        ("POST", "/v1/users", Some(json!([]))),
        ("DELETE", "/v1/jwks", None),
        ("POST", "/v1/m2m_tokens", Some(json!({}))),
    ] {
        let answer = local.backend(method, path, body).await;
        assert!(answer.status.is_client_error(), "{method} {path}");
        published(Api::Backend, path, &answer);
    }
}
