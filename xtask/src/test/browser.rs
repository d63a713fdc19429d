//! People and assistants, in a real browser.

use super::outside::assistants::{packages, suite};
use crate::{
    Result,
    node::Packages,
    python::{USUAL, environment},
    run::{command, install, must, output, root},
};
use std::path::Path;

/// Pinned: a newer one has other rules, and that is a decision.
const AXE: &str = "axe-core@4.14.1";
/// The official Python package, as an assistant would use it.
const ASSISTANT: &[&str] = &["mcp==2.3.0"];

/// Walks through the console; pictures of the main pages go into this folder.
pub fn walk(images: &Path, more: &[&str]) -> Result {
    if output(&mut command("chromedriver", &["--version"])).is_err() {
        install(&["chromium", "chromium-driver"])?;
    }
    let axe = Packages::with("browser", &[AXE])?;
    let packages = packages()?;
    let python = environment("assistant", USUAL.as_ref(), ASSISTANT)?.join("python");
    let mut walks = command(root().join("target/debug/g8-browser"), more);
    walks
        .arg("--server")
        .arg(root().join("target/debug/g8-server"))
        .arg("--axe")
        .arg(axe.file("axe-core/axe.min.js"))
        .arg("--python")
        .arg(python)
        .arg("--node")
        .arg(packages.node())
        .arg("--suite")
        .arg(suite(&packages))
        .arg("--images")
        .arg(images);
    must(&mut walks)
}
