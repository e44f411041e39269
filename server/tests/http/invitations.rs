//! Accepting an invitation on the page, with the local Clerk instance behind.

use clerk::api::CreateOrganizationInvitation;
use reqwest::{Method, Response, StatusCode};

use crate::support::{
    Person, TestServer,
    databases::{Kind, kinds},
    elsewhere::RemoteServer,
    visits::Visits,
};

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

/// The page that an invitation's link leads to.
const INVITED: &str = "/invited/acme";

/// What a browser sees in which nobody is signed in.
async fn as_nobody(server: &Visits, path: &str) -> Response {
    let request = server.request(Method::GET, path);
    let nobody = request.header("cookie", "__client_uat=0; __clerk_db_jwt=dvb_nobody");
    nobody.send().await.unwrap()
}

async fn leads_to(server: &Visits, person: Option<&Person>, path: &str) -> String {
    let answer = match person {
        Some(person) => server.get_as(person, path).await,
        None => as_nobody(server, path).await,
    };
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
    answer.headers()["location"].to_str().unwrap().to_owned()
}

/// Invitations that are made here know the way back to the organization.
#[tokio::test]
async fn a_mail_leads_back_to_the_organization() {
    let server = TestServer::start_without_webhooks(Kind::Sqlite).await;
    let ada = server
        .person("ada@acme.test", &[("acme", "org:admin")])
        .await;
    let form = [
        ("org", "acme"),
        ("email", "new@acme.test other@acme.test"),
        ("role", "org:member"),
    ];
    let answer = server.post_as(&ada, "/api/members/invite", &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    for email in ["new@acme.test", "other@acme.test"] {
        let outbox = server.get(&format!("/__clerk/outbox?to={email}")).await;
        let mail = outbox.text().await.unwrap();
        let link = mail.split("/v1/tickets/accept?ticket=").nth(1).unwrap();
        let ticket = link.split(['"', '<', ' ']).next().unwrap();
        let accept = format!("/__clerk/v1/tickets/accept?ticket={ticket}");
        let page = leads_to(&server, None, &accept).await;
        let page = page.strip_prefix(&server.origin).unwrap();
        let arrived = format!("{INVITED}?__clerk_ticket={ticket}&__clerk_status=sign_up");
        assert_eq!(page, arrived);
        let onward = leads_to(&server, None, page).await;
        let wanted = format!(
            "/sign-up?redirect_url=%2Finvited%2Facme&__clerk_ticket={ticket}&__clerk_status=sign_up"
        );
        assert_eq!(onward, wanted);
        // Without JavaScript the portal takes it from there.
        let shown = as_nobody(&server, &onward).await.text().await.unwrap();
        let portal = shown
            .split("href=\"")
            .find(|rest| rest.contains("/portal/"));
        let portal = portal.unwrap().split('"').next().unwrap().to_owned();
        assert!(
            portal.contains(&format!("__clerk_ticket={ticket}")),
            "{portal}"
        );
        let shown = server.get(&portal.replace("&amp;", "&")).await;
        let shown = shown.text().await.unwrap();
        assert!(
            shown.contains("Join acme") && shown.contains(email),
            "{email}"
        );
    }
}

/// Who comes back from accepting is let in, though no webhook was faster; nobody else is.
#[tokio::test]
async fn who_has_accepted_by_mail_is_inside() {
    for kind in kinds() {
        let (clerk, backend, server) = RemoteServer::apart(kind).await;
        let ada = clerk.person_unknown_here("ada@acme.test", "acme").await;
        assert_eq!(leads_to(&server, Some(&ada), INVITED).await, "/app/acme");
        let dora = clerk
            .person_unknown_here("dora@globex.test", "globex")
            .await;
        let page = server.get_as(&dora, "/app/globex").await;
        assert_eq!(page.status(), StatusCode::OK, "{kind:?}");

        // Not yet, and not for a ticket of somebody else's.
        let page = server.get_as(&dora, "/app/acme").await;
        assert_eq!(page.status(), StatusCode::NOT_FOUND, "{kind:?}");
        let ticket = format!("{INVITED}?__clerk_ticket=eyJ&__clerk_status=sign_in");
        let to = leads_to(&server, Some(&dora), &ticket).await;
        assert_eq!(to, "/select-organization");
        let to = leads_to(&server, None, INVITED).await;
        assert_eq!(to, "/sign-in?redirect_url=%2Finvited%2Facme");

        let organizations = clerk.state.clerk.organizations();
        let acme = organizations.get_by_slug("acme").await.unwrap().id;
        let joined = organizations.create_membership(&acme, &dora.user, "org:member");
        joined.await.unwrap();
        clerk.clock.advance(60_000);
        let globex = organizations.get_by_slug("globex").await.unwrap().id;
        let dora = clerk.sign_in(dora.user, Some(&globex)).await;
        backend.calls();
        let complete = format!("{INVITED}?__clerk_ticket=eyJ&__clerk_status=complete");
        assert_eq!(leads_to(&server, Some(&dora), &complete).await, "/app/acme");
        assert!(!backend.calls().is_empty(), "Clerk is asked");
        // Now the address is hers: the session is led to the organization.
        let answer = server.get_as(&dora, "/app/acme").await;
        let location = answer.headers()["location"].to_str().unwrap();
        assert!(location.contains("/v1/client/handshake"), "{location}");
        assert_eq!(leads_to(&server, Some(&dora), INVITED).await, "/app/acme");
        assert!(backend.calls().is_empty(), "Clerk is not asked again");
    }
}
