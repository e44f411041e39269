//! A part that fails under a running server: never an empty list, never a sign-out.

use reqwest::StatusCode;

use crate::support::{
    TestServer,
    databases::{Kind, kinds},
    elsewhere::RemoteServer,
};

/// Milliseconds after which Clerk's public keys are asked for again, and any token has expired.
const LATER: i64 = 10 * 60_000;

#[tokio::test]
async fn without_clerk_everybody_goes_on_with_their_work() {
    for kind in kinds() {
        let (clerk, mut backend, server) = RemoteServer::apart(kind).await;
        let ada = clerk.person_unknown_here("ada@acme.test", "acme").await;
        let page = server.get_as(&ada, "/app/acme/projects").await;
        assert_eq!(page.status(), StatusCode::OK, "{kind:?}");

        backend.stop();
        clerk.clock.advance(LATER);
        let acme = clerk.state.clerk.organizations().get_by_slug("acme").await;
        let ada = clerk.sign_in(ada.user, Some(&acme.unwrap().id)).await;
        let form = [
            ("org", "acme"),
            ("name", "Made during the outage"),
            ("request_id", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5"),
        ];
        let answer = server.call(Some(&ada.token), "/api/projects/create", &form);
        let answer = answer.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{kind:?}");
        let page = server.get_as(&ada, "/app/acme/projects").await;
        assert_eq!(page.status(), StatusCode::OK, "{kind:?}");
        let page = page.text().await.unwrap();
        assert!(page.contains("Made during the outage"), "{kind:?}");
        for path in ["/app", "/select-organization", "/app/nowhere/projects"] {
            let page = server.get_as(&ada, path).await;
            assert!(!page.status().is_server_error(), "{kind:?} {path}");
        }
    }
}

#[tokio::test]
async fn what_needs_clerk_says_so_and_keeps_what_was_typed() {
    for kind in kinds() {
        let (clerk, mut backend, server) = RemoteServer::apart(kind).await;
        let ada = clerk.person_unknown_here("ada@acme.test", "acme").await;
        server.get_as(&ada, "/app/acme/projects").await;
        backend.stop();

        let form = [("name", "Typed \"name\""), ("slug", "typed-slug")];
        let create = "/api/organizations/create";
        let answer = server.call(Some(&ada.token), create, &form).send().await;
        let answer = answer.unwrap();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{kind:?}");
        let body = answer.text().await.unwrap();
        assert_eq!(body, r#"{"code":"clerk_unavailable"}"#, "{kind:?}");

        let answer = server.post_as(&ada, create, &form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{kind:?}");
        let back = answer.headers()["location"].to_str().unwrap().to_owned();
        let page = server.get_as(&ada, &back).await;
        assert_eq!(page.status(), StatusCode::OK, "{kind:?}");
        let page = page.text().await.unwrap();
        let beside = page.split_once("Create an organization").unwrap().1;
        assert!(
            beside.contains("keeps people and organizations does not answer"),
            "{kind:?} {page}"
        );
        for typed in ["Typed &quot;name&quot;", "typed-slug"] {
            assert!(beside.contains(typed), "{kind:?} {beside}");
        }
    }
}

/// Nobody is told that there is nothing for them while Clerk cannot be asked.
#[tokio::test]
async fn without_clerk_a_newcomer_is_asked_to_come_back() {
    for kind in kinds() {
        let (clerk, mut backend, server) = RemoteServer::apart(kind).await;
        let ada = clerk.person_unknown_here("ada@acme.test", "acme").await;
        let ben = clerk.person_unknown_here("ben@acme.test", "acme").await;
        // So that the public keys are known.
        server.get_as(&ada, "/app/acme/projects").await;
        backend.stop();
        for path in ["/app", "/app/acme/projects", "/select-organization"] {
            let page = server.get_as(&ben, path).await;
            assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
        }
    }
}

#[tokio::test]
async fn a_broken_database_is_an_outage_not_an_empty_list() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    server.break_database();
    let answer = server.get_as(&ada, "/app/acme/projects").await;
    assert!(answer.status().is_server_error(), "{}", answer.status());
    let page = answer.text().await.unwrap();
    assert!(!page.contains("No projects yet") && !page.contains("Page not found"));
    let form = [
        ("org", "acme"),
        ("name", "Typed during the outage"),
        ("request_id", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5"),
    ];
    let answer = server.post_as(&ada, "/api/projects/create", &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let back = answer.headers()["location"].to_str().unwrap();
    assert!(
        back.contains("Typed+during+the+outage"),
        "the input is kept: {back}"
    );
}
