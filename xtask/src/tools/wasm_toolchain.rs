//! A compiler for `wasm32-unknown-unknown`.
//!
//! In this order: the active toolchain if it has the target's standard library; rustup's download
//! of it; Debian's compiler, with a standard library built from Debian's own sources into a
//! private folder. The last is for machines that reach Debian's archive but not rustup's.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use crate::{files, problem::Problem, process, stage::Stages, tools::apt};

/// The compilation target of browsers.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// `rustup` waits for ever behind some firewalls.
const RUSTUP_LIMIT: Duration = Duration::from_secs(90);

const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_SOURCES: &str = "/usr/lib/rustlib/src/rust";
const DEBIAN_LINKER: &str = "wasm-ld-19";

/// Changes when a standard library built by an older version of this file must be built anew.
const RECIPE: &str = "1";

/// How to compile for browsers.
#[derive(Debug, Clone)]
pub enum WasmToolchain {
    /// The toolchain in use, with nothing special.
    Active,
    /// Debian's compiler and this private sysroot.
    Debian {
        /// Holds `lib/rustlib/wasm32-unknown-unknown/lib`.
        sysroot: PathBuf,
    },
}

impl WasmToolchain {
    /// Finds a toolchain, or installs what is missing.
    pub fn require(root: &Path, stages: &Stages) -> Result<Self, Problem> {
        if active_has_target() {
            return Ok(Self::Active);
        }
        let debian = DebianSysroot::new(root);
        if debian.is_current() {
            return Ok(debian.toolchain());
        }
        let rustup = stages.run("Adding the WebAssembly target to Rust (rustup)", || {
            Ok(rustup_target_add())
        })?;
        let why = match rustup {
            Ok(()) if active_has_target() => return Ok(Self::Active),
            Ok(()) => "rustup added it, but the active toolchain doesn't have it".to_owned(),
            Err(why) => why,
        };
        stages.note("rustup can't add it; taking Debian's compiler instead");
        debian.require(stages).map_err(|problem| {
            Problem::new(
                format!("there is no Rust compiler for {TARGET}"),
                format!("rustup target add {why}\n{problem}"),
            )
            .fix(format!("rustup target add {TARGET}"))
        })?;
        Ok(debian.toolchain())
    }

    /// A cargo that compiles for [`TARGET`] with `rustflags`. The target folder is its own, since
    /// the compiler may be another than the server's.
    pub fn cargo(&self, root: &Path, rustflags: &[String]) -> Command {
        let mut flags = rustflags.to_vec();
        let mut command = match self {
            Self::Active => process::cargo(root),
            Self::Debian { sysroot } => {
                // Build scripts and macros run on this machine: with a target named, cargo keeps
                // these flags from them, so they use the compiler's own sysroot.
                flags.push(format!("--sysroot={}", sysroot.display()));
                let mut command = Command::new(DEBIAN_CARGO);
                command.current_dir(root);
                process::without_cargo_run(&mut command);
                command
                    .env("RUSTC", DEBIAN_RUSTC)
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER)
                    .env_remove("RUSTUP_TOOLCHAIN");
                command
            }
        };
        command
            .env("CARGO_TARGET_DIR", root.join("target/wasm"))
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        command
    }
}

/// Whether the toolchain in use has the standard library of [`TARGET`].
fn active_has_target() -> bool {
    let libraries = process::output(
        Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]),
        "",
    );
    let Ok(libraries) = libraries else {
        return false;
    };
    std::fs::read_dir(libraries.trim()).is_ok_and(|entries| {
        entries
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
    })
}

fn rustup_target_add() -> Result<(), String> {
    if process::find_on_path(&["rustup"]).is_none() {
        return Err("is not possible: there is no rustup".to_owned());
    }
    process::run_within(
        Command::new("rustup").args(["target", "add", TARGET]),
        RUSTUP_LIMIT,
    )
}

/// A standard library for [`TARGET`] made with Debian's compiler, inside `target`: nothing is
/// written into the system's folders beyond the packages.
struct DebianSysroot {
    sysroot: PathBuf,
}

impl DebianSysroot {
    fn new(root: &Path) -> Self {
        Self {
            sysroot: root.join("target/wasm-sysroot"),
        }
    }

    fn toolchain(&self) -> WasmToolchain {
        WasmToolchain::Debian {
            sysroot: self.sysroot.clone(),
        }
    }

    /// Whether it was made by this recipe with the compiler that is installed now.
    fn is_current(&self) -> bool {
        let Ok(made_with) = std::fs::read_to_string(self.sysroot.join("made-with")) else {
            return false;
        };
        Self::made_with().is_ok_and(|now| now == made_with)
    }

    fn made_with() -> Result<String, Problem> {
        let compiler = process::output(
            Command::new(DEBIAN_RUSTC).arg("-vV"),
            "Debian's Rust compiler doesn't start",
        )?;
        Ok(format!("recipe {RECIPE}\n{compiler}"))
    }

    fn require(&self, stages: &Stages) -> Result<(), Problem> {
        let missing = apt::missing(&DEBIAN_PACKAGES);
        if !missing.is_empty() {
            stages.run("Installing Debian's compiler for WebAssembly", || {
                apt::install(&missing, "Debian's Rust compiler")
            })?;
        }
        if self.is_current() {
            return Ok(());
        }
        stages.run("Building Rust's standard library for WebAssembly", || {
            self.build()
        })
    }

    /// Compiles an empty crate together with the standard library and keeps the libraries.
    fn build(&self) -> Result<(), Problem> {
        let made_with = Self::made_with()?;
        let work = self.sysroot.with_extension("build");
        files::remove_folder(&work)?;
        files::write(&work.join("src/lib.rs"), b"")?;
        files::write(&work.join("Cargo.toml"), SEED_MANIFEST.as_bytes())?;
        let flags = [
            // Machine code for quick builds, and bitcode for link-time optimisation.
            "-Cembed-bitcode=yes".to_owned(),
            // What `rustup`'s own libraries say in a panic's message.
            format!("--remap-path-prefix={}=/rustc", real_path(DEBIAN_SOURCES)),
        ];
        let mut command = Command::new(DEBIAN_CARGO);
        process::without_cargo_run(&mut command);
        command
            .current_dir(&work)
            .args(["build", "--release", "--quiet", "--target", TARGET])
            .args(["-Zbuild-std=std,panic_abort"])
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTC", DEBIAN_RUSTC)
            .env_remove("RUSTUP_TOOLCHAIN")
            .env("CARGO_TARGET_DIR", work.join("target"))
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER)
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        process::output(
            &mut command,
            "Rust's standard library for WebAssembly can't be built",
        )?;

        let libraries = work.join("target").join(TARGET).join("release/deps");
        let finished = work.join("sysroot");
        let place = finished.join("lib/rustlib").join(TARGET).join("lib");
        files::copy_below(&libraries, &place, |file| {
            file.extension()
                .is_some_and(|extension| extension == "rlib")
        })?;
        files::write(&finished.join("made-with"), made_with.as_bytes())?;
        files::replace_folder(&finished, &self.sysroot)?;
        files::remove_folder(&work)
    }
}

/// The crate whose build brings the standard library with it. Small code: it is for browsers.
const SEED_MANIFEST: &str = r#"[package]
name = "wasm-sysroot-seed"
version = "0.0.0"
edition = "2024"

[lib]
crate-type = ["cdylib"]

[profile.release]
opt-level = "s"
panic = "abort"

[workspace]
"#;

/// Debian links its sources to another folder; the compiler sees the latter.
fn real_path(path: &str) -> String {
    std::fs::canonicalize(path).map_or_else(|_| path.to_owned(), |path| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debians_cargo_gets_the_private_sysroot_and_its_own_target_folder() {
        let toolchain = WasmToolchain::Debian {
            sysroot: PathBuf::from("/s p/sysroot"),
        };
        let command = toolchain.cargo(Path::new("/"), &["-Cx=y".to_owned()]);
        let variable = |name: &str| {
            command
                .get_envs()
                .find(|(key, _)| *key == name)
                .and_then(|(_, value)| value)
                .map(|value| value.to_string_lossy().into_owned())
        };
        assert_eq!(
            variable("CARGO_ENCODED_RUSTFLAGS").as_deref(),
            Some("-Cx=y\u{1f}--sysroot=/s p/sysroot")
        );
        assert_eq!(
            variable("CARGO_TARGET_DIR").as_deref(),
            Some("/target/wasm")
        );
        assert_eq!(variable("RUSTC").as_deref(), Some(DEBIAN_RUSTC));
    }

    #[test]
    fn a_sysroot_without_its_note_is_not_current() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!DebianSysroot::new(folder.path()).is_current());
    }
}
