//! The command line: operations as commands, flags from their schemas.

mod command;
pub mod file;
mod output;
mod run;

pub use output::{Format, Output};
pub use run::{exit_code, run};

use clap::{ArgMatches, Command};
use command::Entry;
use futures_util::future::BoxFuture;
use g8_domain::Result;
use g8_service::{Args, Backend, Body, Doors, Operation, ops};
use serde_json::Value;
use std::path::PathBuf;

/// How a command is run: with its arguments, and the file it sends or the place of the one it fetches.
type Run<B> = for<'b> fn(&'b B, Args, Option<PathBuf>) -> BoxFuture<'b, Result<Value>>;

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
        let run: Run<B> = match (O::SPEC.takes_file, O::SPEC.body) {
            (_, Body::File(_)) => |backend, args, to| {
                Box::pin(async move {
                    file::save(backend.fetch_file::<O>(args).await?, to.as_deref()).await?;
                    Ok(Value::Null)
                })
            },
            ([], _) => |backend, args, _| Box::pin(async move { shown(backend.call::<O>(args).await?) }),
            _ => |backend, args, from| {
                Box::pin(async move {
                    let opened = file::open(&from.unwrap_or_default()).await?;
                    shown(backend.send_file::<O>(args, file::upload(opened)).await?)
                })
            },
        };
        self.entries.push(Entry::new::<O>(name, aliases, run));
    }
}

fn shown(output: impl serde::Serialize) -> Result<Value> {
    serde_json::to_value(output).map_err(g8_domain::Error::internal)
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
