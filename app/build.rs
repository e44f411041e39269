//! Turns the message files (`locales/<language>/*.ftl`) into one typed function per message.
//!
//! Only the server has texts: what islands say is given to them in the page.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    #[cfg(feature = "ssr")]
    texts::generate()?;
    Ok(())
}

#[cfg(feature = "ssr")]
mod texts {
    use std::{error::Error, path::PathBuf};

    use fluent_typed::{BuildOptions, FtlOutputOptions, LintLevel, try_build_from_locales_folder};

    pub fn generate() -> Result<(), Box<dyn Error>> {
        let out = PathBuf::from(std::env::var("OUT_DIR")?);
        let options = BuildOptions::default()
            .with_locales_folder("locales")
            .with_default_language("en")
            .with_prefix("")
            .with_output_file_path(&out.join("texts.rs").to_string_lossy())
            .with_ftl_output(FtlOutputOptions::single_file(
                &out.join("texts.ftl").to_string_lossy(),
            ))
            .with_lint_level(LintLevel::Strict)
            // Names of people's own making get an element with `dir="auto"` where they matter;
            // the invisible marks would end up in titles, labels and copied text.
            .without_bidi_isolation()
            .without_format();
        Ok(try_build_from_locales_folder(options)?)
    }
}
