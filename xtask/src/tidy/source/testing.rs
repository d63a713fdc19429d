//! Small crates, written to a temporary folder.

use super::{Crate, read};
use std::fs;

/// A crate of files, each with its path below src and its text; the first is the root.
pub fn tree(files: &[(&str, &str)]) -> Crate {
    package("g8-sample", false, files)
}

/// The same as [`tree`], by name, and perhaps an area.
pub fn package(package: &str, is_area: bool, files: &[(&str, &str)]) -> Crate {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    read(folder.path(), package, is_area, &folder.path().join(files[0].0)).unwrap()
}
