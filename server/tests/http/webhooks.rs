//! Webhooks over HTTP: what is accepted, what is refused, and that the local instance delivers.

use clerk::{
    api::{CreatePermission, CreateRole},
    clock::Clock as _,
};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use store::Action;

use crate::support::{TestServer, databases::kinds, deliveries::delivery};

async fn deliver(server: &TestServer, id: &str, body: &str, signature: Option<&str>) -> Response {
    let secret = &server.webhook_secret;
    let now_ms = server.clock.now_ms();
    let request = delivery(server, secret, now_ms, (id, body), signature);
    request.send().await.unwrap()
}

fn user_created(id: &str) -> String {
    json!({
        "type": "user.created",
        "object": "event",
        "timestamp": 1_760_000_000_000_i64,
        "instance_id": "ins_test",
        "data": {
            "object": "user", "id": id, "first_name": "Web", "last_name": "Hook",
            "image_url": "", "has_image": false,
            "primary_email_address_id": "idn_1",
            "email_addresses": [{ "object": "email_address", "id": "idn_1",
                "email_address": "web@hook.test", "created_at": 1, "updated_at": 1 }],
            "created_at": 1_760_000_000_000_i64, "updated_at": 1_760_000_000_000_i64
        }
    })
    .to_string()
}

#[tokio::test]
async fn a_signed_event_is_applied_once_and_acknowledged_twice() {
    for kind in kinds() {
        let server = TestServer::start(kind).await;
        let body = user_created("user_hook");
        for _ in 0..2 {
            let answer = deliver(&server, "msg_1", &body, None).await;
            assert_eq!(answer.status(), StatusCode::NO_CONTENT, "{kind:?}");
        }
        let known = server
            .state
            .store
            .identity()
            .knows_user(&clerk::ids::UserId::new("user_hook"))
            .await
            .unwrap();
        assert!(known, "{kind:?}");
    }
}

#[tokio::test]
async fn a_bad_signature_is_refused_and_nothing_is_stored() {
    for kind in kinds() {
        let server = TestServer::start(kind).await;
        let body = user_created("user_forged");
        for signature in ["v1,AAAA", "", "v2,x", "nonsense"] {
            let answer = deliver(&server, "msg_2", &body, Some(signature)).await;
            assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{signature}");
        }
        let known = server
            .state
            .store
            .identity()
            .knows_user(&clerk::ids::UserId::new("user_forged"))
            .await
            .unwrap();
        assert!(!known, "{kind:?}");
        // The refused id is not remembered: the real delivery still counts.
        let answer = deliver(&server, "msg_2", &body, None).await;
        assert_eq!(answer.status(), StatusCode::NO_CONTENT, "{kind:?}");
    }
}

#[tokio::test]
async fn a_signed_body_that_is_no_event_is_refused_and_an_unknown_one_is_not() {
    let server = TestServer::start(crate::support::databases::Kind::Sqlite).await;
    let answer = deliver(&server, "msg_3", "not json", None).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    let future = json!({
        "type": "somethingNew.created", "object": "event", "timestamp": 1, "data": {"a": 1}
    });
    let answer = deliver(&server, "msg_4", &future.to_string(), None).await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_body_over_a_mebibyte_is_refused_before_it_is_hashed() {
    let server = TestServer::start(crate::support::databases::Kind::Sqlite).await;
    let huge = "x".repeat(1024 * 1024 + 1);
    let answer = deliver(&server, "msg_5", &huge, None).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn the_local_instance_really_delivers() {
    for kind in kinds() {
        let server = TestServer::start(kind).await;
        let user = server.unsynced_user("new@acme.test").await;
        server.until_known(&user).await;
    }
}

/// What a role gives reaches who has it: by the role's own event, and by a permission's, which
/// names no role.
#[tokio::test]
async fn members_follow_what_clerk_makes_of_their_role() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        let clerk = &server.state.clerk;
        let permission = CreatePermission {
            name: "Manage projects".to_owned(),
            key: "org:projects:manage".to_owned(),
            ..CreatePermission::default()
        };
        let permissions = clerk.organization_permissions();
        let permission = permissions.create(&permission).await.unwrap();
        let role = CreateRole {
            name: "Deputy".to_owned(),
            key: "org:deputy".to_owned(),
            ..CreateRole::default()
        };
        let roles = clerk.organization_roles();
        let role = roles.create(&role).await.unwrap();
        server.admin("ada@acme.test", "acme").await;
        let max = server
            .person("max@acme.test", &[("acme", "org:deputy")])
            .await;
        let may = async || {
            let verifier = server.state.authenticator.verifier();
            let session = verifier.verify(&max.token).await.unwrap();
            let tenant = server.state.store.enter(&session, "acme").await.unwrap();
            tenant.can(Action::ProjectDelete)
        };
        assert!(!may().await, "{kind:?}");
        let tell = async |id: &str, event: &str, data: Value| {
            let body = json!({
                "type": event, "object": "event", "data": data,
                "timestamp": server.clock.now_ms(), "instance_id": "ins_test",
            });
            let answer = deliver(&server, id, &body.to_string(), None).await;
            assert_eq!(answer.status(), StatusCode::NO_CONTENT, "{kind:?} {event}");
        };
        let given = roles.assign_permission(&role.id, &permission.id).await;
        let given = serde_json::to_value(given.unwrap()).unwrap();
        tell("msg_role", "role.updated", given).await;
        assert!(may().await, "{kind:?}");

        permissions.delete(&permission.id).await.unwrap();
        let gone = json!({ "object": "permission", "id": permission.id, "deleted": true });
        tell("msg_permission", "permission.deleted", gone).await;
        assert!(!may().await, "{kind:?}");
    }
}
