//! What the repository promises about itself: arrows, circles, names, sizes, licences.

mod arrows;
mod licences;
pub mod modules;
mod names;
mod operations;
mod sizes;
pub mod source;

use crate::{
    Result,
    run::{command, output},
};
use serde_json::Value;
use std::path::Path;

/// Checks everything; prints the sizes and the circles.
pub fn check() -> Result {
    let metadata = metadata()?;
    let crates = source::crates(&metadata)?;
    let mut faults = arrows::faults(&metadata);
    faults.extend(licences::faults(&metadata));
    faults.extend(sizes::faults()?);
    faults.extend(modules::faults(&crates));
    faults.extend(names::faults(&crates));
    faults.extend(operations::faults(&crates));
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

/// What Cargo knows of the workspace (`cargo metadata`, format 1).
pub fn metadata() -> Result<Value> {
    let args = ["metadata", "--format-version", "1", "--locked"];
    serde_json::from_str(&output(&mut command("cargo", &args))?).map_err(|cause| cause.to_string())
}

/// The packages of this repository.
fn members(metadata: &Value) -> impl Iterator<Item = &Value> {
    packages(metadata).filter(|package| package["source"].is_null())
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"].as_array().into_iter().flatten()
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap_or_default()
}

/// Whether a package of this repository lies below a folder, given from the root of the workspace.
fn lies_in(metadata: &Value, package: &Value, folder: &str) -> bool {
    let manifest = Path::new(package["manifest_path"].as_str().unwrap_or_default());
    let root = Path::new(metadata["workspace_root"].as_str().unwrap_or_default());
    manifest.strip_prefix(root).is_ok_and(|inside| inside.starts_with(folder))
}

/// Areas of the product: they stand beside each other, know none of their kind and no door.
fn is_area(metadata: &Value, package: &Value) -> bool {
    lies_in(metadata, package, "crates/areas")
}
