//! What each server function takes, read from the source: a form does not say.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use leptos::server_fn::axum::server_fn_paths;

/// How each server function begins.
const ATTRIBUTE: &str = "#[server(endpoint = \"";

/// The names of the arguments of every server function, by its path.
///
/// Panics when the source and the list of registered functions differ: then one is written in a
/// way that this reading does not know.
pub fn arguments() -> &'static BTreeMap<String, Vec<String>> {
    static ARGUMENTS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(read);
    &ARGUMENTS
}

fn read() -> BTreeMap<String, Vec<String>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let mut found = BTreeMap::new();
    for file in files_below(&source) {
        let text = fs::read_to_string(&file).expect("a source file");
        for (at, _) in text.match_indices(ATTRIBUTE) {
            let (endpoint, rest) = text[at + ATTRIBUTE.len()..]
                .split_once('"')
                .expect("a path");
            let (_, rest) = rest.split_once("fn ").expect("a function");
            let (_, rest) = rest.split_once('(').expect("arguments");
            let (list, _) = rest.split_once(") ->").expect("a return type");
            found.insert(format!("/api/{endpoint}"), names(list));
        }
    }
    let mut registered: Vec<_> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    registered.sort();
    assert!(found.keys().eq(&registered), "{found:?}\n{registered:?}");
    found
}

/// The names in `org: String, #[server(default)] show: String,`.
fn names(list: &str) -> Vec<String> {
    list.split(',')
        .filter_map(|argument| argument.split_once(':'))
        .map(|(name, _)| {
            name.rsplit([' ', ']'])
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries
        .map(|entry| entry.expect("an entry").path())
        .flat_map(|path| match path.is_dir() {
            true => files_below(&path),
            false => vec![path],
        })
        .collect()
}
