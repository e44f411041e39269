//! `wasm-bindgen` as a library: always the version that the workspace pins.

use std::{path::Path, time::SystemTime};

use wasm_bindgen_cli_support::Bindgen;

use crate::{files, problem::Problem};

/// The script; imports come from beside it.
pub const JS: &str = "tenantry.js";
/// The wasm. The page passes its URL to the script's `init`: the script itself names no file.
pub const WASM: &str = "tenantry.wasm";
/// What wasm-bindgen calls it. cargo-leptos uses the plain name too, so both lay out the same site.
const WASM_AS_GENERATED: &str = "tenantry_bg.wasm";

/// Whether function names stay in the wasm, for readable stack traces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// They stay.
    Keep,
    /// They go.
    Remove,
}

/// Writes [`JS`], [`WASM`] and perhaps `snippets/` into `out`.
pub fn generate(wasm: &Path, out: &Path, names: Names) -> Result<(), Problem> {
    // Whoever serves `out` sees the old files or the new ones, never half of them.
    let staged = out.with_extension("staged");
    files::remove_folder(&staged)?;
    files::make_folder(&staged)?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name("tenantry")
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(names == Names::Remove)
        .remove_producers_section(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(&staged))
        .map_err(|error| {
            Problem::new(
                "wasm-bindgen can't process the browser's code",
                format!("{error:#}"),
            )
            .fix(
                "if the versions differ: the workspace's wasm-bindgen and xtask's \
                 wasm-bindgen-cli-support must be the same, in both Cargo.toml files",
            )
        })?;
    let (generated, wanted) = (staged.join(WASM_AS_GENERATED), staged.join(WASM));
    std::fs::rename(&generated, &wanted)
        .map_err(|error| Problem::file("rename", &generated, &error))?;
    files::replace_folder(&staged, out)
}

/// The same for development, unless `out` was made from this very file.
pub fn generate_if_newer(wasm: &Path, out: &Path) -> Result<(), Problem> {
    let made = modified(&out.join(WASM));
    if made.is_some() && made > modified(wasm) && out.join(JS).is_file() {
        return Ok(());
    }
    generate(wasm, out, Names::Keep)
}

fn modified(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path)
        .and_then(|file| file.modified())
        .ok()
}
