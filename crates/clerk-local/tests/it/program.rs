//! The program `clerk-local` as a process of its own.

use std::{path::Path, process::Stdio};

use axum::{Router, body::Bytes, routing::post};
use clerk::webhooks::WebhookSecret;
use http::HeaderMap;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    net::TcpListener,
    process::{Child, ChildStdout, Command},
    sync::mpsc,
};

/// Where the program under test is; a release build, say, when `CLERK_LOCAL_BIN` names one.
fn binary() -> String {
    let built = env!("CARGO_BIN_EXE_clerk-local").to_owned();
    std::env::var("CLERK_LOCAL_BIN").unwrap_or(built)
}

/// A running program; killed with SIGKILL when it is dropped.
pub struct Program {
    pub child: Child,
    pub url: String,
    printed: Vec<String>,
    // Kept: a closed pipe would be an error to the program.
    _lines: Lines<BufReader<ChildStdout>>,
}

impl Program {
    pub async fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(binary())
            .args(["--addr", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (mut printed, mut url) = (Vec::new(), None);
        while let Some(line) = lines.next_line().await.unwrap() {
            if let Some(proxy) = line.strip_prefix("CLERK_PROXY_URL=") {
                url = Some(proxy.to_owned());
            }
            let last = line.starts_with("Mails");
            printed.push(line);
            if last {
                break;
            }
        }
        Self {
            child,
            url: url.expect("the program tells its address"),
            printed,
            _lines: lines,
        }
    }

    pub async fn keys(&self) -> Value {
        let keys = reqwest::get(format!("{}/keys.json", self.url)).await;
        keys.unwrap().json().await.unwrap()
    }

    pub async fn create_user(&self, email: &str) -> Value {
        let secret = self.keys().await["secret_key"].clone();
        let made = reqwest::Client::new()
            .post(format!("{}/backend/v1/users", self.url))
            .bearer_auth(secret.as_str().unwrap())
            .json(&json!({ "email_address": [email], "password": "correct horse battery" }))
            .send()
            .await
            .unwrap();
        assert_eq!(made.status(), 200);
        made.json().await.unwrap()
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[tokio::test]
async fn a_seed_makes_the_same_instance_again() {
    let mut seen = Vec::new();
    for seed in ["7", "7", "8"] {
        let program = Program::start(&["--ephemeral", "--seed", seed]).await;
        let mut keys = program.keys().await;
        let user = program.create_user("ada@example.com").await;
        for address in ["api_url", "proxy_url"] {
            keys.as_object_mut().unwrap().remove(address);
        }
        seen.push((keys, user["id"].clone()));
    }
    assert_eq!(seen[0], seen[1]);
    for key in ["secret_key", "jwt_key", "webhook_secret"] {
        assert_ne!(seen[0].0[key], seen[2].0[key], "{key}");
    }
    assert_ne!(seen[0].1, seen[2].1);
}

#[tokio::test]
async fn an_event_survives_a_kill() {
    let (told, mut heard) = mpsc::unbounded_channel();
    let endpoint = Router::new().route(
        "/hook",
        post(async move |headers: HeaderMap, body: Bytes| told.send((headers, body)).unwrap()),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hook = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, endpoint).await });

    let folder = tempfile::tempdir().unwrap();
    let data = ["--data", text(folder.path())];
    let nowhere = [
        "--webhook-url",
        "http://127.0.0.1:9/",
        "--webhook-retry-scale",
        "0.01",
    ];
    let mut program = Program::start(&[&data[..], &nowhere].concat()).await;
    let user = program.create_user("ada@example.com").await;
    let secret = program.keys().await["webhook_secret"].clone();
    program.child.kill().await.unwrap();

    let there = ["--webhook-url", &hook, "--webhook-retry-scale", "0.01"];
    let _program = Program::start(&[&data[..], &there].concat()).await;
    let (headers, body) = heard.recv().await.unwrap();
    let secret = WebhookSecret::parse(secret.as_str().unwrap()).unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now = i64::try_from(now.unwrap().as_millis()).unwrap();
    clerk::webhooks::verify(&secret, &headers, &body, now).unwrap();
    let event: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(
        (&event["type"], &event["data"]["id"]),
        (&json!("user.created"), &user["id"])
    );
}

#[cfg(unix)]
#[tokio::test]
async fn it_tells_no_secret_and_stops_when_asked_to() {
    let mut program = Program::start(&["--ephemeral"]).await;
    let keys = program.keys().await;
    let printed = program.printed.join("\n");
    assert!(printed.contains(keys["publishable_key"].as_str().unwrap()));
    for secret in ["secret_key", "webhook_secret"] {
        assert!(
            !printed.contains(keys[secret].as_str().unwrap()),
            "{secret}"
        );
    }
    let id = program.child.id().unwrap().to_string();
    let asked = Command::new("kill").args(["-TERM", &id]).status().await;
    assert!(asked.unwrap().success());
    assert!(program.child.wait().await.unwrap().success());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_ephemeral_instance_has_no_file_with_a_name() {
    let mut program = Program::start(&["--ephemeral"]).await;
    program.create_user("ada@example.com").await;
    let open = format!("/proc/{}/fd", program.child.id().unwrap());
    let open: Vec<String> = std::fs::read_dir(open)
        .unwrap()
        .filter_map(|entry| std::fs::read_link(entry.unwrap().path()).ok())
        .map(|path| path.to_string_lossy().into_owned())
        .filter(|path| path.contains("clerk.sqlite"))
        .collect();
    // What has no name any more ends with the process, however it ends.
    let gone = |path: &String| path.ends_with(" (deleted)");
    assert!(!open.is_empty() && open.iter().all(gone), "{open:?}");
    let folder = Path::new(&open[0]).parent().unwrap().to_owned();
    assert!(!folder.exists(), "{folder:?}");
    // It works on, on every connection.
    for number in 0..20 {
        program.create_user(&format!("p{number}@example.com")).await;
    }
    program.child.kill().await.unwrap();
    assert!(!folder.exists(), "{folder:?}");
}

#[tokio::test]
async fn it_stops_when_asked_though_its_first_key_is_not_made_yet() {
    let mut program = Program::start(&["--ephemeral"]).await;
    // A write waits for the key.
    let write = reqwest::Client::new().post(format!("{}/v1/dev_browser", program.url));
    let write = tokio::spawn(write.send());
    let environment = format!("{}/v1/environment", program.url);
    assert_eq!(reqwest::get(environment).await.unwrap().status(), 200);
    let pid = program.child.id().unwrap().to_string();
    let asked = Command::new("kill").args(["-TERM", &pid]).status().await;
    assert!(asked.unwrap().success());
    let patience = std::time::Duration::from_secs(30);
    let ended = tokio::time::timeout(patience, program.child.wait()).await;
    assert!(ended.expect("it stops").unwrap().success());
    write.abort();
}
