//! A new area, made in a copy of the repository as its developer makes it, compiles, passes its tests and fits in.

use crate::{
    Result, new,
    postgres::Postgres,
    run::{command, must, output, root, target},
};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// What is made.
const MADE: [&[&str]; 3] = [
    &["area", "ledger"],
    &["operation", "ledger", "entry", "create", "--table"],
    &["operation", "ledger", "entry", "list"],
];
/// What must not be made again.
const REFUSED: [&[&str]; 3] =
    [&["area", "ledger"], &["area", "match"], &["operation", "ledger", "entry", "create"]];

/// Makes it, and tests it in folders of its own that are kept: only what has changed is built again.
pub fn check(postgres: &Postgres) -> Result {
    let folder = target().join("scaffold");
    let copy = folder.join("repository");
    let fresh = make(&folder)?;
    mirror(&fresh, &copy)?;
    let cargo = |args: &[&str]| {
        let mut cargo = command("cargo", args);
        cargo.current_dir(&copy).env("CARGO_TARGET_DIR", folder.join("target"));
        cargo.env("G8_TEST_POSTGRES", postgres.url());
        cargo
    };
    must(&mut cargo(&["fmt", "--all", "--check"]))?;
    must(&mut cargo(&["test", "--quiet", "--package", "g8-ledger", "--package", "g8-product", "--lib"]))?;
    must(&mut cargo(&["xtask", "tidy"]))
}

/// A copy of what git knows of the repository, with the new area in it.
pub fn make(folder: &Path) -> Result<PathBuf> {
    let fresh = folder.join("fresh");
    let _ = fs::remove_dir_all(&fresh);
    let mut listed = command("git", &["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
    for path in output(&mut listed)?.split('\0').filter(|path| !path.is_empty()) {
        // What was deleted and is not yet committed is listed, too.
        if root().join(path).is_file() {
            copy(&root().join(path), &fresh.join(path))?;
        }
    }
    for words in MADE {
        new::run_in(&fresh, words)?;
    }
    match REFUSED.iter().find(|words| new::run_in(&fresh, words).is_ok()) {
        Some(words) => Err(format!("cargo xtask new {} was not refused", words.join(" "))),
        None => Ok(fresh),
    }
}

/// Makes a folder equal to another; files that are equal keep their times, by which Cargo knows what to build.
fn mirror(from: &Path, to: &Path) -> Result {
    let (wanted, there) = (files(from)?, files(to)?);
    for path in there.difference(&wanted) {
        fs::remove_file(to.join(path)).map_err(|cause| format!("{}: {cause}", path.display()))?;
    }
    for path in &wanted {
        let (source, target) = (from.join(path), to.join(path));
        if fs::read(&source).ok() != fs::read(&target).ok() {
            copy(&source, &target)?;
        }
    }
    Ok(())
}

/// The files below a folder, by their path from it; none where there is no folder.
pub fn files(folder: &Path) -> Result<BTreeSet<PathBuf>> {
    let (mut found, mut open) = (BTreeSet::new(), vec![folder.to_owned()]);
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.map_err(|cause| format!("{}: {cause}", next.display()))?.path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(inside) = path.strip_prefix(folder) {
                found.insert(inside.to_owned());
            }
        }
    }
    Ok(found)
}

fn copy(from: &Path, to: &Path) -> Result {
    let told = |cause: std::io::Error| format!("{}: {cause}", to.display());
    fs::create_dir_all(to.parent().unwrap_or(to)).map_err(told)?;
    fs::copy(from, to).map_err(told)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_is_equal_and_leaves_what_is_equal_untouched() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for (folder, path, text) in
            [(&from, "a/same", "1"), (&from, "a/new", "2"), (&to, "a/same", "1"), (&to, "b/old", "3")]
        {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let time = |path: &str| fs::metadata(to.path().join(path)).unwrap().modified().unwrap();
        let before = time("a/same");
        mirror(from.path(), to.path()).unwrap();
        assert_eq!(files(from.path()).unwrap(), files(to.path()).unwrap());
        assert_eq!((time("a/same"), fs::read(to.path().join("a/new")).unwrap()), (before, b"2".to_vec()));
    }
}
