//! What a posted form gets: a way back for people, status and JSON for programs.

use axum::http::{Method, StatusCode};
use clerk::test_util::session;
use leptos::server_fn::axum::server_fn_paths;

use crate::support::{Answer, World, ann_at_acme, ben_at_acme};

const PROJECTS: &str = "/app/acme/projects";

fn id_of(page: &Answer, name: &str) -> String {
    let tail = page.body.split("data-id=\"").skip(1);
    tail.filter(|part| part.contains(name))
        .map(|part| part.split('"').next().unwrap().to_owned())
        .next()
        .unwrap()
}

fn create(name: &str, request: u32) -> String {
    format!("org=acme&name={name}&request_id=00000000-0000-7000-8000-{request:012}")
}

#[test]
fn every_server_function_is_a_post_under_api() {
    let functions: Vec<_> = server_fn_paths().collect();
    assert!(!functions.is_empty());
    for (path, method) in functions {
        assert_eq!(method, Method::POST, "{path}");
        assert!(path.starts_with("/api/"), "{path}");
    }
}

#[tokio::test]
async fn a_project_lives_and_dies_by_forms_alone() {
    let world = World::new().await;
    let ann = ann_at_acme();
    let post = async |path: &str, form: String| world.post(Some(&ann), path, &form).await;

    let made = post("/api/projects/create", create("Re%3Claunch", 1)).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER);
    assert_eq!(made.location, format!("{PROJECTS}?notice=project-created"));
    let page = world.get(Some(&ann), &made.location).await;
    page.assert_shows("Project created.");
    page.assert_shows("Re&lt;launch");
    page.assert_shows("<title>Projects · The &lt;acme> · Tenantry</title>");

    // The same form again makes no second one.
    post("/api/projects/create", create("Re%3Claunch", 1)).await;
    let page = world.get(Some(&ann), PROJECTS).await;
    assert_eq!(page.body.matches("<li class=\"row\">").count(), 1);

    let id = id_of(&page, "Re&lt;launch");
    let done = post(
        "/api/projects/rename",
        format!("org=acme&id={id}&name=Launch"),
    )
    .await;
    assert_eq!(done.location, format!("{PROJECTS}?notice=project-renamed"));
    let done = post("/api/projects/archive", format!("org=acme&id={id}")).await;
    let away = format!("{PROJECTS}?undo={id}&notice=project-archived");
    assert_eq!(done.location, away);
    let page = world.get(Some(&ann), &away).await;
    page.assert_shows("Undo");
    page.assert_shows(&format!("name=\"id\" value=\"{id}\""));
    world.get(Some(&ann), PROJECTS).await.assert_lacks(&id);
    let archive = format!("{PROJECTS}?show=archived");
    world.get(Some(&ann), &archive).await.assert_shows("Launch");
    let done = post(
        "/api/projects/restore",
        format!("org=acme&id={id}&show=archived"),
    )
    .await;
    let back = format!("{archive}&undo={id}&notice=project-restored");
    assert_eq!(done.location, back);
    // Only what can be taken back is offered to be.
    let other = format!("{PROJECTS}?undo={id}&notice=project-renamed");
    let page = world.get(Some(&ann), &other).await;
    page.assert_lacks("Undo");

    // The question before the deletion, as those without JavaScript meet it.
    let asked = world
        .get(Some(&ann), &format!("{PROJECTS}?delete={id}"))
        .await;
    asked.assert_shows("id=\"confirm-delete\"");
    let done = post("/api/projects/delete", format!("org=acme&id={id}")).await;
    assert_eq!(done.location, format!("{PROJECTS}?notice=project-deleted"));
    world
        .get(Some(&ann), PROJECTS)
        .await
        .assert_shows("No projects yet");
    let again = world
        .get(Some(&ann), &format!("{PROJECTS}?delete={id}"))
        .await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_refused_name_comes_back_beside_its_field() {
    let world = World::new().await;
    let ben = ben_at_acme();
    let long = "n%22".repeat(150);
    for (name, message) in [
        ("+++", "Enter a name."),
        (long.as_str(), "Use 100 characters or fewer."),
        ("a%0Ab", "A name is one line"),
    ] {
        let refused = world
            .post(Some(&ben), "/api/projects/create", &create(name, 1))
            .await;
        assert_eq!(refused.status, StatusCode::SEE_OTHER);
        assert!(
            refused.location.starts_with("/app/acme/projects?"),
            "{}",
            refused.location
        );
        let page = world.get(Some(&ben), &refused.location).await;
        assert_eq!(page.status, StatusCode::OK);
        page.assert_shows(message);
        page.assert_shows("aria-invalid=\"true\"");
        page.assert_shows("aria-describedby=\"new-project-error\"");
        if name == long {
            page.assert_shows(&"n&quot;".repeat(150));
        }
    }
}

#[tokio::test]
async fn a_refused_rename_opens_its_row_with_what_was_typed() {
    let world = World::new().await;
    let ann = ann_at_acme();
    for (name, request) in [("One", 1), ("Two", 2)] {
        world
            .post(Some(&ann), "/api/projects/create", &create(name, request))
            .await;
    }
    let id = id_of(&world.get(Some(&ann), PROJECTS).await, "One");
    let form = format!("org=acme&id={id}&name={}", "x".repeat(101));
    let refused = world.post(Some(&ann), "/api/projects/rename", &form).await;
    let page = world.get(Some(&ann), &refused.location).await;
    assert_eq!(
        page.body.matches("data-menu=\"\" open").count(),
        1,
        "{}",
        page.body
    );
    page.assert_shows(&format!("aria-describedby=\"rename-{id}-error\""));
    page.assert_shows(&"x".repeat(101));
    // Reloaded without the error, the row is as it was.
    let page = world
        .get(Some(&ann), &format!("{PROJECTS}?rename={id}"))
        .await;
    page.assert_lacks("data-menu=\"\" open");
    page.assert_shows("value=\"One\"");
}

#[tokio::test]
async fn a_member_neither_sees_nor_does_what_is_for_admins() {
    let world = World::new().await;
    let ann = ann_at_acme();
    let ben = ben_at_acme();
    world
        .post(Some(&ann), "/api/projects/create", &create("One", 1))
        .await;
    let id = id_of(&world.get(Some(&ann), PROJECTS).await, "One");
    let page = world
        .get(Some(&ben), &format!("{PROJECTS}?delete={id}"))
        .await;
    page.assert_shows("Rename");
    page.assert_lacks("/api/projects/delete");
    let form = format!("org=acme&id={id}");
    let refused = world.post(Some(&ben), "/api/projects/delete", &form).await;
    let page = world.get(Some(&ben), &refused.location).await;
    page.assert_shows("Your role in this organization does not allow that.");
    page.assert_shows("One");
    let refused = world.call(Some(&ben), "/api/projects/delete", &form).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(refused.body, r#"{"code":"forbidden"}"#);
}

#[tokio::test]
async fn programs_get_status_and_the_typed_error() {
    let world = World::new().await;
    let ben = ben_at_acme();
    let path = "/api/projects/create";
    let answer = world.call(Some(&ben), path, &create("", 1)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        answer.body,
        r#"{"code":"invalid","field":"name","problem":{"kind":"empty"},"value":""}"#
    );
    assert_eq!(
        world.call(None, path, &create("x", 1)).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        world.call(Some(&ben), path, &create("x", 1)).await.status,
        StatusCode::OK
    );
    let foreign = world
        .call(Some(&ben), path, &create("x", 2).replace("acme", "globex"))
        .await;
    let missing = world
        .call(Some(&ben), path, &create("x", 2).replace("acme", "nobody"))
        .await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    assert_eq!(
        (foreign.status, foreign.body),
        (missing.status, missing.body)
    );
    let malformed = world.call(Some(&ben), path, "org=acme").await;
    assert_eq!(malformed.status, StatusCode::BAD_REQUEST);
    assert_eq!(malformed.body, r#"{"code":"bad_request"}"#);
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_loses_nothing() {
    let world = World::new().await;
    let sent = world
        .post(None, "/api/projects/create", &create("Typed", 1))
        .await;
    assert_eq!(
        sent.location,
        "/sign-in?redirect_url=%2Fapp%2Facme%2Fprojects%3Fkept.name%3DTyped%26__path%3D%252Fapi%252Fprojects%252Fcreate"
    );
    let back = world
        .get(
            Some(&ben_at_acme()),
            &format!("{PROJECTS}?kept.name=Typed&__path=%2Fapi%2Fprojects%2Fcreate"),
        )
        .await;
    back.assert_shows("value=\"Typed\"");
}

#[tokio::test]
async fn nothing_is_written_into_an_organization_that_is_not_active() {
    let world = World::new().await;
    let elsewhere = session("user_ann", Some(("org_globex", "globex", "org:admin")));
    let refused = world
        .post(
            Some(&elsewhere),
            "/api/projects/create",
            &create("Typed", 1),
        )
        .await;
    assert!(
        refused.location.starts_with(PROJECTS),
        "{}",
        refused.location
    );
    // The page of the form makes its organization active again, and says what happened.
    let page = world.get(Some(&ann_at_acme()), &refused.location).await;
    page.assert_shows("Another organization is active");
    page.assert_shows("value=\"Typed\"");
    page.assert_shows("No projects yet");
}

#[tokio::test]
async fn long_lists_have_pages() {
    let world = World::new().await;
    let ann = ann_at_acme();
    for number in 1..=51 {
        let form = create(&format!("Project{number:02}"), number);
        world.post(Some(&ann), "/api/projects/create", &form).await;
    }
    let first = world.get(Some(&ann), PROJECTS).await;
    assert_eq!(first.body.matches("<li class=\"row\">").count(), 50);
    first.assert_lacks("Project01");
    first.assert_lacks(">Newest</a>");
    let older = first
        .body
        .split("?after=")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let second = world
        .get(Some(&ann), &format!("{PROJECTS}?after={older}"))
        .await;
    second.assert_shows("Project01");
    second.assert_shows("Newest");
    assert_eq!(second.body.matches("<li class=\"row\">").count(), 1);
}

#[tokio::test]
async fn a_new_organization_is_checked_before_clerk_is_asked() {
    let world = World::new().await;
    let ann = ann_at_acme();
    let path = "/api/organizations/create";
    let refused = world.post(Some(&ann), path, "name=Acme+2&slug=a%20b").await;
    let page = world.get(Some(&ann), &refused.location).await;
    page.assert_shows("Use lowercase letters, digits and hyphens only.");
    page.assert_shows("value=\"Acme 2\"");
    page.assert_shows("value=\"a b\"");
    // Clerk does not answer here: an outage, with the input kept.
    let refused = world
        .post(Some(&ann), path, "name=Acme+2&slug=acme-2")
        .await;
    let page = world.get(Some(&ann), &refused.location).await;
    page.assert_shows("The service that keeps people and organizations does not answer");
    page.assert_shows("value=\"acme-2\"");
}

#[tokio::test]
async fn signing_out_ends_every_cookie_of_the_session() {
    let world = World::new().await;
    let out = world
        .post(Some(&ann_at_acme()), "/api/session/sign-out", "")
        .await;
    assert_eq!(
        (out.status, out.location.as_str()),
        (StatusCode::SEE_OTHER, "/")
    );
    let ended = |start: &str, end: &str| {
        out.cookies
            .iter()
            .any(|line| line.starts_with(start) && line.contains(end))
    };
    assert!(ended("__session=;", "Max-Age=0"));
    assert!(ended("__session_", "Max-Age=0"));
    assert!(ended("__refresh_", "Max-Age=0"));
    assert!(ended("__client_uat=0;", "Path=/"));
    assert!(ended("__client_uat_", "=0;"));
}

#[tokio::test]
async fn a_theme_is_remembered_and_leads_nowhere_else() {
    let world = World::new().await;
    let set = world
        .post(None, "/api/theme", "theme=dark&back=%2Fsign-in")
        .await;
    assert_eq!(set.location, "/sign-in");
    assert!(set.cookies[0].starts_with("theme=dark; Path=/;"));
    let set = world
        .post(
            None,
            "/api/theme",
            "theme=%0d%0ax&back=https%3A%2F%2Fevil.test",
        )
        .await;
    assert_eq!(set.location, "/");
    assert!(set.cookies[0].starts_with("theme=system;"));
}
