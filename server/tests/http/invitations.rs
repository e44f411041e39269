//! Accepting an invitation on the page, with the local Clerk instance behind.

use clerk::api::CreateOrganizationInvitation;
use reqwest::StatusCode;

use crate::support::{Person, TestServer, databases::kinds};

const ACCEPT: &str = "/api/organizations/accept";

async fn invite(server: &TestServer, slug: &str, email: &str) -> String {
    let organizations = server.state.clerk.organizations();
    let organization = organizations.get_by_slug(slug).await.unwrap().id;
    let invitation = CreateOrganizationInvitation {
        email_address: email.to_owned(),
        role: "org:member".to_owned(),
        ..CreateOrganizationInvitation::default()
    };
    let invited = organizations
        .create_invitation(&organization, &invitation)
        .await;
    invited.unwrap().id
}

async fn choice(server: &TestServer, person: &Person) -> String {
    let answer = server.get_as(person, "/select-organization").await;
    assert_eq!(answer.status(), StatusCode::OK);
    answer.text().await.unwrap()
}

#[tokio::test]
async fn who_is_invited_joins_with_one_button_and_nobody_else_does() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        let _ada = server.admin("ada@acme.test", "acme").await;
        let dora = server.person("dora@example.test", &[]).await;
        let carl = server.person("carl@example.test", &[]).await;
        let id = invite(&server, "acme", "dora@example.test").await;

        assert!(choice(&server, &dora).await.contains(&id));
        assert!(!choice(&server, &carl).await.contains(&id));
        let answer = server.post_as(&carl, ACCEPT, &[("id", &id)]).await;
        let to = answer.headers()["location"].to_str().unwrap().to_owned();
        let missing = server.post_as(&carl, ACCEPT, &[("id", "orginv_x")]).await;
        assert_eq!(to, missing.headers()["location"].to_str().unwrap());
        assert!(to.starts_with("/select-organization?") && to.contains("__err"));
        assert!(choice(&server, &dora).await.contains(&id), "still pending");

        let answer = server.post_as(&dora, ACCEPT, &[("id", &id)]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_eq!(
            answer.headers()["location"],
            "/app/acme?notice=invitation-accepted"
        );
        let page = choice(&server, &dora).await;
        assert!(page.contains("href=\"/app/acme\"") && !page.contains(&id));
        let again = server.call(Some(&dora.token), ACCEPT, &[("id", &id)]);
        assert_eq!(again.send().await.unwrap().status(), StatusCode::NOT_FOUND);
    }
}
