//! The command line: operations as commands, flags from their schemas.

mod command;
pub mod file;
mod output;
mod run;

pub use output::{Format, Output};
pub use run::{exit_code, run};

use clap::{ArgMatches, Command};
use command::CommandEntry;
use g8_core::Action;

/// Every operation that is a command.
pub struct Cli {
    entries: Vec<CommandEntry>,
}

impl Cli {
    /// The commands of these operations.
    #[must_use]
    pub fn new(operations: &[Action]) -> Self {
        Self { entries: operations.iter().filter_map(|action| CommandEntry::new(*action)).collect() }
    }
}

impl Cli {
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
    fn find<'m>(&self, name: &str, matches: &'m ArgMatches) -> Option<(&CommandEntry, &'m ArgMatches)> {
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
