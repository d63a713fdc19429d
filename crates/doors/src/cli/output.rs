//! Results as a table, JSON, JSON lines or CSV.

use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum};
use g8_domain::value;
use serde_json::{Map, Value};
use std::io::{self, IsTerminal, Write};

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people; what a terminal gets unless told otherwise.
    Table,
    /// One document, two spaces deep; what anything but a terminal gets.
    Json,
    /// One record a line.
    Jsonl,
    /// Comma-separated, with a header line.
    Csv,
}

/// How and how much is printed.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// How results are printed.
    pub format: Format,
    /// Whether only results are printed.
    pub quiet: bool,
}

impl Output {
    /// The flags that choose it, good for every command.
    #[must_use]
    pub fn flags(command: Command) -> Command {
        let format = Arg::new("output").long("output").short('o').global(true).value_name("FORMAT");
        let format = format.value_parser(clap::value_parser!(Format)).help("How to print results");
        let json = Arg::new("json").long("json").global(true).action(ArgAction::SetTrue);
        let quiet = Arg::new("quiet").long("quiet").short('q').global(true).action(ArgAction::SetTrue);
        command
            .arg(format)
            .arg(json.help("The same as --output json").conflicts_with("output"))
            .arg(quiet.help("Print results only, no remarks"))
    }

    /// What was chosen.
    #[must_use]
    pub fn from_matches(matches: &ArgMatches) -> Self {
        let usual = if io::stdout().is_terminal() { Format::Table } else { Format::Json };
        let chosen = matches.get_one::<Format>("output").copied();
        let format = if matches.get_flag("json") { Format::Json } else { chosen.unwrap_or(usual) };
        Self { format, quiet: matches.get_flag("quiet") }
    }

    /// Whether a person reads it, not a program.
    #[must_use]
    pub fn is_for_people(&self) -> bool {
        self.format == Format::Table
    }

    /// Prints a result on standard output; how a list goes on, on standard error.
    ///
    /// # Errors
    /// The pipe broke.
    pub fn print(&self, value: &Value) -> io::Result<()> {
        let rows = if value["pagination"].is_object() { &value["data"] } else { value };
        let mut out = io::stdout().lock();
        match self.format {
            _ if rows.is_null() => {}
            Format::Json => writeln!(out, "{rows:#}")?,
            Format::Jsonl => {
                for row in each(rows) {
                    writeln!(out, "{row}")?;
                }
            }
            Format::Csv => csv(&mut out, rows)?,
            Format::Table => writeln!(out, "{}", table(rows))?,
        }
        out.flush()?;
        self.remark(&value["pagination"])
    }

    fn remark(&self, pagination: &Value) -> io::Result<()> {
        match (&pagination["total"], &pagination["next_cursor"]) {
            (Value::Number(total), Value::String(cursor)) if !self.quiet => {
                writeln!(io::stderr(), "{total} in all; the next page: --cursor {cursor}")
            }
            _ => Ok(()),
        }
    }
}

fn each(rows: &Value) -> &[Value] {
    rows.as_array().map_or(std::slice::from_ref(rows), Vec::as_slice)
}

/// A value as one cell.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| !item.is_object()) => {
            items.iter().map(cell).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

fn columns(rows: &[Value]) -> Vec<&String> {
    rows.first().and_then(Value::as_object).map(|first| first.keys().collect()).unwrap_or_default()
}

fn csv(out: &mut impl Write, rows: &Value) -> io::Result<()> {
    let rows = each(rows);
    let columns = columns(rows);
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(&columns)?;
    for row in rows {
        writer.write_record(
            columns.iter().map(|column| value::cell(&cell(&row[column.as_str()])).into_owned()),
        )?;
    }
    writer.flush()
}

fn table(rows: &Value) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::UTF8_BORDERS_ONLY);
    table.set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
    match rows {
        Value::Array(rows) => list(&mut table, rows),
        Value::Object(fields) => single(&mut table, fields),
        other => drop(table.add_row([cell(other)])),
    }
    table
}

/// A row a record, and the first eight columns in which any record has something.
fn list(table: &mut comfy_table::Table, rows: &[Value]) {
    let used = |column: &&String| rows.iter().any(|row| !cell(&row[column.as_str()]).is_empty());
    let columns: Vec<&String> = columns(rows).into_iter().filter(used).take(8).collect();
    table.set_header(&columns);
    for row in rows {
        table.add_row(columns.iter().map(|column| cell(&row[column.as_str()])));
    }
}

/// A row a field, empty ones left out.
fn single(table: &mut comfy_table::Table, fields: &Map<String, Value>) {
    for (name, value) in fields.iter().filter(|(_, value)| !cell(value).is_empty()) {
        table.add_row([name.clone(), cell(value)]);
    }
}
