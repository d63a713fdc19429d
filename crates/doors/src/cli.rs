//! The command line: operations as commands, flags from their schemas.

mod command;
mod output;
mod run;

pub use output::{Format, Output};
pub use run::{exit_code, run};

use clap::{ArgMatches, Command};
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
    /// `command` with a subcommand for each operation; those of two words are in a group.
    #[must_use]
    pub fn extend(&self, command: Command) -> Command {
        let mut groups: Vec<(&str, Command)> = Vec::new();
        let mut single = Vec::new();
        for entry in &self.entries {
            let Some((group, word)) = entry.name.split_once(' ') else {
                single.push(entry.command(entry.name));
                continue;
            };
            let place = groups.iter().position(|(name, _)| *name == group).unwrap_or(groups.len());
            if place == groups.len() {
                let about = format!("Work with {group}");
                let empty =
                    Command::new(group).about(about).subcommand_required(true).arg_required_else_help(true);
                groups.push((group, empty));
            }
            let (_, command) = &mut groups[place];
            *command = std::mem::take(command).subcommand(entry.command(word));
        }
        command.subcommands(single).subcommands(groups.into_iter().map(|(_, command)| command))
    }

    /// The command that was typed, and what was typed behind it.
    fn find<'m>(&self, name: &str, matches: &'m ArgMatches) -> Option<(&Entry<B>, &'m ArgMatches)> {
        if let Some(entry) = self.entries.iter().find(|entry| entry.name == name) {
            return Some((entry, matches));
        }
        let (word, matches) = matches.subcommand()?;
        let whole = format!("{name} {word}");
        self.entries.iter().find(|entry| entry.name == whole).map(|entry| (entry, matches))
    }
}

#[cfg(test)]
mod tests;
