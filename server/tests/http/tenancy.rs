//! Whose data a request gets: the tests that would hurt most if they went red.

use reqwest::StatusCode;

use crate::support::{TestServer, browser::Browser, databases::kinds};

#[tokio::test]
async fn the_other_of_two_own_organizations_is_switched_to_by_handshake() {
    for kind in kinds() {
        let server = TestServer::start(kind).await;
        let ada = server
            .person(
                "ada@acme.test",
                &[("acme", "org:admin"), ("globex", "org:admin")],
            )
            .await;
        let answer = server
            .get_as(&ada, "/app/globex/projects?show=archived")
            .await;
        assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT, "{kind:?}");
        let to = answer.headers()["location"].to_str().unwrap().to_owned();
        assert!(
            to.contains("__clerk_hs_reason=active-organization-mismatch"),
            "{to}"
        );
        assert!(to.contains("organization_id=org_"), "{to}");
        assert!(
            to.contains("show%3Darchived"),
            "the way back is whole: {to}"
        );
    }
}

#[tokio::test]
async fn organizations_are_switched_as_fast_and_often_as_one_likes() {
    for kind in kinds() {
        let server = TestServer::start(kind).await;
        let both = [("acme", "org:admin"), ("globex", "org:admin")];
        let ada = server.person("ada@acme.test", &both).await;
        let mut browser = Browser::from_portal(&server, &ada, "/app/acme").await;
        for _ in 0..3 {
            for page in ["/app/globex", "/app/acme"] {
                let answer = browser.open(page).await;
                assert_eq!(answer.status(), StatusCode::OK, "{:?}", browser.visited);
            }
        }
    }
}

#[tokio::test]
async fn a_form_of_another_own_organization_changes_neither() {
    for kind in kinds() {
        let server = TestServer::start(kind).await;
        let ada = server
            .person(
                "ada@acme.test",
                &[("acme", "org:admin"), ("globex", "org:admin")],
            )
            .await;
        let form = [
            ("org", "globex"),
            ("name", "Typed in the other tab"),
            ("request_id", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5"),
        ];
        let answer = server.post_as(&ada, "/api/projects/create", &form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{kind:?}");
        let back = answer.headers()["location"].to_str().unwrap();
        assert!(back.starts_with("/app/globex/projects?"), "{back}");
        assert!(
            back.contains("Typed+in+the+other+tab"),
            "the input is kept: {back}"
        );
        let own = server.get_as(&ada, "/app/acme/projects").await;
        assert!(!own.text().await.unwrap().contains("Typed in the other tab"));
    }
}

#[tokio::test]
async fn a_removed_member_is_out_at_once_though_the_token_still_claims_it() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        let _ada = server.admin("ada@acme.test", "acme").await;
        let ben = server.member("ben@acme.test", "acme").await;
        assert_eq!(
            server.get_as(&ben, "/app/acme/projects").await.status(),
            StatusCode::OK
        );
        // A reading takes nothing away that is younger than it by less than the clocks may differ.
        server.clock.advance(6_000);
        let organizations = server.state.clerk.organizations();
        let acme = organizations.get_by_slug("acme").await.unwrap();
        organizations
            .delete_membership(&acme.id, &ben.user)
            .await
            .unwrap();
        server.sync(&ben.user).await;
        assert_eq!(
            server.get_as(&ben, "/app/acme/projects").await.status(),
            StatusCode::NOT_FOUND,
            "{kind:?}"
        );
    }
}

#[tokio::test]
async fn a_member_does_not_see_and_cannot_do_what_only_admins_may() {
    for kind in kinds() {
        let server = TestServer::start(kind).await;
        let ada = server.admin("ada@acme.test", "acme").await;
        let ben = server.member("ben@acme.test", "acme").await;
        let id = server.project(&ada, "acme", "Keep me").await;
        let page = server
            .get_as(&ben, "/app/acme/projects")
            .await
            .text()
            .await
            .unwrap();
        assert!(
            page.contains("Keep me") && !page.contains("Delete"),
            "{kind:?}"
        );
        let form = [("org", "acme"), ("id", id.as_str())];
        let call = server.call(Some(&ben.token), "/api/projects/delete", &form);
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{kind:?}");
    }
}

#[tokio::test]
async fn without_an_active_organization_app_leads_to_the_choice() {
    let server = TestServer::start(crate::support::databases::Kind::Sqlite).await;
    let dora = server.person("dora@example.test", &[]).await;
    let answer = server.get_as(&dora, "/app").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()["location"], "/select-organization");
}

/// Links to an organization that has another slug now lead its members there, and tell others what
/// they tell of any address.
#[tokio::test]
async fn an_old_link_leads_members_to_the_slug_of_today() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        let ada = server.admin("ada@acme.test", "acme").await;
        let max = server.member("max@acme.test", "acme").await;
        let gus = server.admin("gus@globex.test", "globex").await;
        let form = [("org", "acme"), ("name", "Acme"), ("slug", "acme-two")];
        let renamed = server.post_as(&ada, "/api/organizations/rename", &form);
        assert_eq!(renamed.await.status(), StatusCode::SEE_OTHER, "{kind:?}");
        for (old, new) in [
            ("/app/acme/members?q=a+b", "/app/acme-two/members?q=a+b"),
            ("/app/acme/settings", "/app/acme-two/settings"),
        ] {
            let answer = server.get_as(&max, old).await;
            assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{kind:?} {old}");
            assert_eq!(answer.headers()["location"], new);
            let stranger = server.get_as(&gus, old).await;
            assert_eq!(stranger.status(), StatusCode::NOT_FOUND, "{kind:?} {old}");
            assert!(!stranger.text().await.unwrap().contains("acme-two"));
            let nobody = server.get(old).await;
            let location = nobody.headers()["location"].to_str().unwrap();
            assert!(!location.contains("acme-two"), "{location}");
        }
        // A form of a page from before changes nothing.
        let form = [
            ("org", "acme"),
            ("email", "x@acme.test"),
            ("role", "org:member"),
        ];
        let call = server.call(Some(&ada.token), "/api/members/invite", &form);
        assert_eq!(call.send().await.unwrap().status(), StatusCode::NOT_FOUND);
    }
}
