//! The command line: operations as commands, flags from their schemas.

mod command;
mod output;
mod run;

pub use output::{Format, Output};
pub use run::{exit_code, run};

use clap::Command;
use command::Entry;
use futures_util::future::BoxFuture;
use g8_domain::Result;
use g8_service::{Args, Backend, Doors, Operation, ops};
use serde_json::Value;

type Run<B> = for<'b> fn(&'b B, Args) -> BoxFuture<'b, Result<Value>>;

/// Every operation that is a command.
pub struct Cli<B> {
    entries: Vec<Entry<B>>,
}

impl<B: Backend> Default for Cli<B> {
    fn default() -> Self {
        let mut cli = Self { entries: Vec::new() };
        ops::register(&mut cli);
        cli
    }
}

impl<B: Backend> Doors for Cli<B> {
    fn add<O: Operation>(&mut self) {
        let Some((name, aliases)) = O::SPEC.commands.split_first() else { return };
        self.entries.push(Entry::new::<O>(name, aliases, |backend, args| {
            Box::pin(async move {
                let output = backend.call::<O>(args).await?;
                serde_json::to_value(output).map_err(g8_domain::Error::internal)
            })
        }));
    }
}

impl<B: Backend> Cli<B> {
    /// `command` with a subcommand for each operation.
    #[must_use]
    pub fn extend(&self, command: Command) -> Command {
        command.subcommands(self.entries.iter().map(Entry::command))
    }

    fn find(&self, name: &str) -> Option<&Entry<B>> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

#[cfg(test)]
mod tests;
