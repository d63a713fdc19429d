//! Virtual environments with what others wrote in Python, or packaged there.

use crate::{
    Result,
    run::{command, install, must, root},
};
use std::{fs, path::PathBuf, process::Stdio};

/// The published client: its `g8` and `g8-mcp-server` are what ours are compared with.
pub const PUBLISHED_CLIENT: &str = "g8-mcp-server==0.3.2";

/// The programs of an environment with these packages; made once. Packages are pinned: a newer
/// release is a decision.
pub fn environment(name: &str, packages: &[&str]) -> Result<PathBuf> {
    let folder = root().join("target/python").join(name);
    let programs = folder.join("bin");
    let stamp = folder.join("packages");
    let wanted = packages.join("\n");
    if fs::read_to_string(&stamp).is_ok_and(|had| had == wanted) {
        return Ok(programs);
    }
    let make =
        || must(command("python3", &["-m", "venv", &folder.display().to_string()]).stderr(Stdio::null()));
    if make().is_err() {
        install(&["python3", "python3-venv"])?;
        make()?;
    }
    let pip = [&["-m", "pip", "install", "--quiet", "--disable-pip-version-check"], packages].concat();
    must(&mut command(programs.join("python"), &pip))?;
    fs::write(stamp, wanted).map_err(|cause| cause.to_string())?;
    Ok(programs)
}
