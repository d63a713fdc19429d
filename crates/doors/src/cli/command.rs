//! One operation as a command.

use super::file;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use g8_core::{Action, Args, Backend, Body, Shape, Spec};
use g8_domain::{Error, Result};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// A command: how it is shown, and what it runs.
pub struct CommandEntry {
    pub name: &'static str,
    aliases: &'static [&'static str],
    action: Action,
}

impl CommandEntry {
    /// The command of an operation, if it is one.
    pub fn new(action: Action) -> Option<Self> {
        let (name, aliases) = action.spec.commands.split_first()?;
        commands().insert(name, action);
        Some(Self { name, aliases, action })
    }

    /// Runs it with the arguments and the file that were typed: the one to send, or where to save the one that
    /// comes.
    pub async fn run<B: Backend>(&self, backend: &B, matches: &ArgMatches) -> Result<Value> {
        let (args, path) = (self.args(matches)?, self.file(matches));
        let sends = !self.action.spec.takes_file.is_empty();
        let upload = if sends {
            Some(file::upload(file::open(&path.clone().unwrap_or_default()).await?))
        } else {
            None
        };
        let done = backend.act(self.action.spec, args, upload).await?;
        if matches!(self.action.spec.body, Body::File(_)) {
            file::save(done.file()?, path.as_deref()).await?;
            return Ok(Value::Null);
        }
        done.read()
    }

    /// The command, under its name or, in a group, the last word of it; its flags are made only when it is the one that was typed.
    pub fn command(&self, word: &'static str) -> Command {
        Command::new(word)
            .about(self.action.spec.about)
            .visible_aliases(self.aliases.iter().copied())
            .display_name(self.name)
            .defer(deferred_flags)
    }

    /// The arguments that were typed, by field.
    fn args(&self, matches: &ArgMatches) -> Result<Args> {
        let shape = self.action.shape();
        let mut args = Args::new();
        for (field, _) in shape.fields() {
            let flag = matches.get_one::<String>(field);
            let placed =
                if self.is_placed(field) { matches.get_one::<String>(&positional(field)) } else { None };
            match (flag, placed) {
                (Some(_), Some(_)) => {
                    return Err(Error::field(field, "is given twice, by flag and by place"));
                }
                (Some(text), None) | (None, Some(text)) => {
                    args.insert(field.to_owned(), shape.value(field, text));
                }
                (None, None) => {}
            }
        }
        Ok(args)
    }

    fn file(&self, matches: &ArgMatches) -> Option<PathBuf> {
        matches.try_get_one::<PathBuf>(FILE).ok().flatten().cloned()
    }

    fn is_placed(&self, field: &str) -> bool {
        placed(self.action.spec).any(|placed| placed == field)
    }
}

/// The fields that can be given by place: those of the path, and those that the operation names.
fn placed(spec: &Spec) -> impl Iterator<Item = &'static str> {
    spec.placeholders().chain(spec.positional.iter().copied())
}

/// The operations by the names of their commands. clap makes a command's flags when it is typed, by a function that
/// knows nothing but the command: making those of all would take longer than everything else that `g8` does.
fn commands() -> MutexGuard<'static, BTreeMap<&'static str, Action>> {
    static COMMANDS: Mutex<BTreeMap<&str, Action>> = Mutex::new(BTreeMap::new());
    COMMANDS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn deferred_flags(command: Command) -> Command {
    let action = command.get_display_name().and_then(|name| commands().get(name).copied());
    match action {
        Some(action) => flags(command, action.spec, &action.shape()),
        None => command,
    }
}

/// A flag for each field; some can be given by place as well.
fn flags(mut command: Command, spec: &Spec, shape: &Shape) -> Command {
    for (at, name) in placed(spec).enumerate() {
        let place = Arg::new(positional(name))
            .value_name(name.to_uppercase())
            .index(at + 1)
            .help("The same as its flag");
        command = command.arg(place);
    }
    for (field, schema) in shape.fields() {
        command = command.arg(flag(field, schema, shape.requires(field)));
    }
    let file = Arg::new(FILE).value_name("FILE").value_parser(value_parser!(PathBuf));
    if !spec.takes_file.is_empty() {
        let place = placed(spec).count() + 1;
        return command.arg(file.index(place).required(true).help("The file to send"));
    }
    if matches!(spec.body, Body::File(_)) {
        return command.arg(file.long("to").help("Where to save the file; standard output unless given"));
    }
    command
}

const FILE: &str = "file by place";

fn positional(field: &str) -> String {
    format!("{field} by place")
}

fn flag(field: &str, schema: &Value, required: bool) -> Arg {
    let about = schema["description"].as_str().unwrap_or_default();
    let words: Vec<&str> =
        schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut help = about.to_owned();
    if !words.is_empty() {
        help.push_str(&format!(" [{}]", words.join("|")));
    }
    if required {
        help.push_str(" (required)");
    }
    let aliases = schema["x-alias"].as_array().into_iter().flatten().filter_map(Value::as_str).map(kebab);
    let arg = Arg::new(field.to_owned())
        .long(kebab(field))
        .visible_aliases(aliases.collect::<Vec<_>>())
        .help(help)
        .value_name(value_name(schema))
        .allow_hyphen_values(true)
        .action(ArgAction::Set);
    if takes(schema, "boolean") { arg.num_args(0..=1).default_missing_value("true") } else { arg }
}

fn kebab(name: &str) -> String {
    name.replace('_', "-")
}

fn takes(schema: &Value, kind: &str) -> bool {
    schema["type"] == kind
        || schema["type"].as_array().is_some_and(|kinds| kinds.iter().any(|one| one == kind))
}

fn value_name(schema: &Value) -> &'static str {
    if takes(schema, "array") && takes(&schema["items"], "object") || takes(schema, "object") {
        "JSON"
    } else if takes(schema, "array") {
        "A,B,…"
    } else if takes(schema, "boolean") {
        "BOOL"
    } else if takes(schema, "integer") || takes(schema, "number") {
        "N"
    } else {
        "TEXT"
    }
}
