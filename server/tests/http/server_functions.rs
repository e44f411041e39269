//! Server functions are a public API: what each answers to strangers and to bad input.

use leptos::server_fn::axum::server_fn_paths;
use reqwest::{Method, StatusCode};

use crate::support::{Person, TestServer, databases::Kind};

/// Functions that serve also those who are signed out, each with the reason.
const OPEN_TO_ALL: [(&str, &str); 3] = [
    (
        "/api/language",
        "sets the visitor's own cookie, nothing else",
    ),
    (
        "/api/session/sign-out",
        "ends what is left of a session, which may be nothing",
    ),
    (
        "/api/theme",
        "sets the visitor's own cookie, and for who is signed in their own preference",
    ),
];

/// A form that every function of ours can read.
const FORM: [(&str, &str); 20] = [
    ("org", "acme"),
    ("id", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5"),
    ("name", "A name"),
    ("slug", ""),
    ("email", "new@acme.test"),
    ("role", "org:member"),
    ("confirm", "acme"),
    ("request_id", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5"),
    ("project", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5"),
    ("item", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5"),
    ("comment", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5"),
    ("version", "1"),
    ("title", "A title"),
    ("status", "todo"),
    ("text", "A text"),
    ("to", "done"),
    ("body", "A text"),
    ("theme", "dark"),
    ("density", "compact"),
    ("time_zone", "UTC"),
];

#[tokio::test]
async fn every_function_refuses_the_signed_out_and_none_answers_get() {
    let server = TestServer::start(Kind::Sqlite).await;
    let mut seen = 0;
    for (path, method) in server_fn_paths() {
        seen += 1;
        assert_eq!(method, Method::POST, "{path} changes something on {method}");
        if OPEN_TO_ALL.iter().any(|(open, _)| *open == path) {
            continue;
        }
        let answer = server.call(None, path, &FORM).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{path}");
        assert!(
            answer.text().await.unwrap().contains("signed_out"),
            "{path}"
        );
    }
    assert!(seen >= 6, "the list of server functions is empty");
    for (open, _) in OPEN_TO_ALL {
        assert!(
            server_fn_paths().any(|(path, _)| path == open),
            "stale: {open}"
        );
    }
}

async fn json(
    server: &TestServer,
    person: &Person,
    path: &str,
    form: &[(&str, &str)],
) -> (StatusCode, String) {
    let answer = server
        .call(Some(&person.token), path, form)
        .send()
        .await
        .unwrap();
    (answer.status(), answer.text().await.unwrap())
}

#[tokio::test]
async fn bad_input_is_a_typed_error_beside_its_field() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    let id = ("request_id", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5");
    let long = "x".repeat(300);
    for (name, kind) in [
        ("", "empty"),
        ("   ", "empty"),
        (long.as_str(), "too_long"),
        ("a\u{7}b", "control_character"),
    ] {
        let form = [("org", "acme"), ("name", name), id];
        let (status, body) = json(&server, &ada, "/api/projects/create", &form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(body.contains(kind) && body.contains("\"name\""), "{body}");
    }
    for form in [
        vec![("org", "acme"), ("name", "x"), ("request_id", "not-a-uuid")],
        vec![("org", "acme"), ("name", "x")],
        vec![],
    ] {
        let (status, body) = json(&server, &ada, "/api/projects/create", &form).await;
        assert!(status.is_client_error(), "{form:?}: {status} {body}");
    }
}

#[tokio::test]
async fn a_refused_form_comes_back_with_the_error_and_what_was_typed() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server.admin("ada@acme.test", "acme").await;
    let long = "Quarterly ".repeat(30);
    let form = [
        ("org", "acme"),
        ("name", long.as_str()),
        ("request_id", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5"),
    ];
    let answer = server.post_as(&ada, "/api/projects/create", &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let back = answer.headers()["location"].to_str().unwrap().to_owned();
    let page = server.get_as(&ada, &back).await.text().await.unwrap();
    assert!(page.contains("Use 100 characters or fewer."));
    assert!(page.contains("aria-invalid"));
    assert!(page.contains(long.trim_end()), "the input is kept");
}

#[tokio::test]
async fn the_same_form_sent_twice_makes_one_project() {
    for kind in crate::support::databases::kinds() {
        let server = TestServer::start(kind).await;
        let ada = server.admin("ada@acme.test", "acme").await;
        let form = [
            ("org", "acme"),
            ("name", "Only once"),
            ("request_id", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5"),
        ];
        let sends = (0..4).map(|_| server.post_as(&ada, "/api/projects/create", &form));
        for answer in futures::future::join_all(sends).await {
            assert_eq!(answer.status(), StatusCode::SEE_OTHER);
            let to = answer.headers()["location"].to_str().unwrap();
            assert!(!to.contains("__err"), "{kind:?}: {to}");
        }
        let page = server
            .get_as(&ada, "/app/acme/projects")
            .await
            .text()
            .await
            .unwrap();
        assert_eq!(page.matches(">Only once</a>").count(), 1, "{kind:?}");
    }
}

#[tokio::test]
async fn a_taken_slug_is_said_beside_the_field() {
    let server = TestServer::start(Kind::Sqlite).await;
    let _ada = server.admin("ada@acme.test", "acme").await;
    let dora = server.person("dora@example.test", &[]).await;
    let form = [("name", "Other Acme"), ("slug", "acme")];
    let answer = server
        .post_as(&dora, "/api/organizations/create", &form)
        .await;
    let back = answer.headers()["location"].to_str().unwrap().to_owned();
    let page = server.get_as(&dora, &back).await.text().await.unwrap();
    assert!(page.contains("That slug is taken"), "{back}");
    assert!(page.contains("value=\"Other Acme\""));
}
