//! The release site: small, hashed, compressed.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{NpmTools, bindgen, css};
use crate::{files, problem::Problem};

/// Changes when packages made by an older version of this file must be made anew.
const RECIPE: &str = "2";

/// What wasm-opt may use: what the compiler uses by default for this target.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What the server reads to learn the names: `manifest.json`.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Manifest {
    js: String,
    wasm: String,
    css: String,
}

/// Runs wasm-bindgen and wasm-opt on a compiled file. The result is kept until the file changes.
pub(super) fn optimized_package(
    npm: &NpmTools,
    root: &Path,
    wasm: &Path,
) -> Result<PathBuf, Problem> {
    let folder = root.join("target/wasm/package");
    let stamp = folder.join("made-from");
    let lock = files::read(&npm.folder.join("package-lock.json"))?;
    let made_from = files::fingerprint([RECIPE.as_bytes(), &lock, &files::read(wasm)?]);
    let package = folder.join("pkg");
    if std::fs::read_to_string(&stamp).is_ok_and(|present| present == made_from) {
        return Ok(package);
    }
    files::remove_folder(&folder)?;
    bindgen::generate(wasm, &package, bindgen::Names::Remove)?;
    let file = package.join(bindgen::WASM);
    let mut command = npm.wasm_opt();
    command
        .arg("-Oz")
        .args(["--strip-producers", "--strip-target-features"])
        .args(WASM_FEATURES)
        .arg(&file)
        .arg("-o")
        .arg(&file);
    npm.run(&mut command, "wasm-opt can't shrink the browser's code")?;
    files::write(&stamp, made_from.as_bytes())?;
    Ok(package)
}

/// Puts a package, the style sheet and `public` together in `out`.
pub(super) fn assemble(
    npm: &NpmTools,
    root: &Path,
    package: &Path,
    out: &Path,
) -> Result<(), Problem> {
    let staged = out.with_extension("staged");
    files::remove_folder(&staged)?;
    files::copy_below(&root.join("public"), &staged, |_| true)?;

    let plain_css = root.join("target/wasm/release.css");
    css::bundle(npm, root, &plain_css, css::Form::Minified)?;
    let manifest = place(package, &files::read(&plain_css)?, &staged)?;
    npm.run(
        npm.script("precompress.mjs").arg(&staged),
        "the site can't be compressed",
    )?;
    let json = serde_json::to_vec(&manifest)
        .map_err(|error| Problem::new("the manifest can't be written", error.to_string()))?;
    files::write(&staged.join("manifest.json"), &json)?;
    files::replace_folder(&staged, out)
}

/// Writes the files whose names carry a hash of their content.
fn place(package: &Path, css: &[u8], site: &Path) -> Result<Manifest, Problem> {
    let pkg = site.join("pkg");
    let wasm = files::read(&package.join(bindgen::WASM))?;
    let wasm_name = format!("tenantry.{}.wasm", files::fingerprint([wasm.as_slice()]));
    files::write(&pkg.join(&wasm_name), &wasm)?;

    let snippets = Snippets::read(package)?;
    let js = snippets.renamed(&files::read_text(&package.join(bindgen::JS))?);
    snippets.write(&pkg)?;
    let js_name = format!("tenantry.{}.js", files::fingerprint([js.as_bytes()]));
    files::write(&pkg.join(&js_name), js.as_bytes())?;

    let css_name = format!("tenantry.{}.css", files::fingerprint([css]));
    files::write(&site.join(&css_name), css)?;
    Ok(Manifest {
        js: format!("/pkg/{js_name}"),
        wasm: format!("/pkg/{wasm_name}"),
        css: format!("/{css_name}"),
    })
}

/// Scripts that crates bring along; the main script imports them as `./snippets/…`. Their folder
/// gets a hash of all of them, for they import each other by relative paths.
struct Snippets {
    files: Vec<(PathBuf, Vec<u8>)>,
}

impl Snippets {
    fn read(package: &Path) -> Result<Self, Problem> {
        let folder = package.join("snippets");
        let files = files::below(&folder)?
            .into_iter()
            .map(|file| files::read(&folder.join(&file)).map(|content| (file, content)))
            .collect::<Result<_, _>>()?;
        Ok(Self { files })
    }

    fn folder(&self) -> String {
        let parts = self
            .files
            .iter()
            .flat_map(|(path, content)| [path.as_os_str().as_encoded_bytes(), content.as_slice()]);
        format!("snippets.{}", files::fingerprint(parts))
    }

    /// The main script, importing from the hashed folder.
    fn renamed(&self, js: &str) -> String {
        if self.files.is_empty() {
            return js.to_owned();
        }
        js.replace("./snippets/", &format!("./{}/", self.folder()))
    }

    fn write(&self, pkg: &Path) -> Result<(), Problem> {
        let folder = pkg.join(self.folder());
        self.files
            .iter()
            .try_for_each(|(path, content)| files::write(&folder.join(path), content))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(snippet: &str) -> tempfile::TempDir {
        let package = tempfile::tempdir().unwrap();
        let write = |name: &str, content: &str| {
            files::write(&package.path().join(name), content.as_bytes()).unwrap();
        };
        write(bindgen::WASM, "\0asm");
        write(
            bindgen::JS,
            "import { f } from './snippets/dialog-1a/inline0.js';",
        );
        write("snippets/dialog-1a/inline0.js", snippet);
        package
    }

    #[test]
    fn every_name_carries_its_content_and_imports_still_resolve() {
        let site = tempfile::tempdir().unwrap();
        let manifest = place(package("1").path(), b"a{}", site.path()).unwrap();
        let content = |url: &str| files::read_text(&site.path().join(&url[1..])).unwrap();
        assert_eq!(content(&manifest.wasm), "\0asm");
        assert_eq!(content(&manifest.css), "a{}");
        let js = content(&manifest.js);
        let import = js.split('\'').nth(1).unwrap();
        assert_eq!(content(&format!("/pkg/{}", &import[2..])), "1");

        // Another snippet: another folder, so another script as well.
        let changed = place(package("2").path(), b"a{}", site.path()).unwrap();
        assert_ne!(changed.js, manifest.js);
        assert_eq!(changed.wasm, manifest.wasm);
        assert_eq!(changed.css, manifest.css);
    }

    #[test]
    fn a_script_without_snippets_is_left_alone() {
        let none = Snippets { files: Vec::new() };
        assert_eq!(none.renamed("'./snippets/'"), "'./snippets/'");
    }
}
