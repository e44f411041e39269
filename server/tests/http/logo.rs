//! The organization's logo, as browsers and programs change it, with the local Clerk instance
//! behind. No webhook is delivered: what changes here follows from Clerk's answers.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{
    Person, TestServer,
    databases::{Kind, kinds},
    elsewhere::RemoteServer,
    visits::{GIF, Visits, file},
};

const LOGO: &str = "/app/acme/settings/logo";
const REMOVE: &str = "/api/organizations/remove-logo";
const SETTINGS: &str = "/app/acme/settings";

/// The most that the page says a file may have, in bytes.
const MOST: usize = 5 * 1024 * 1024;

/// A picture of that many bytes.
fn picture(bytes: usize) -> Vec<u8> {
    let mut picture = GIF.to_vec();
    picture.resize(bytes, 0);
    picture
}

/// Where a browser is sent.
fn location(answer: &reqwest::Response) -> String {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

async fn page(server: &Visits, person: &Person, path: &str) -> String {
    let answer = server.get_as(person, path).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.text().await.unwrap()
}

/// The addresses of the uploaded pictures on a page.
fn logos(page: &str) -> Vec<&str> {
    page.split("src=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|src| src.contains("/v1/images/"))
        .collect()
}

/// Whether Clerk has a logo of Acme's.
async fn has_logo(server: &TestServer) -> bool {
    let organizations = server.state.clerk.organizations();
    organizations.get_by_slug("acme").await.unwrap().has_image
}

#[tokio::test]
async fn an_admin_gives_the_organization_a_logo_and_takes_it_away() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        let admin = [("acme", "org:admin")];
        let ada = server.person("ada@acme.test", &admin).await;
        let member = [("acme", "org:member")];
        let max = server.person("max@acme.test", &member).await;
        assert!(logos(&page(&server, &ada, SETTINGS).await).is_empty());

        // Larger than any other form may be.
        let large = picture(3 * 1024 * 1024);
        let answer = server.upload_as(&ada, LOGO, &large).await;
        let to = location(&answer);
        assert_eq!(to, format!("{SETTINGS}?notice=logo-changed"));
        assert!(has_logo(&server).await);
        let shown = page(&server, &ada, &to).await;
        // Twice in the switcher and once in its section.
        let first = logos(&shown)[0].to_owned();
        assert_eq!(logos(&shown), [&*first; 3], "{kind:?}");
        let served = server
            .get(first.strip_prefix(&server.origin).unwrap())
            .await;
        assert_eq!(served.headers()["content-type"], "image/gif");
        assert_eq!(served.bytes().await.unwrap(), large);
        // Who only looks sees it as well.
        let chosen = page(&server, &max, "/select-organization").await;
        assert_eq!(logos(&chosen), [&*first]);
        let projects = page(&server, &max, "/app/acme/projects").await;
        assert_eq!(logos(&projects), [&*first; 2]);

        // Another one takes its place.
        let call = server.upload(Some(&ada.token), LOGO, GIF).send();
        assert_eq!(call.await.unwrap().status(), StatusCode::OK);
        let shown = page(&server, &ada, SETTINGS).await;
        let second = logos(&shown)[0].to_owned();
        assert_ne!(first, second);

        for _ in 0..2 {
            // The second time there is none, as is wanted.
            let answer = server.post_as(&ada, REMOVE, &[("org", "acme")]).await;
            let to = location(&answer);
            assert_eq!(to, format!("{SETTINGS}?notice=logo-removed"));
        }
        assert!(!has_logo(&server).await);
        assert!(logos(&page(&server, &ada, SETTINGS).await).is_empty());

        let log = server.get_as(&ada, "/app/acme/settings/audit.csv").await;
        let log = log.text().await.unwrap();
        let changes: Vec<&str> = log
            .lines()
            .filter(|line| line.contains("organization.logo_changed"))
            .collect();
        assert_eq!(changes.len(), 3, "{log}");
        assert!(changes.iter().all(|line| line.contains(ada.user.as_str())));
        // Newest first: what was there before, and what is since.
        assert!(changes[0].contains(&second) && changes[0].contains("null"));
        assert!(changes[1].contains(&first) && changes[1].contains(&second));
    }
}

#[tokio::test]
async fn a_file_that_is_no_logo_is_refused_beside_its_field() {
    let server = TestServer::start_without_webhooks(Kind::Sqlite).await;
    let ada = server
        .person("ada@acme.test", &[("acme", "org:admin")])
        .await;
    let too_large = json!({ "kind": "too_large", "megabytes": 5 });
    for (bytes, problem, message) in [
        (Vec::new(), json!({ "kind": "empty" }), "Choose a file."),
        (
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(),
            json!({ "kind": "malformed" }),
            "That file is not a PNG, JPEG, GIF or WebP picture.",
        ),
        (
            picture(MOST + 1),
            too_large.clone(),
            "Use a file of 5 MB or less.",
        ),
        // More than is kept of a form.
        (
            picture(12 * 1024 * 1024),
            too_large,
            "Use a file of 5 MB or less.",
        ),
    ] {
        let call = server.upload(Some(&ada.token), LOGO, &bytes).send().await;
        let answer = call.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let told: Value = answer.json().await.unwrap();
        let wanted = json!({ "code": "invalid", "field": "logo", "problem": problem, "value": "" });
        assert_eq!(told, wanted);
        let answer = server.upload_as(&ada, LOGO, &bytes).await;
        let shown = page(&server, &ada, &location(&answer)).await;
        let beside = shown.split_once("id=\"logo-error\"").unwrap().1;
        let beside = beside.split("</p>").next().unwrap();
        assert!(beside.contains(message), "{beside}");
        assert!(shown.contains("aria-describedby=\"logo-hint logo-error\""));
    }
    let whole = picture(MOST);
    let call = server.upload(Some(&ada.token), LOGO, &whole).send().await;
    assert_eq!(call.unwrap().status(), StatusCode::OK);

    // Forms that are not ours.
    let fieldless = reqwest::multipart::Form::new().text("name", "Acme");
    let post = || {
        let request = server.request(reqwest::Method::POST, LOGO);
        request.bearer_auth(&ada.token)
    };
    for request in [
        post().multipart(fieldless),
        post().form(&[("file", "GIF89a")]),
        post().header("content-type", "multipart/form-data"),
    ] {
        let answer = request.send().await.unwrap();
        let back = location(&answer);
        assert!(back.contains("__err="), "{back}");
    }
    // From elsewhere.
    let stranger = server.request(reqwest::Method::POST, LOGO);
    let stranger = stranger
        .header("cookie", ada.cookies())
        .header("origin", "https://evil.test")
        .multipart(file(GIF));
    let refused = stranger.send().await.unwrap().status();
    assert_eq!(refused, StatusCode::FORBIDDEN);
}

/// The larger limit is the logo's alone.
#[tokio::test]
async fn other_forms_stay_small() {
    let server = TestServer::start_without_webhooks(Kind::Sqlite).await;
    let ada = server
        .person("ada@acme.test", &[("acme", "org:admin")])
        .await;
    let name = "x".repeat(3 * 1024 * 1024);
    for path in [REMOVE, "/api/organizations/rename", "/webhooks/clerk"] {
        let form = [("org", "acme"), ("name", &*name)];
        let call = server.call(Some(&ada.token), path, &form).send().await;
        let status = call.unwrap().status();
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
}

#[tokio::test]
async fn nobody_else_changes_it() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        let acme = [("acme", "org:admin")];
        let ada = server.person("ada@acme.test", &acme).await;
        let max = server
            .person("max@acme.test", &[("acme", "org:member")])
            .await;
        let gus = server
            .person("gus@globex.test", &[("globex", "org:admin")])
            .await;
        let nowhere = LOGO.replace("acme", "nowhere");
        for (who, path, status) in [
            (Some(&max), LOGO, StatusCode::FORBIDDEN),
            (Some(&gus), LOGO, StatusCode::NOT_FOUND),
            (Some(&gus), &*nowhere, StatusCode::NOT_FOUND),
            (None, LOGO, StatusCode::UNAUTHORIZED),
        ] {
            // Answered like a small one, though it is never looked at.
            for bytes in [GIF.to_vec(), picture(MOST)] {
                let token = who.map(|person| person.token.as_str());
                let call = server.upload(token, path, &bytes).send().await;
                assert_eq!(call.unwrap().status(), status, "{kind:?}");
            }
            let Some(person) = who else { continue };
            let answer = server.upload_as(person, path, &picture(MOST)).await;
            let back = location(&answer);
            assert!(back.contains("__err="), "{back}");
        }
        assert!(!has_logo(&server).await);
        // Neither does who may not take it away, nor see the section.
        let call = server.upload(Some(&ada.token), LOGO, GIF).send().await;
        assert_eq!(call.unwrap().status(), StatusCode::OK);
        for (who, status) in [(&max, StatusCode::FORBIDDEN), (&gus, StatusCode::NOT_FOUND)] {
            let call = server.call(Some(&who.token), REMOVE, &[("org", "acme")]);
            assert_eq!(call.send().await.unwrap().status(), status, "{kind:?}");
        }
        assert!(has_logo(&server).await);
        let shown = page(&server, &max, SETTINGS).await;
        assert!(!shown.contains(LOGO) && !shown.contains(REMOVE));
    }
}

#[tokio::test]
async fn without_clerk_the_logo_stays() {
    for kind in kinds() {
        let (clerk, mut backend, server) = RemoteServer::apart(kind).await;
        let ada = clerk.person_unknown_here("ada@acme.test", "acme").await;
        let call = server.upload(Some(&ada.token), LOGO, GIF).send().await;
        assert_eq!(call.unwrap().status(), StatusCode::OK, "{kind:?}");
        let shown = page(&server, &ada, SETTINGS).await;
        let logo = logos(&shown)[0].to_owned();

        backend.stop();
        let call = server.upload(Some(&ada.token), LOGO, GIF).send().await;
        let answer = call.unwrap();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{kind:?}");
        let told: Value = answer.json().await.unwrap();
        assert_eq!(told, json!({ "code": "clerk_unavailable" }));
        let answer = server.upload_as(&ada, LOGO, GIF).await;
        let shown = page(&server, &ada, &location(&answer)).await;
        assert!(shown.contains("keeps people and organizations does not answer"));
        assert_eq!(logos(&shown)[0], logo);
    }
}
