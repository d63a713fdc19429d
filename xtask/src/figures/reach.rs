//! What a new area with a noun touches outside of its own folder.

use super::Row;
use crate::{
    Result,
    run::{root, target},
    test::scaffold,
};
use std::fs;

/// Where its folder of pages gets its line; the folder itself is its own.
const PAGES: &str = "crates/console/src/pages/mod.rs";
/// Written by Cargo.
const BY_ITSELF: &str = "Cargo.lock";

/// Counted from what is written in a copy of the repository.
pub fn rows() -> Result<Vec<Row>> {
    let fresh = scaffold::make(&target().join("figures"))?;
    let written = scaffold::files(&fresh)?.into_iter().map(|path| path.display().to_string());
    let is_changed = |path: &String| fs::read(fresh.join(path)).ok() != fs::read(root().join(path)).ok();
    let outside = |path: &String| !path.starts_with("crates/areas/ledger/") && path != BY_ITSELF;
    let mut touched: Vec<String> = written.filter(outside).filter(is_changed).collect();
    touched.push(PAGES.to_owned());
    let what = "files that a new area touches outside its folders".to_owned();
    Ok(vec![(what, format!("{}: {}", touched.len(), touched.join(", ")))])
}
