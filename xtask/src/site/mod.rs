//! The browser's files: wasm with its script, the style sheet, and everything in `public`.
//!
//! Development: `target/site` with plain names. Release: hashed names, `.br` and `.gz` beside
//! each file, and `manifest.json` that names script, wasm and style sheet for the server.

mod bindgen;
mod css;
mod release;
mod wasm;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    files,
    problem::Problem,
    process,
    stage::Stages,
    tools::{npm, wasm_toolchain::WasmToolchain},
};

/// Makes the browser's files.
#[derive(Debug)]
pub struct SiteBuilder {
    root: PathBuf,
    toolchain: WasmToolchain,
    npm: NpmTools,
}

/// Node.js programs with the packages that `xtask/npm` names.
#[derive(Debug)]
struct NpmTools {
    folder: PathBuf,
}

impl SiteBuilder {
    /// Finds or installs what building needs.
    pub fn require(root: &Path, stages: &Stages) -> Result<Self, Problem> {
        let toolchain = WasmToolchain::require(root, stages)?;
        let npm = NpmTools {
            folder: root.join("xtask/npm"),
        };
        stages.run("Installing the site's npm tools", || {
            npm::require_node()?;
            npm::install(&npm.folder)
        })?;
        Ok(Self {
            root: root.to_owned(),
            toolchain,
            npm,
        })
    }

    /// Makes or refreshes the development site in `target/site`.
    pub fn build_dev(&self, stages: &Stages) -> Result<(), Problem> {
        stages.run("Building the browser's code (WebAssembly)", || {
            let wasm = wasm::build(&self.root, &self.toolchain, wasm::Profile::Dev)?;
            bindgen::generate_if_newer(&wasm, &self.dev_site().join("pkg"))
        })?;
        stages.run("Building the style sheet", || self.build_dev_style())?;
        self.copy_public_dev()
    }

    /// Only the style sheet of the development site.
    pub fn build_dev_style(&self) -> Result<(), Problem> {
        let out = self.dev_site().join("pkg").join(css::FILE);
        css::bundle(&self.npm, &self.root, &out, css::Form::Readable)
    }

    /// Only the files of `public`, for the development site. What left `public` leaves the site.
    pub fn copy_public_dev(&self) -> Result<(), Problem> {
        let site = self.dev_site();
        let public = files::copy_below(&self.root.join("public"), &site, |_| true)?;
        for file in files::below(&site)? {
            let built = file.starts_with("pkg");
            if !built && !public.contains(&file) {
                let path = site.join(&file);
                std::fs::remove_file(&path)
                    .map_err(|error| Problem::file("remove", &path, &error))?;
            }
        }
        Ok(())
    }

    /// Makes the release site in `out`, which is replaced as a whole.
    pub fn build_release(&self, stages: &Stages, out: &Path) -> Result<(), Problem> {
        let wasm = stages.run("Building the browser's code (WebAssembly, small)", || {
            wasm::build(&self.root, &self.toolchain, wasm::Profile::Release)
        })?;
        let package = stages.run("Shrinking it", || {
            release::optimized_package(&self.npm, &self.root, &wasm)
        })?;
        stages.run("Hashing and compressing the site", || {
            release::assemble(&self.npm, &self.root, &package, out)
        })
    }

    fn dev_site(&self) -> PathBuf {
        self.root.join("target/site")
    }
}

impl NpmTools {
    /// A script of `xtask/npm`.
    fn script(&self, name: &str) -> Command {
        let mut command = Command::new("node");
        command.arg(self.folder.join(name));
        command
    }

    /// `wasm-opt` of the package binaryen.
    fn wasm_opt(&self) -> Command {
        Command::new(self.folder.join("node_modules/.bin/wasm-opt"))
    }

    /// Runs a script of `xtask/npm`.
    fn run(&self, command: &mut Command, what: &str) -> Result<(), Problem> {
        process::output(command, what).map(|_| ())
    }
}
