//! Machine code of areas that is compiled again in the doors and in the console.

use super::{NOT_BUILT, Row, megabytes};
use crate::{
    Result,
    run::{command, output, root, target},
};
use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// A row for each library above the areas.
pub fn rows() -> Result<Vec<Row>> {
    let areas = areas()?;
    ["g8_doors", "g8_console"].into_iter().map(|library| row(library, &areas)).collect()
}

/// The libraries of the areas, as symbols name them.
fn areas() -> Result<Vec<String>> {
    let folder = root().join("crates/areas");
    let entries = fs::read_dir(&folder).map_err(|cause| format!("{}: {cause}", folder.display()))?;
    Ok(entries.flatten().map(|entry| format!("g8_{}", entry.file_name().to_string_lossy())).collect())
}

fn row(library: &str, areas: &[String]) -> Result<Row> {
    let what = format!("machine code of areas in {library}, optimized");
    let Some(file) = newest(library) else { return Ok((what, NOT_BUILT.to_owned())) };
    let args = ["--print-size", "--demangle", "--defined-only", "--quiet"];
    let symbols = output(command("nm", &args).arg(file))?;
    let (ours, all) = sums(&symbols, areas);
    Ok((what, format!("{} of {}", megabytes(ours), megabytes(all))))
}

/// The library as it was last built.
fn newest(library: &str) -> Option<PathBuf> {
    let folders = ["release", "release/deps"].map(|folder| target().join(folder));
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    files.map(|entry| entry.path()).filter(|path| is(path, library)).max_by_key(|path| built(path))
}

fn is(path: &Path, library: &str) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = name.strip_prefix("lib").and_then(|name| name.strip_suffix(".rlib"));
    stem.is_some_and(|stem| stem.split('-').next() == Some(library))
}

fn built(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|file| file.modified()).ok()
}

/// Bytes of functions that name an area, and of all: lines of `nm` are address, size, type and name.
fn sums(symbols: &str, areas: &[String]) -> (u64, u64) {
    let (mut ours, mut all) = (0, 0);
    for line in symbols.lines() {
        let mut parts = line.splitn(4, ' ');
        let (Some(_), Some(size), Some(kind), Some(name)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let Ok(size) = u64::from_str_radix(size, 16) else { continue };
        if !["t", "T", "w", "W"].contains(&kind) {
            continue;
        }
        all += size;
        if areas.iter().any(|area| name.contains(&format!("{area}::"))) {
            ours += size;
        }
    }
    (ours, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_that_name_an_area_are_summed() {
        let symbols = "lib.rs.o:\n0000000000000000 0000000000000010 t <g8_deals::deal::View as Serialize>::serialize\n\
                       0000000000000010 0000000000000005 T g8_doors::cli::run\n\
                       0000000000000000 0000000000000100 r g8_deals::TABLE\n                 U memcpy\n";
        assert_eq!(sums(symbols, &["g8_deals".to_owned()]), (16, 21));
        assert!(
            is(Path::new("a/libg8_doors-0af.rlib"), "g8_doors")
                && !is(Path::new("libg8_doors_x.rlib"), "g8_doors")
        );
    }
}
