//! The style sheet: `style/main.css` with all it imports, in one file.

use std::path::Path;

use super::NpmTools;
use crate::problem::Problem;

/// Its plain name.
pub const FILE: &str = "tenantry.css";

/// How the bundle is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For development.
    Readable,
    /// For release.
    Minified,
}

/// Bundles the style sheet into `out`.
pub(super) fn bundle(npm: &NpmTools, root: &Path, out: &Path, form: Form) -> Result<(), Problem> {
    let mut command = npm.script("css.mjs");
    command
        .current_dir(root)
        .arg("style/main.css")
        .arg(out)
        .args((form == Form::Minified).then_some("--minify"));
    npm.run(&mut command, "the style sheet can't be built")
}

#[cfg(test)]
mod tests {
    /// The words between `start` and `end`, for each line that has both.
    fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
        text.lines()
            .filter_map(|line| line.split_once(start)?.1.split_once(end))
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn cargo_leptos_compiles_the_same_files_in_the_same_order() {
        let ours = include_str!("../../../style/main.css");
        let theirs = include_str!("../../../style/cargo-leptos.scss");
        let files = between(ours, "@import \"", ".css\"");
        assert!(!files.is_empty());
        assert_eq!(files, between(theirs, "load-css(\"", "\")"));
    }
}
