//! The walks, one after the other, each on a server of its own.

mod assistant;
mod authorization;
mod import;
mod keys;
mod pages;
mod rust_assistant;
mod webhooks;

use std::io::Write;

use crate::{Args, Result, browser::Driver, server::Server, tab::Tab};

/// What every walk has.
pub struct Way<'a> {
    pub server: &'a Server,
    pub driver: &'a Driver,
    pub args: &'a Args,
    /// axe-core.
    pub axe: String,
}

pub const PASSWORD: &str = "correct horse battery";

/// Takes them all, or the one that is named.
pub async fn run(args: &Args) -> Result {
    let driver = Driver::start().await?;
    let axe = std::fs::read_to_string(&args.axe)?;
    std::fs::create_dir_all(&args.images)?;
    let wanted = |name: &str| args.only.as_ref().is_none_or(|only| only == name);
    macro_rules! walk {
        ($name:literal, $walk:path) => {
            if wanted($name) {
                let server = Server::start(&args.server).await?;
                let way = Way { server: &server, driver: &driver, args, axe: axe.clone() };
                let done = $walk(&way).await.map_err(|fault| format!("{}: {fault}", $name))?;
                say(&format!("walked: {}{done}", $name))?;
            }
        };
    }
    walk!("keys", keys::walk);
    walk!("webhooks", webhooks::walk);
    walk!("import", import::walk);
    walk!("assistant", assistant::walk);
    walk!("rust_assistant", rust_assistant::walk);
    walk!("authorization", authorization::walk);
    walk!("pages", pages::walk);
    Ok(())
}

fn say(line: &str) -> Result {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

impl Way<'_> {
    /// Makes the owner by the link of the terminal; the window is signed in.
    pub async fn set_up(&self, tab: Tab<'_>) -> Result {
        tab.go(&self.server.setup).await?;
        tab.fill("email", "ann@example.com").await?;
        tab.fill("name", "Ann Owner").await?;
        tab.fill("password", PASSWORD).await?;
        tab.press("Make the account").await?;
        tab.leaves("/setup").await?;
        tab.go("/profile").await?;
        tab.sees("Ann Owner").await
    }
}
