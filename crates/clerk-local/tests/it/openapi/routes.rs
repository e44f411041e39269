//! The routes of an API, read from its source: none can be forgotten.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// `METHOD /path` of every route in a folder of `src`, with `{}` for each parameter.
pub fn in_folder(folder: &str) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src")
        .join(folder);
    let mut found = BTreeSet::new();
    for file in files(&root) {
        let source = fs::read_to_string(file).unwrap();
        // What follows the comment of a test module is no route.
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        for call in source.split(".route(").skip(1) {
            let (path, rest) = quoted(call);
            let handlers = arguments(rest);
            for (method, name) in [
                ("get(", "GET"),
                ("post(", "POST"),
                ("put(", "PUT"),
                ("patch(", "PATCH"),
                ("delete(", "DELETE"),
            ] {
                let named = handlers.match_indices(method).any(|(at, _)| {
                    let before = handlers[..at].chars().next_back();
                    before.is_none_or(|c| !c.is_alphanumeric() && c != '_')
                });
                if named {
                    found.insert(format!("{name} {}", pattern(path)));
                }
            }
        }
    }
    found
}

/// The pattern of a path: parameters in braces lose their names, the query goes.
pub fn pattern(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let parts = path.split('/').map(|part| match part.starts_with('{') {
        true => "{}",
        false => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn quoted(call: &str) -> (&str, &str) {
    let start = call.find('"').unwrap() + 1;
    let length = call[start..].find('"').unwrap();
    (&call[start..start + length], &call[start + length + 1..])
}

/// What stands before the parenthesis that closes the call.
fn arguments(rest: &str) -> &str {
    let mut depth = 0;
    for (at, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return &rest[..at],
            ')' => depth -= 1,
            _ => {}
        }
    }
    rest
}
