//! Virtual environments with what others wrote in Python, or packaged there.

use crate::{
    Result,
    run::{command, install, must, output, root},
};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Stdio,
};

/// The interpreter of the distribution.
pub const USUAL: &str = "python3";

/// The published client: its `g8` and `g8-mcp-server` are what ours are compared with.
pub const PUBLISHED_CLIENT: &str = "g8-mcp-server==0.3.2";

/// The programs of an environment with these packages; made once. Packages are pinned: a newer
/// release is a decision.
pub fn environment(name: &str, interpreter: &Path, packages: &[&str]) -> Result<PathBuf> {
    let folder = root().join("target/python").join(name);
    let programs = folder.join("bin");
    let stamp = folder.join("packages");
    let wanted = format!("{}\n{}", interpreter.display(), packages.join("\n"));
    if fs::read_to_string(&stamp).is_ok_and(|had| had == wanted) {
        return Ok(programs);
    }
    let venv = ["-m", "venv", "--clear", &folder.display().to_string()];
    let make = || must(command(interpreter, &venv).stderr(Stdio::null()));
    if make().is_err() {
        install(&["python3", "python3-venv"])?;
        make()?;
    }
    let pip = [&["-m", "pip", "install", "--quiet", "--disable-pip-version-check"], packages].concat();
    must(&mut command(programs.join("python"), &pip))?;
    fs::write(stamp, wanted).map_err(|cause| cause.to_string())?;
    Ok(programs)
}

/// The newest Python 3 on the path or of pyenv; the usual one, if there is no other.
pub fn newest() -> PathBuf {
    let mut folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    let pyenv = env::home_dir().unwrap_or_default().join(".pyenv/versions");
    folders.extend(fs::read_dir(pyenv).into_iter().flatten().flatten().map(|entry| entry.path().join("bin")));
    let names = (10..20).map(|minor| format!("python3.{minor}"));
    let mut found = names.flat_map(|name| folders.iter().map(move |folder| folder.join(&name)));
    // A shim is there for every version and runs the chosen ones only.
    let runs = |path: &PathBuf| path.exists() && output(&mut command(path, &["--version"])).is_ok();
    found.rfind(runs).unwrap_or_else(|| USUAL.into())
}
