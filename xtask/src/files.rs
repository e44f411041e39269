//! Files and folders, with errors that name them.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use crate::problem::Problem;

/// Reads a whole file.
pub fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    fs::read(path).map_err(|error| Problem::file("read", path, &error))
}

/// Reads a whole text file.
pub fn read_text(path: &Path) -> Result<String, Problem> {
    fs::read_to_string(path).map_err(|error| Problem::file("read", path, &error))
}

/// Writes a file and makes the folders above it; leaves it alone when it holds this already.
pub fn write(path: &Path, content: &[u8]) -> Result<(), Problem> {
    if fs::read(path).is_ok_and(|present| present == content) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    fs::write(path, content).map_err(|error| Problem::file("write", path, &error))
}

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> Result<(), Problem> {
    fs::create_dir_all(path).map_err(|error| Problem::file("make the folder", path, &error))
}

/// Removes a folder and all in it, if it is there.
pub fn remove_folder(path: &Path) -> Result<(), Problem> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Problem::file("remove", path, &error))
        }
        _ => Ok(()),
    }
}

/// Gives a finished folder its final name; what had that name goes.
pub fn replace_folder(finished: &Path, name: &Path) -> Result<(), Problem> {
    remove_folder(name)?;
    fs::rename(finished, name).map_err(|error| Problem::file("rename", finished, &error))
}

/// Copies a file with its permissions. A running program of that name is replaced, not written to.
pub fn copy_program(from: &Path, to: &Path) -> Result<(), Problem> {
    if let Some(folder) = to.parent() {
        make_folder(folder)?;
    }
    let fresh = to.with_extension("new");
    fs::copy(from, &fresh).map_err(|error| Problem::file("copy", from, &error))?;
    fs::rename(&fresh, to).map_err(|error| Problem::file("write", to, &error))
}

/// All files below a folder, relative to it, sorted. A missing folder has none.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    below_without(folder, "")
}

/// The same, but nothing of folders named `skipped`.
pub fn below_without(folder: &Path, skipped: &str) -> Result<Vec<PathBuf>, Problem> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(relative) = folders.pop() {
        let here = folder.join(&relative);
        let entries = match fs::read_dir(&here) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(Problem::file("read", &here, &error)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| Problem::file("read", &here, &error))?;
            let relative = relative.join(entry.file_name());
            if entry.path().is_dir() {
                if entry.file_name() != skipped {
                    folders.push(relative);
                }
            } else {
                found.push(relative);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Copies every file below `from` that `wanted` names (by its path relative to `from`).
pub fn copy_below(
    from: &Path,
    to: &Path,
    wanted: impl Fn(&Path) -> bool,
) -> Result<Vec<PathBuf>, Problem> {
    let mut files = below(from)?;
    files.retain(|file| wanted(file));
    for file in &files {
        write(&to.join(file), &read(&from.join(file))?)?;
    }
    Ok(files)
}

/// A short name for content, the same for the same bytes on every machine: the start of its
/// SHA-256.
pub fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_depends_on_where_parts_end() {
        assert_eq!(fingerprint([b"ab".as_slice()]).len(), 16);
        assert_ne!(
            fingerprint([b"ab".as_slice(), b"c"]),
            fingerprint([b"a".as_slice(), b"bc"])
        );
    }

    #[test]
    fn unchanged_files_keep_their_time() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/b.txt");
        write(&file, b"one").unwrap();
        let before = fs::metadata(&file).unwrap().modified().unwrap();
        write(&file, b"one").unwrap();
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), before);
        assert_eq!(below(folder.path()).unwrap(), [PathBuf::from("a/b.txt")]);
    }

    #[test]
    fn an_unreadable_file_is_named() {
        let problem = read(Path::new("/nowhere/at/all")).unwrap_err();
        assert!(problem.to_string().contains("/nowhere/at/all"));
    }
}
