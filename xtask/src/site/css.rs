//! The style sheet: `style/main.css` with all it imports, in one file.

use std::path::Path;

use super::NpmTools;
use crate::problem::Problem;

/// Its plain name in the site.
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
