//! One's own account: preferences, deleting it, and what an organization demands of its members'
//! sessions. No webhook is delivered: what is here follows from Clerk's answers.

use clerk::ids::OrganizationId;
use reqwest::{Method, Response, StatusCode};

use crate::support::{
    Person, TestServer,
    browser::Browser,
    databases::{Kind, kinds},
};

const PREFERENCES: &str = "/api/user/preferences";
const DELETE: &str = "/api/user/delete";
const SECURE: &str = "/api/organizations/secure";

async fn acme(kind: Kind) -> (TestServer, Person, Person, OrganizationId) {
    let server = TestServer::start_without_webhooks(kind).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    let max = server.member("max@acme.test", "acme").await;
    let organizations = server.state.clerk.organizations();
    let acme = organizations.get_by_slug("acme").await.unwrap().id;
    (server, ada, max, acme)
}

fn leads_to(answer: &Response) -> &str {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    answer.headers()["location"].to_str().unwrap()
}

fn cookies(answer: &Response) -> Vec<String> {
    let lines = answer.headers().get_all("set-cookie").iter();
    lines
        .map(|line| line.to_str().unwrap().to_owned())
        .collect()
}

fn sets(answer: &Response, cookie: &str) -> bool {
    let start = format!("{cookie};");
    cookies(answer).iter().any(|line| line.starts_with(&start))
}

#[tokio::test]
async fn preferences_are_kept_at_clerk_and_follow_to_another_browser() {
    for kind in kinds() {
        let (server, _, max, _) = acme(kind).await;
        let form = [
            ("theme", "dark"),
            ("density", "compact"),
            ("time_zone", "Asia/Tokyo"),
        ];
        let answer = server.post_as(&max, PREFERENCES, &form).await;
        assert_eq!(
            leads_to(&answer),
            "/user/preferences?notice=preferences-saved"
        );
        assert!(sets(&answer, "theme=dark") && sets(&answer, "density=compact"));
        assert!(sets(&answer, "time_zone=Asia/Tokyo"));
        let user = server.state.clerk.users().get(&max.user).await.unwrap();
        for (key, value) in form {
            assert_eq!(user.public_metadata[key], value);
        }

        // The row tells a browser that has no cookies of these, on the first page already.
        let page = server.get_as(&max, "/app/acme").await;
        assert!(sets(&page, "theme=dark") && sets(&page, "density=compact"));
        assert!(sets(&page, "time_zone=Asia/Tokyo"));
        let html = page.text().await.unwrap();
        let root = &html[..html.find("<head>").unwrap()];
        assert!(root.contains(r#"data-theme="dark""#), "{root}");
        assert!(root.contains(r#"data-density="compact""#), "{root}");
        // One that has them is told nothing again.
        let known = "theme=dark; density=compact; time_zone=Asia/Tokyo";
        let page = with(&server, &max, known, "/app/acme").await;
        assert!(!cookies(&page).iter().any(|line| line.contains("dark")));
        // A choice that is on its way to Clerk stands.
        let page = with(&server, &max, "theme=light~", "/app/acme").await;
        assert!(!sets(&page, "theme=dark"));
        let html = page.text().await.unwrap();
        assert!(html.contains(r#"data-theme="light""#));

        let form = [
            ("theme", "light"),
            ("density", "compact"),
            ("time_zone", "Mars/Olympus"),
        ];
        let answer = server.post_as(&max, PREFERENCES, &form).await;
        let back = leads_to(&answer).to_owned();
        assert!(!sets(&answer, "theme=light"), "all or nothing");
        let page = server.get_as(&max, &back).await.text().await.unwrap();
        assert!(page.contains("no such time zone"));
        assert!(page.contains(r#"<option value="light" selected"#));
    }
}

async fn with(server: &TestServer, person: &Person, cookies: &str, path: &str) -> Response {
    let cookies = format!("{}; {cookies}", person.cookies());
    let page = server.request(Method::GET, path).header("cookie", cookies);
    page.send().await.unwrap()
}

#[tokio::test]
async fn the_switch_in_the_header_is_the_same_theme() {
    for kind in kinds() {
        let (server, ada, _, _) = acme(kind).await;
        let form = [("theme", "contrast"), ("back", "/app/acme")];
        let answer = server.post_as(&ada, "/api/theme", &form).await;
        assert_eq!(leads_to(&answer), "/app/acme");
        let user = server.state.clerk.users().get(&ada.user).await.unwrap();
        assert_eq!(user.public_metadata["theme"], "contrast");
        let page = server.get_as(&ada, "/user/preferences").await;
        let page = page.text().await.unwrap();
        assert!(page.contains(r#"data-theme="contrast""#));
        assert!(page.contains(r#"<option value="contrast" selected"#));
    }
}

#[tokio::test]
async fn an_account_is_deleted_everywhere_by_who_types_its_address() {
    for kind in kinds() {
        let (server, ada, max, acme) = acme(kind).await;
        let wrong = [("confirm", "ada@acme.test")];
        let answer = server.post_as(&max, DELETE, &wrong).await;
        let back = leads_to(&answer).to_owned();
        let page = server.get_as(&max, &back).await.text().await.unwrap();
        assert!(page.contains("Type the address exactly as it is"));
        server.state.clerk.users().get(&max.user).await.unwrap();

        // The last admin is told where, and nothing happens.
        let page = server
            .get_as(&ada, "/user/data")
            .await
            .text()
            .await
            .unwrap();
        assert!(page.contains("/app/acme/settings") && !page.contains(DELETE));
        let own = [("confirm", "ada@acme.test")];
        let call = server.call(Some(&ada.token), DELETE, &own);
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::CONFLICT);
        assert!(answer.text().await.unwrap().contains("last_admin"));
        server.state.clerk.users().get(&ada.user).await.unwrap();

        let right = [("confirm", " MAX@acme.test ")];
        let answer = server.post_as(&max, DELETE, &right).await;
        assert_eq!(leads_to(&answer), "/?notice=account-deleted");
        let gone = |line: &String| line.starts_with("__session=;") && line.contains("Max-Age=0");
        assert!(cookies(&answer).iter().any(gone), "{:?}", cookies(&answer));
        let known = server.state.clerk.users().get(&max.user).await;
        assert!(known.unwrap_err().is_not_found());
        let identity = server.state.store.identity();
        assert!(!identity.knows_user(&max.user).await.unwrap());
        assert!(!identity.knows_membership(&max.user, &acme).await.unwrap());
        // The token lives on for a minute, and opens nothing.
        let page = server.get_as(&max, "/app/acme").await;
        assert_ne!(page.status(), StatusCode::OK);
        let page = server.get_as(&ada, "/app/acme/members").await;
        assert!(!page.text().await.unwrap().contains("max@acme.test"));
    }
}

#[tokio::test]
async fn an_organization_says_how_old_a_sign_in_may_be() {
    for kind in kinds() {
        let (server, ada, max, acme) = acme(kind).await;
        // Only admins do, and none who would lock everybody out.
        let daily = [("org", "acme"), ("hours", "24")];
        let call = server.call(Some(&max.token), SECURE, &daily);
        assert_eq!(call.send().await.unwrap().status(), StatusCode::FORBIDDEN);
        let two = [("org", "acme"), ("second_factor", "yes")];
        let answer = server.post_as(&ada, SECURE, &two).await;
        let back = leads_to(&answer).to_owned();
        let page = server.get_as(&ada, &back).await.text().await.unwrap();
        assert!(page.contains("You have not shown a second factor"));
        assert_eq!(
            server.get_as(&max, "/app/acme").await.status(),
            StatusCode::OK
        );

        let answer = server.post_as(&ada, SECURE, &daily).await;
        assert_eq!(
            leads_to(&answer),
            "/app/acme/settings?notice=security-changed"
        );
        let page = server.get_as(&ada, "/app/acme/settings").await;
        let page = page.text().await.unwrap();
        assert!(page.contains(r#"<option value="24" selected"#));
        let log = server.get_as(&ada, "/app/acme/settings/audit").await;
        let log = log.text().await.unwrap();
        assert!(log.contains("organization.security_changed"));

        let mut browser = Browser::from_portal(&server, &max, "/app/acme").await;
        server.clock.advance(24 * 60 * 60 * 1000);
        // The session goes on, with a new token that says how old the sign-in is.
        let page = browser.open("/app/acme").await;
        assert_eq!(page.status(), StatusCode::FORBIDDEN);
        let old = Person {
            token: browser.cookies["__session"].clone(),
            ..max.clone()
        };
        let page = page.text().await.unwrap();
        assert!(page.contains("Please sign in again") && page.contains("24 hours"));
        assert!(page.contains("/api/session/sign-out"));
        let form = [
            ("org", "acme"),
            ("name", "A name"),
            ("request_id", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5"),
        ];
        let call = server.call(Some(&old.token), "/api/projects/create", &form);
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
        assert!(answer.text().await.unwrap().contains("sign_in_too_old"));
        // What is not the organization's stays open.
        let page = server.get_as(&old, "/user/preferences").await;
        assert_eq!(page.status(), StatusCode::OK);

        let fresh = server.sign_in(max.user.clone(), Some(&acme)).await;
        let page = server.get_as(&fresh, "/app/acme").await;
        assert_eq!(page.status(), StatusCode::OK);
    }
}
