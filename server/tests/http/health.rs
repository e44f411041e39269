//! Health checks, and what keeps a server from starting.

use std::collections::HashMap;

use clerk::clock::SystemClock;
use reqwest::StatusCode;
use server::{commands::migrate, config::Config, site::Site, start};

use crate::support::{TestServer, databases::kinds};

#[tokio::test]
async fn a_server_with_its_database_is_alive_and_ready() {
    for kind in kinds() {
        let server = TestServer::start(kind).await;
        for path in ["/health/live", "/health/ready"] {
            assert_eq!(
                server.get(path).await.status(),
                StatusCode::OK,
                "{kind:?} {path}"
            );
        }
    }
}

async fn why_not_started(variables: &[(&str, &str)], migrated: bool) -> String {
    let variables: HashMap<_, _> = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let config = Config::from_variables(&variables).unwrap();
    if migrated && let Err(error) = migrate::run(&config).await {
        return error.to_string();
    }
    let addr = ([127, 0, 0, 1], 1).into();
    match start::build(
        &config,
        addr,
        &Site::without_files(),
        SystemClock::shared(),
        false,
    )
    .await
    {
        Ok(_) => panic!("it started"),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn a_database_that_was_not_migrated_says_what_to_do() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().to_str().unwrap();
    let file = format!("sqlite://{folder}/empty.sqlite?mode=rwc");
    std::fs::write(data.path().join("empty.sqlite"), b"").unwrap();
    let problem = why_not_started(&[("DATA_DIR", folder), ("DATABASE_URL", &file)], false).await;
    assert!(problem.contains("tenantry migrate"), "{problem}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named_and_left_alone() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().to_str().unwrap();
    let path = data.path().join("tenantry.sqlite");
    std::fs::write(&path, b"my novel, not a database at all").unwrap();
    let problem = why_not_started(&[("DATA_DIR", folder)], true).await;
    assert!(problem.contains("tenantry.sqlite"), "{problem}");
    assert_eq!(
        std::fs::read(&path).unwrap(),
        b"my novel, not a database at all"
    );
}

#[tokio::test]
async fn a_data_folder_that_cannot_be_made_is_named() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("file"), b"").unwrap();
    let inside_a_file = data.path().join("file/data");
    let problem = why_not_started(&[("DATA_DIR", inside_a_file.to_str().unwrap())], true).await;
    assert!(problem.contains("DATA_DIR"), "{problem}");
}
