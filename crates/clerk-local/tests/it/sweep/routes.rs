//! The routes of the instance, and the names of the fields they read, as the source has them.

use std::{
    collections::BTreeSet,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use axum::{body::Body, extract::ConnectInfo};
use http::{Request, StatusCode};
use tower::ServiceExt;

use crate::browser::World;

/// Methods that are tried on each route.
pub const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// One route.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// With its prefix and with `{…}` for what varies.
    pub path: String,
    /// The part of the source that answers: the folder or file directly below `src`.
    pub part: String,
}

impl Route {
    /// The path with its parameters in place.
    pub fn filled(&self, mut value: impl FnMut(&str) -> String) -> String {
        let segments = self.path.split('/').map(|segment| {
            match segment
                .strip_prefix('{')
                .and_then(|it| it.strip_suffix('}'))
            {
                Some(name) => value(name.trim_start_matches('*')),
                None => segment.to_owned(),
            }
        });
        segments.collect::<Vec<_>>().join("/")
    }

    /// How many parameters its path has.
    pub fn parameters(&self) -> usize {
        self.path.matches('{').count()
    }

    /// Whether it belongs to the backend API.
    pub fn is_backend(&self) -> bool {
        self.part == "backend_api"
    }
}

/// Every `.route("…"` of the source, sorted.
pub fn all() -> Vec<Route> {
    let mut routes = BTreeSet::new();
    for (part, source) in sources() {
        let prefix = match part.as_str() {
            "backend_api" => "/backend",
            "portal" => "/portal",
            "provider" => "/provider",
            _ => "",
        };
        for path in literals(&source, ".route(") {
            if path.starts_with('/') {
                // A nested `/` is the prefix itself.
                let path = match (prefix, path.as_str()) {
                    ("", _) | (_, "/") => prefix.to_owned() + path.trim_end_matches('/'),
                    _ => format!("{prefix}{path}"),
                };
                let part = part.clone();
                routes.insert(Route { path, part });
            }
        }
    }
    routes.into_iter().collect()
}

/// The fields that the routes read from queries, forms and JSON bodies.
pub fn fields() -> Vec<String> {
    let mut fields = BTreeSet::new();
    for (_, source) in sources() {
        for call in [
            ".get(",
            ".text(",
            ".required(",
            ".all(",
            ".is_true(",
            ".json_object(",
        ] {
            fields.extend(literals(&source, call));
        }
        // Members of the structures that bodies are read into.
        for line in source.lines() {
            let line = line.trim().trim_start_matches("pub ");
            let Some((name, kind)) = line.split_once(": ") else {
                continue;
            };
            if kind.ends_with(',') && name.bytes().all(|it| it == b'_' || it.is_ascii_lowercase()) {
                fields.insert(name.to_owned());
            }
        }
    }
    fields.into_iter().filter(|name| name.len() > 1).collect()
}

/// String literals that follow a call's opening bracket, on its line or the next one.
fn literals(source: &str, call: &str) -> Vec<String> {
    source
        .match_indices(call)
        .filter_map(|(at, _)| {
            let rest = source[at + call.len()..].trim_start().strip_prefix('"')?;
            Some(rest.split_once('"')?.0.to_owned())
        })
        .collect()
}

/// The Rust files that answer requests, each with its part.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files
        .into_iter()
        .filter_map(|file| {
            let below = file.strip_prefix(&root).unwrap();
            let part = below.iter().next().unwrap().to_str().unwrap();
            // The program of its own has a playground around the instance.
            if part == "bin" {
                return None;
            }
            let part = part.trim_end_matches(".rs").to_owned();
            Some((part, fs::read_to_string(&file).unwrap()))
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
}

/// The list is what the router knows: a path that the scan made up, or whose prefix it got wrong,
/// would be "not found" for a method that no route has, instead of refused.
#[tokio::test]
async fn the_list_is_the_router_s() {
    let routes = all();
    assert!(routes.len() > 80, "{}", routes.len());
    let world = World::new().await;
    let secret = world.clerk.secret_key();
    for route in routes {
        let path = route.filled(|_| "x".to_owned());
        let request = Request::builder()
            .method("TRACE")
            .uri(&path)
            .header("authorization", format!("Bearer {}", secret.expose()))
            .header("host", "localhost:3000")
            // Some are for programs of this machine alone.
            .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000))))
            .body(Body::empty())
            .unwrap();
        // They are there only where the instance was opened with them.
        if path.starts_with("/faults") {
            continue;
        }
        let answer = world.clerk.router().oneshot(request).await.unwrap();
        assert_ne!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
}
