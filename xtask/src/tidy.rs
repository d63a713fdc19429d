//! What the repository promises about itself: arrows, sizes, licences.

mod arrows;
mod licences;
mod sizes;

use crate::{
    Result,
    run::{command, output},
};
use serde_json::Value;

/// Checks everything; prints the sizes.
pub fn check() -> Result {
    let args = ["metadata", "--format-version", "1", "--locked"];
    let metadata: Value =
        serde_json::from_str(&output(&mut command("cargo", &args))?).map_err(|cause| cause.to_string())?;
    let mut faults = arrows::faults(&metadata);
    faults.extend(licences::faults(&metadata));
    faults.extend(sizes::faults()?);
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
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
