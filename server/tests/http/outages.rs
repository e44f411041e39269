//! A database that fails under a running server: never an empty list, never a sign-out.

use reqwest::StatusCode;

use crate::support::{TestServer, databases::Kind};

#[tokio::test]
async fn a_broken_database_is_an_outage_not_an_empty_list() {
    let server = TestServer::start(Kind::Sqlite).await;
    let ada = server
        .person("ada@acme.test", &[("acme", "org:admin")])
        .await;
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
