//! Where texts stand: in the message files, in every language, and nowhere in the views.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Folders of views in English alone, each with the reason.
const ENGLISH: [(&str, &str); 1] = [("src/pages/styleguide/", "only developers see it")];

/// Attributes and properties that people read or hear.
const SPOKEN: [&str; 7] = [
    "alt",
    "heading",
    "hint",
    "label",
    "placeholder",
    "text",
    "title",
];

/// The same in every language.
const NAMES: [&str; 1] = ["\"Tenantry\""];

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|is| is == extension) {
            found.push(path);
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// `file: message` and `file: message.attribute` of a language.
fn keys(language: &str) -> BTreeSet<String> {
    let folder = root().join("locales").join(language);
    let mut keys = BTreeSet::new();
    for file in files(&folder, "ftl") {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let mut message = String::new();
        for line in fs::read_to_string(&file).unwrap().lines() {
            let Some((key, _)) = line.split_once(" =") else {
                continue;
            };
            if let Some(attribute) = key.strip_prefix("    .") {
                keys.insert(format!("{name}: {message}.{attribute}"));
            } else if key.starts_with(|c: char| c.is_ascii_lowercase()) {
                message = key.to_owned();
                keys.insert(format!("{name}: {message}"));
            }
        }
    }
    keys
}

/// The build makes a function only of what all languages have, so a page that needs more does not
/// compile; this names what is missing.
#[test]
fn every_language_has_every_text() {
    let (english, german) = (keys("en"), keys("de"));
    assert!(english.len() > 100, "{} keys", english.len());
    let differ: Vec<_> = english.symmetric_difference(&german).collect();
    assert!(differ.is_empty(), "{differ:#?}");
}

#[test]
fn every_text_is_said_somewhere() {
    let source: String = files(&root().join("src"), "rs")
        .iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    let unused: Vec<_> = keys("en")
        .into_iter()
        .filter(|key| {
            let (_, name) = key.split_once(": ").unwrap();
            let name = name.replace(['-', '.'], "_");
            !source.contains(&format!(".{name}(")) && !source.contains(&format!("Texts::{name})"))
        })
        .collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn views_have_no_words_of_their_own() {
    let mut found = Vec::new();
    let mut views = 0;
    for file in files(&root().join("src"), "rs") {
        let name = file.strip_prefix(root()).unwrap().to_str().unwrap();
        if ENGLISH.iter().any(|(place, _)| name.starts_with(place)) {
            continue;
        }
        let source: TokenStream = fs::read_to_string(&file).unwrap().parse().unwrap();
        views += outside(source, &mut |words| found.push(format!("{name}: {words}")));
    }
    assert!(views > 30, "only {views} views were read");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn words_in_a_view_are_found() {
    let found = |source: &str| {
        let mut found = Vec::new();
        outside(source.parse().unwrap(), &mut |words| found.push(words));
        found
    };
    assert_eq!(found(r#"view! { <p>"Hello"</p> }"#), ["\"Hello\""]);
    assert_eq!(
        found(r#"view! { <p title="Hello">{name}</p> }"#),
        ["\"Hello\""]
    );
    assert_eq!(found(r#"view! { <a aria-label="Hello"/> }"#), ["\"Hello\""]);
    assert_eq!(
        found(r#"view! { <p>{some.map(|x| view! { <b>"Hello"</b> })}</p> }"#),
        ["\"Hello\""]
    );
    let none =
        r#"view! { <p class="hello" id="x">{f("hello")} " " {texts.hello()} "“" "404"</p> }"#;
    assert_eq!(found(none), [""; 0]);
    assert_eq!(found(r#"let x = "Hello";"#), [""; 0]);
}

/// Walks Rust; how many views there were.
fn outside(source: TokenStream, report: &mut dyn FnMut(String)) -> usize {
    let mut views = 0;
    let mut last = [String::new(), String::new()];
    for token in source {
        if let TokenTree::Group(group) = &token {
            if last == ["view", "!"] {
                views += 1 + inside(group.stream(), report);
            } else {
                views += outside(group.stream(), report);
            }
        }
        last = [std::mem::take(&mut last[1]), token.to_string()];
    }
    views
}

/// Walks what stands between `view! {` and `}`.
fn inside(view: TokenStream, report: &mut dyn FnMut(String)) -> usize {
    let mut views = 0;
    let mut last = [String::new(), String::new()];
    for token in view {
        match &token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                views += outside(group.stream(), report);
            }
            TokenTree::Group(group) => views += outside(group.stream(), report),
            TokenTree::Literal(literal) => {
                let literal = literal.to_string();
                let text = literal.starts_with('"')
                    && literal
                        .as_bytes()
                        .windows(2)
                        .any(|pair| pair.iter().all(u8::is_ascii_alphabetic))
                    && !NAMES.contains(&literal.as_str());
                let is_value = last[1] == "=";
                if text && (!is_value || SPOKEN.contains(&last[0].as_str())) {
                    report(literal);
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
        last = [std::mem::take(&mut last[1]), token.to_string()];
    }
    views
}
