//! Notices changes of the project's files and tells what they need.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::Duration,
};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::problem::Problem;

/// Folders and files whose change needs something built.
const WATCHED: [&str; 9] = [
    "app",
    "crates",
    "frontend",
    "migrations",
    "public",
    "server",
    "style",
    "Cargo.toml",
    "Cargo.lock",
];

/// Editors write several files in a row; wait until they are quiet for this long.
const QUIET: Duration = Duration::from_millis(150);
const TICK: Duration = Duration::from_millis(250);

/// What changed, by what it needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rust code: both compilers.
    pub rust: bool,
    /// Also the database's schema.
    pub migrations: bool,
    /// Style sheets.
    pub style: bool,
    /// Files served as they are.
    pub public: bool,
    files: Vec<PathBuf>,
}

/// Watches the project.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    events: Receiver<notify::Result<Event>>,
    // Stops watching when dropped.
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Starts to watch.
    pub fn start(root: &Path) -> Result<Self, Problem> {
        let failed = |error: notify::Error| {
            Problem::new("changes of files can't be watched", error.to_string())
                .fix("cargo xtask dev --no-watch")
        };
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(sender).map_err(failed)?;
        for name in WATCHED {
            let path = root.join(name);
            if path.exists() {
                watcher
                    .watch(&path, RecursiveMode::Recursive)
                    .map_err(failed)?;
            }
        }
        Ok(Self {
            root: root.to_owned(),
            events,
            _watcher: watcher,
        })
    }

    /// Waits for the next changes; calls `tick` now and then meanwhile.
    pub fn next(&self, mut tick: impl FnMut()) -> Result<Changes, Problem> {
        let mut changes = Changes::default();
        loop {
            let patience = if changes.is_empty() { TICK } else { QUIET };
            match self.events.recv_timeout(patience) {
                Ok(Ok(event)) if is_a_change(event.kind) => {
                    for path in &event.paths {
                        if let Ok(path) = path.strip_prefix(&self.root) {
                            changes.add(path);
                        }
                    }
                }
                // Reads, and events that got lost: the next save is seen again.
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) if !changes.is_empty() => return Ok(changes),
                Err(RecvTimeoutError::Timeout) => tick(),
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Problem::new(
                        "changes of files can't be watched any more",
                        "the watcher ended",
                    ));
                }
            }
        }
    }
}

impl Changes {
    /// Adds a path relative to the project's folder.
    fn add(&mut self, path: &Path) {
        if is_noise(path) || self.files.iter().any(|known| known == path) {
            return;
        }
        if path.starts_with("style") {
            self.style = true;
        } else if path.starts_with("public") {
            self.public = true;
        } else {
            self.rust = true;
            self.migrations |= path.starts_with("migrations");
        }
        self.files.push(path.to_owned());
    }

    fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: Vec<String> = self
            .files
            .iter()
            .take(3)
            .map(|file| file.display().to_string())
            .collect();
        write!(out, "{}", shown.join(", "))?;
        match self.files.len().saturating_sub(shown.len()) {
            0 => Ok(()),
            more => write!(out, " and {more} more"),
        }
    }
}

fn is_a_change(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Create(_)
            | EventKind::Remove(_)
            | EventKind::Modify(notify::event::ModifyKind::Data(_))
            | EventKind::Modify(notify::event::ModifyKind::Name(_))
            | EventKind::Modify(notify::event::ModifyKind::Any)
    )
}

/// Editors' own files, installed packages, tests: nothing that is served.
fn is_noise(path: &Path) -> bool {
    let inside = path.components().any(|part| {
        matches!(
            part.as_os_str().to_str(),
            Some("node_modules" | "target" | "tests" | ".git")
        )
    });
    let name = path.file_name().and_then(|name| name.to_str());
    inside
        || name.is_none_or(|name| {
            name.starts_with('.')
                || name.ends_with('~')
                || name.ends_with(".swp")
                || name.ends_with(".tmp")
                // Vim asks with this file whether it may write.
                || name == "4913"
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(paths: &[&str]) -> Changes {
        let mut changes = Changes::default();
        for path in paths {
            changes.add(Path::new(path));
        }
        changes
    }

    #[test]
    fn each_folder_needs_its_own_work() {
        let css = changes(&["style/tokens.css"]);
        assert!(css.style && !css.rust && !css.public);
        assert!(changes(&["public/favicon.svg"]).public);
        let schema = changes(&["migrations/src/lib.rs"]);
        assert!(schema.rust && schema.migrations);
        assert!(changes(&["app/src/pages/home.rs"]).rust);
    }

    #[test]
    fn editors_and_tests_are_not_changes() {
        let none = changes(&[
            "app/src/.lib.rs.swp",
            "app/src/lib.rs~",
            "app/src/4913",
            "server/tests/slice.rs",
            "crates/clerk-local/browser/node_modules/a/index.js",
        ]);
        assert!(none.is_empty(), "{none:?}");
    }

    #[test]
    fn says_what_changed_in_one_line() {
        assert_eq!(
            changes(&["app/a.rs", "app/b.rs", "app/c.rs", "app/d.rs"]).to_string(),
            "app/a.rs, app/b.rs, app/c.rs and 1 more"
        );
    }

    #[test]
    fn a_saved_file_is_seen() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("style")).unwrap();
        let watch = Watch::start(&root).unwrap();
        std::fs::write(root.join("style/main.css"), "a{}").unwrap();
        assert!(watch.next(|| {}).unwrap().style);
    }
}
