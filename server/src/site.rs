//! The browser's files: found beside the executable, one route each, listed once at start.
//!
//! `cargo xtask build` writes hashed names with `.br` and `.gz` beside each file and a
//! `manifest.json`; those are served as such and cached for good. A development site has plain
//! names, which browsers must ask for again each time.

use std::path::{Path, PathBuf};

use app::context::Assets;
use axum::Router;
use http::{HeaderValue, header};
use serde::Deserialize;
use tower::ServiceBuilder;
use tower_http::{services::ServeFile, set_header::SetResponseHeaderLayer};

/// The folder of built browser files and the names that pages refer to.
#[derive(Debug, Clone)]
pub struct Site {
    root: PathBuf,
    /// URLs of the entry script, the wasm and the stylesheet.
    pub assets: Assets,
    hashed: bool,
}

/// Why the browser's files cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// There is no site folder beside the executable.
    #[error("the browser's files are missing: no folder {0}. Build them with: cargo xtask build")]
    Missing(PathBuf),
    /// The folder or its manifest cannot be read.
    #[error("the browser's files in {path} cannot be read: {problem}")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system or the parser says.
        problem: String,
    },
}

/// Lives as long as browsers remember it, so they ask for it each time.
const SERVICE_WORKER: &str = "/service-worker.js";

#[derive(Deserialize)]
struct Manifest {
    js: String,
    wasm: String,
    css: String,
}

impl Site {
    /// Finds `site` beside the running executable, or one folder up.
    ///
    /// # Errors
    /// When it is not there or its manifest is damaged.
    pub fn find() -> Result<Self, SiteError> {
        Self::open(&beside_executable("site"))
    }

    /// Opens a site folder.
    ///
    /// # Errors
    /// When it is not there or its manifest is damaged.
    pub fn open(root: &Path) -> Result<Self, SiteError> {
        if !root.is_dir() {
            return Err(SiteError::Missing(root.to_owned()));
        }
        let manifest = root.join("manifest.json");
        let unreadable = |problem: String| SiteError::Unreadable {
            path: manifest.clone(),
            problem,
        };
        let (assets, hashed) = match std::fs::read(&manifest) {
            Ok(json) => {
                let names: Manifest =
                    serde_json::from_slice(&json).map_err(|e| unreadable(e.to_string()))?;
                let assets = Assets {
                    js: names.js,
                    wasm: names.wasm,
                    css: names.css,
                };
                (assets, true)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => (plain_names(), false),
            Err(error) => return Err(unreadable(error.to_string())),
        };
        Ok(Self {
            root: root.to_owned(),
            assets,
            hashed,
        })
    }

    /// A site of no files, for commands that show no page.
    #[must_use]
    pub fn without_files() -> Self {
        Self {
            root: PathBuf::new(),
            assets: plain_names(),
            hashed: false,
        }
    }

    /// One route for each file. Nothing outside this list can be asked for.
    ///
    /// # Errors
    /// When the folder cannot be walked.
    pub fn router(&self) -> Result<Router, SiteError> {
        let mut router = Router::new();
        if self.root.as_os_str().is_empty() {
            return Ok(router);
        }
        for file in files_below(&self.root)? {
            let Ok(relative) = file.strip_prefix(&self.root) else {
                continue;
            };
            let url = format!("/{}", relative.to_string_lossy().replace('\\', "/"));
            if url.ends_with(".br") || url.ends_with(".gz") || url == "/manifest.json" {
                continue;
            }
            let serve = ServeFile::new(&file)
                .precompressed_br()
                .precompressed_gzip();
            let service = ServiceBuilder::new()
                .layer(SetResponseHeaderLayer::overriding(
                    header::CACHE_CONTROL,
                    HeaderValue::from_static(self.cache_control(&url)),
                ))
                .service(serve);
            router = router.route_service(&url, service);
        }
        Ok(router)
    }

    fn cache_control(&self, url: &str) -> &'static str {
        // The names in `fonts` carry a version.
        let named = ["/pkg/", "/fonts/"];
        let named = named.iter().any(|folder| url.starts_with(folder)) || url == self.assets.css;
        if url == SERVICE_WORKER {
            return "no-cache";
        }
        let names_its_content = self.hashed && named;
        match (names_its_content, self.hashed) {
            (true, _) => "public, max-age=31536000, immutable",
            (false, true) => "public, max-age=3600",
            (false, false) => "no-cache",
        }
    }
}

/// The names of a development site, as `cargo xtask dev` and cargo-leptos write it.
fn plain_names() -> Assets {
    Assets {
        js: "/pkg/tenantry.js".to_owned(),
        wasm: "/pkg/tenantry.wasm".to_owned(),
        css: "/pkg/tenantry.css".to_owned(),
    }
}

/// `name` in the executable's folder, or else in the folder above (`target/debug` → `target`).
#[must_use]
pub fn beside_executable(name: &str) -> PathBuf {
    let folder = std::env::current_exe()
        .ok()
        .and_then(|exe| exe.parent().map(Path::to_owned))
        .unwrap_or_default();
    let beside = folder.join(name);
    match folder.parent() {
        Some(above) if !beside.exists() => above.join(name),
        _ => beside,
    }
}

fn files_below(root: &Path) -> Result<Vec<PathBuf>, SiteError> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let unreadable = |error: std::io::Error| SiteError::Unreadable {
            path: folder.clone(),
            problem: error.to_string(),
        };
        for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use http::{Request, StatusCode};
    use tower::ServiceExt as _;

    async fn get(router: &Router, path: &str) -> axum::response::Response {
        let request = Request::get(path)
            .header("accept-encoding", "br, gzip")
            .body(Body::empty())
            .unwrap();
        router.clone().oneshot(request).await.unwrap()
    }

    #[tokio::test]
    async fn a_release_site_is_precompressed_and_immutable() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("pkg")).unwrap();
        std::fs::create_dir(folder.path().join("fonts")).unwrap();
        for (name, content) in [
            ("pkg/tenantry.1a.js", "plain"),
            ("pkg/tenantry.1a.js.br", "squeezed"),
            ("robots.txt", "User-agent: *"),
            ("fonts/letters-1.0.woff2", "wOF2"),
            ("service-worker.js", "self"),
            (
                "manifest.json",
                r#"{"js":"/pkg/tenantry.1a.js","wasm":"/pkg/x.wasm","css":"/t.2b.css"}"#,
            ),
        ] {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let site = Site::open(folder.path()).unwrap();
        assert_eq!(site.assets.css, "/t.2b.css");
        let router = site.router().unwrap();

        let js = get(&router, "/pkg/tenantry.1a.js").await;
        assert_eq!(js.headers()["content-encoding"], "br");
        assert_eq!(
            js.headers()["cache-control"],
            "public, max-age=31536000, immutable"
        );
        for (file, cached) in [
            (
                "/fonts/letters-1.0.woff2",
                "public, max-age=31536000, immutable",
            ),
            ("/robots.txt", "public, max-age=3600"),
            ("/service-worker.js", "no-cache"),
        ] {
            let answer = get(&router, file).await;
            assert_eq!(answer.headers()["cache-control"], cached, "{file}");
        }
        for hidden in ["/manifest.json", "/pkg/tenantry.1a.js.br", "/../Cargo.toml"] {
            assert_eq!(get(&router, hidden).await.status(), StatusCode::NOT_FOUND);
        }
    }

    #[test]
    fn a_missing_site_says_how_to_build_it() {
        let error = Site::open(Path::new("/nowhere/site")).unwrap_err();
        assert!(error.to_string().contains("cargo xtask build"));
    }
}
