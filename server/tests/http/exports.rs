//! Data to take along: an organization's and one's own, as the archives that are sent.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

use http::StatusCode;
use reqwest::Response;
use serde_json::{Value, json};
use zip::ZipArchive;

use crate::support::{Person, TestServer, databases::kinds};

/// The files of an archive.
async fn unpacked(answer: Response) -> BTreeMap<String, String> {
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "application/zip");
    let bytes = answer.bytes().await.unwrap().to_vec();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        files.insert(file.name().unwrap().into_owned(), text);
    }
    files
}

fn lines(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The entries of the audit log but for those of what Clerk told.
fn entries_of_people(files: &BTreeMap<String, String>) -> Vec<Value> {
    let mut entries = lines(&files["audit_events.jsonl"]);
    entries.retain(|entry| entry["actor_kind"] != "system");
    entries
}

async fn create(server: &TestServer, person: &Person, slug: &str, name: &str) {
    let request_id = uuid::Uuid::now_v7().to_string();
    let form = [("org", slug), ("name", name), ("request_id", &request_id)];
    let created = server.call(Some(&person.token), "/api/projects/create", &form);
    let created = created.header("user-agent", "Netscape/4.0");
    assert!(created.send().await.unwrap().status().is_success());
}

#[tokio::test]
async fn an_admin_takes_the_organizations_data_along() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        let ada = server.admin("ada@acme.test", "acme").await;
        let gus = server.admin("gus@globex.test", "globex").await;
        create(&server, &ada, "acme", "Plans").await;
        create(&server, &gus, "globex", "Secrets").await;

        let answer = server.post_as(&ada, "/app/acme/export", &[]).await;
        let disposition = answer.headers()["content-disposition"].to_str().unwrap();
        assert_eq!(disposition, "attachment; filename=\"acme.zip\"");
        let files = unpacked(answer).await;
        assert!(!files.values().any(|text| text.contains("Secrets")));
        assert!(
            !files
                .values()
                .any(|text| text.contains(gus.user.as_str()) || text.contains("gus@globex.test"))
        );
        let projects = lines(&files["projects.jsonl"]);
        assert_eq!(projects.len(), 1);
        assert_eq!(projects[0]["name"], "Plans");

        // The log says who did it from where, and that the data went out.
        let audit = entries_of_people(&files);
        assert_eq!(audit[0]["action"], "project.created");
        assert_eq!(audit[0]["actor_id"], ada.user.as_str());
        assert_eq!(audit[0]["ip"], "127.0.0.1");
        assert_eq!(audit[0]["user_agent"], "Netscape/4.0");
        assert_eq!(audit[1]["action"], "organization.exported");

        let manifest: Value = serde_json::from_str(&files["manifest.json"]).unwrap();
        assert_eq!(manifest["organization"]["slug"], "acme");
        assert_eq!(manifest["rows"]["projects"], 1);
        assert_eq!(manifest["rows"]["audit_events"], 4);
        let tables = manifest["rows"].as_object().unwrap();
        assert_eq!(files.len(), tables.len() + 1);

        // Her page knows it; that of another admin would not.
        let rows: u64 = tables.values().filter_map(Value::as_u64).sum();
        let page = server.get_as(&ada, "/app/acme/settings/export").await;
        let page = page.text().await.unwrap();
        let said = format!("The archive is complete: {rows} rows.");
        assert!(page.contains(&said), "{page}");
    }
}

#[tokio::test]
async fn others_do_not() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        let ada = server.admin("ada@acme.test", "acme").await;
        let max = server.member("max@acme.test", "acme").await;
        let gus = server.admin("gus@globex.test", "globex").await;
        for (who, status, code) in [
            (&max, StatusCode::FORBIDDEN, "forbidden"),
            (&gus, StatusCode::NOT_FOUND, "not_found"),
        ] {
            let call = server.call(Some(&who.token), "/app/acme/export", &[]);
            let answer = call.send().await.unwrap();
            assert_eq!(answer.status(), status);
            assert_eq!(
                answer.json::<Value>().await.unwrap(),
                json!({ "code": code })
            );
        }
        // A browser is sent back to its page with the reason.
        let refused = server.post_as(&max, "/app/acme/export", &[]).await;
        assert_eq!(refused.status(), StatusCode::SEE_OTHER);
        let location = refused.headers()["location"].to_str().unwrap();
        assert!(
            location.starts_with("/app/acme/settings/export?__path="),
            "{location}"
        );

        // Nothing was noted, since nothing went out.
        let files = unpacked(server.post_as(&ada, "/app/acme/export", &[]).await).await;
        assert_eq!(entries_of_people(&files).len(), 1);
    }
}

#[tokio::test]
async fn everybody_takes_their_own_data_along() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        let ada = server.admin("ada@acme.test", "acme").await;
        let max = server.member("max@acme.test", "acme").await;
        create(&server, &ada, "acme", "Ada's").await;
        create(&server, &max, "acme", "Max's").await;
        let answer = server.post_as(&max, "/account/export", &[]).await;
        let files = unpacked(answer).await;
        assert!(!files.values().any(|text| text.contains(ada.user.as_str())));
        assert_eq!(lines(&files["users.jsonl"])[0]["email"], "max@acme.test");
        assert_eq!(lines(&files["projects.jsonl"])[0]["name"], "Max's");
        assert_eq!(lines(&files["audit_events.jsonl"]).len(), 1);
        let signed_out = server.call(None, "/account/export", &[]);
        let status = signed_out.send().await.unwrap().status();
        assert_eq!(status, StatusCode::UNAUTHORIZED);
    }
}
