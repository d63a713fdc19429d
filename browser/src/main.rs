//! Walks through the console in a real browser, as people take them; looks at every page by the way.
//!
//! `cargo xtask browser` gives it what it needs: the server's program, axe-core, and a browser of the distribution.

mod axe;
mod browser;
mod crawl;
mod receiver;
mod server;
mod tab;
mod walks;

use clap::Parser;
use std::path::PathBuf;

/// What went wrong, in a sentence.
type Fault = Box<dyn std::error::Error + Send + Sync>;
type Result<T = ()> = std::result::Result<T, Fault>;

/// Walk through the console in a browser.
#[derive(Parser)]
struct Args {
    /// The server's program
    #[arg(long)]
    server: PathBuf,
    /// axe-core's script
    #[arg(long)]
    axe: PathBuf,
    /// A Python that has the package `mcp`
    #[arg(long)]
    python: PathBuf,
    /// Node, new enough for the suite
    #[arg(long)]
    node: PathBuf,
    /// The script of MCP's conformance suite
    #[arg(long)]
    suite: PathBuf,
    /// Where pictures of the main pages go
    #[arg(long)]
    images: PathBuf,
    /// Only this walk
    #[arg(long)]
    only: Option<String>,
}

#[tokio::main]
async fn main() -> Result {
    // Two crates could bring one; this is the one.
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "TLS is set up already")?;
    walks::run(&Args::parse()).await
}
