//! Clerk's own browser files, as a real instance serves them under `/npm/`.
//!
//! Clerk's client derives the address of its lazily loaded parts from its own address and puts its exact
//! version in the place of the version tag, so every tag is answered with the one version installed.

use std::{
    collections::HashMap,
    io::Write,
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path as UrlPath, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use flate2::{Compression, write::GzEncoder};

/// The packages that a Clerk instance serves.
const PACKAGES: [&str; 2] = ["clerk-js", "ui"];

/// The route `/npm/@clerk/{package}@{tag}/{path}`.
///
/// `npm_dir` is a `node_modules` folder, or the folder that holds one.
pub fn router<S: Clone + Send + Sync + 'static>(npm_dir: &Path) -> Router<S> {
    let modules = npm_dir.join("node_modules");
    let modules = if npm_dir.ends_with("node_modules") && !modules.is_dir() {
        npm_dir
    } else {
        &modules
    };
    let files = Files {
        packages_dir: modules.join("@clerk"),
        compressed: Arc::default(),
    };
    Router::new()
        .route("/npm/@clerk/{package}/{*path}", get(serve))
        .with_state(files)
}

#[derive(Clone)]
struct Files {
    packages_dir: PathBuf,
    /// Compressed files by path and entity tag; a page asks for some fifteen of them.
    compressed: Arc<Mutex<HashMap<(PathBuf, String), Bytes>>>,
}

async fn serve(
    State(files): State<Files>,
    UrlPath((package, path)): UrlPath<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let (name, tag) = package.split_once('@').unwrap_or((package.as_str(), ""));
    let (Some(content_type), true) = (content_type(&path), PACKAGES.contains(&name)) else {
        return not_found();
    };
    let Some(version) = files.installed_version(name).await else {
        tracing::warn!(package = name, folder = %files.packages_dir.display(), "Clerk's browser package is not installed");
        return not_installed(name);
    };
    let Some((file, bytes)) = files.read(name, &path).await else {
        return not_found();
    };

    let entity_tag = format!("W/\"{version}-{}\"", bytes.len());
    let cache = if tag == version {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut response = if is_current(&headers, &entity_tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else if accepts_gzip(&headers) {
        match files.gzip(file, &entity_tag, bytes).await {
            Ok(packed) => ([(header::CONTENT_ENCODING, "gzip")], packed).into_response(),
            Err(error) => {
                tracing::error!(%error, "cannot compress a browser file");
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            }
        }
    } else {
        Body::from(bytes).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    if let Ok(value) = HeaderValue::from_str(&entity_tag) {
        headers.insert(header::ETAG, value);
    }
    response
}

impl Files {
    async fn installed_version(&self, package: &str) -> Option<String> {
        let manifest = self.packages_dir.join(package).join("package.json");
        let text = tokio::fs::read(manifest).await.ok()?;
        let manifest: serde_json::Value = serde_json::from_slice(&text).ok()?;
        Some(manifest.get("version")?.as_str()?.to_owned())
    }

    /// Reads a file that lies inside the package, after links are followed.
    async fn read(&self, package: &str, path: &str) -> Option<(PathBuf, Bytes)> {
        let relative = plain_relative(path)?;
        let root = tokio::fs::canonicalize(self.packages_dir.join(package))
            .await
            .ok()?;
        let file = tokio::fs::canonicalize(root.join(relative)).await.ok()?;
        if !file.starts_with(&root) {
            return None;
        }
        let bytes = tokio::fs::read(&file).await.ok()?;
        Some((file, bytes.into()))
    }

    async fn gzip(&self, file: PathBuf, entity_tag: &str, bytes: Bytes) -> std::io::Result<Bytes> {
        let key = (file, entity_tag.to_owned());
        if let Some(packed) = lock(&self.compressed).get(&key) {
            return Ok(packed.clone());
        }
        let packed: Bytes = tokio::task::spawn_blocking(move || {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(&bytes)?;
            encoder.finish()
        })
        .await
        .map_err(std::io::Error::other)??
        .into();
        lock(&self.compressed).insert(key, packed.clone());
        Ok(packed)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // A poisoned cache is still a cache: entries are inserted whole.
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The path if it is made of ordinary names only: nothing absolute, no `..`, no hidden file, no backslash.
fn plain_relative(path: &str) -> Option<&Path> {
    let plain = !path.contains(['\\', '\0'])
        && path
            .split('/')
            .all(|name| !name.is_empty() && !name.starts_with('.'))
        && Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
    plain.then(|| Path::new(path))
}

fn content_type(path: &str) -> Option<&'static str> {
    Some(match path.rsplit_once('.')?.1 {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|offer| {
            let mut parts = offer.split(';').map(str::trim);
            parts.next() == Some("gzip")
                && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
}

fn is_current(headers: &HeaderMap, entity_tag: &str) -> bool {
    headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|known| known.split(',').any(|tag| tag.trim() == entity_tag))
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "no such file\n").into_response()
}

fn not_installed(package: &str) -> Response {
    let text = format!(
        "@clerk/{package} is not installed: run `npm ci` for crates/clerk-local/browser (`cargo xtask dev` does it)\n"
    );
    (StatusCode::NOT_FOUND, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ordinary_paths_are_followed() {
        assert!(plain_relative("dist/clerk.browser.js").is_some());
        for path in [
            "../secret.js",
            "dist/../../secret.js",
            "/etc/passwd",
            "dist//a.js",
            "dist\\..\\a.js",
            ".npmrc",
            "",
        ] {
            assert!(plain_relative(path).is_none(), "{path}");
        }
    }

    #[test]
    fn a_refused_encoding_is_not_used() {
        let mut headers = HeaderMap::new();
        assert!(!accepts_gzip(&headers));
        headers.insert(
            header::ACCEPT_ENCODING,
            HeaderValue::from_static("br, gzip;q=0.8"),
        );
        assert!(accepts_gzip(&headers));
        headers.insert(
            header::ACCEPT_ENCODING,
            HeaderValue::from_static("br, gzip;q=0"),
        );
        assert!(!accepts_gzip(&headers));
    }
}
