//! Lists the migrations that the folder `migrations/` holds: a migration is its file alone, and none can be forgotten.
#![expect(clippy::print_stdout, reason = "a build script talks to Cargo by what it prints")]

mod names;

use names::{Found, Text};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

fn main() -> Result<(), String> {
    let folder = path("CARGO_MANIFEST_DIR")?.join("../../migrations");
    println!("cargo::rerun-if-changed={}", folder.display());
    let found = names::read(&listed(&folder)?)?;
    let lines: String = found.iter().map(|one| line(&folder, one)).collect();
    let text = format!(
        "/// Every migration in order: version, name, text.\nconst MIGRATIONS: &[(i64, &str, Text)] = &[\n{lines}];\n"
    );
    let target = path("OUT_DIR")?.join("migrations.rs");
    fs::write(&target, text).map_err(|cause| format!("{}: {cause}", target.display()))
}

fn path(variable: &str) -> Result<PathBuf, String> {
    env::var_os(variable).map(PathBuf::from).ok_or_else(|| format!("Cargo has not set {variable}"))
}

fn listed(folder: &Path) -> Result<Vec<String>, String> {
    let fault = |cause: std::io::Error| format!("{}: {cause}", folder.display());
    let entries = fs::read_dir(folder).map_err(fault)?;
    entries.map(|entry| Ok(entry.map_err(fault)?.file_name().to_string_lossy().into_owned())).collect()
}

/// An element of the list; the text comes from the files when the crate is compiled.
fn line(folder: &Path, Found { version, name, text }: &Found) -> String {
    let read = |file: &str| format!("include_str!({:?})", folder.join(file).display().to_string());
    let text = match text {
        Text::Both(file) => format!("Text::Both({})", read(file)),
        Text::Each { sqlite, postgres } => {
            format!("Text::Each {{ sqlite: {}, postgres: {} }}", read(sqlite), read(postgres))
        }
    };
    format!("    ({version}, {name:?}, {text}),\n")
}
