//! `g8 import contacts FILE`: streams a file through the batch operation, 100 rows at a time.

use crate::program::Failure;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use g8_client::Connection;
use g8_domain::Issue;
use g8_doors::cli::Output;
use g8_service::{
    Backend,
    import::{Mapping, Reader},
    ops::{
        contact::{AssertBatch, BatchInput},
        list,
    },
};
use serde_json::json;
use std::{
    fs::File,
    io::{self, IsTerminal, Write},
    path::PathBuf,
};

const BATCH: usize = 100;

/// `import contacts`.
pub fn command() -> Command {
    let file = Arg::new("file").required(true).value_name("FILE").value_parser(value_parser!(PathBuf));
    let map = Arg::new("map").long("map").value_name("HEADER=FIELD").action(ArgAction::Append);
    let list = Arg::new("list").long("list").value_name("TITLE").conflicts_with("list-id");
    let list_id = Arg::new("list-id").long("list-id").value_name("N").value_parser(value_parser!(i64));
    let contacts = Command::new("contacts")
        .about("Import contacts from a CSV file; those with a known e-mail or LinkedIn address are updated")
        .arg(file.help("The file: comma, semicolon or tab, UTF-8 or Windows-1252"))
        .arg(map.help("Say which field a column is, where the guess is wrong; FIELD - leaves it out"))
        .arg(list.help("Make a list of this title and put everybody on it"))
        .arg(list_id.help("Put everybody on this list"));
    Command::new("import").about("Import files").subcommand_required(true).subcommand(contacts)
}

/// What became of the rows so far.
#[derive(Default)]
struct Tally {
    rows: u64,
    created: i64,
    updated: i64,
    refused: Vec<Refused>,
}

impl Tally {
    /// Rows, not faults: one row can have several. The faults are in the order of their lines.
    fn rows_refused(&self) -> usize {
        self.refused.chunk_by(|one, next| one.line == next.line).count()
    }
}

/// A row that was not imported, and why.
struct Refused {
    line: u64,
    column: String,
    reason: String,
}

/// Imports what was named.
pub async fn run(backend: &Connection, matches: &ArgMatches, output: &Output) -> Result<(), Failure> {
    let Some(("contacts", matches)) = matches.subcommand() else {
        return Err(Failure::Usage("name what to import: g8 import contacts FILE".to_owned()));
    };
    let path = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let named = |cause: io::Error| Failure::Local(format!("{}: {cause}", path.display()));
    let reader = Reader::new(File::open(&path).map_err(named)?).map_err(named)?;
    let mapping = Mapping::guess(reader.headers().to_vec(), &told(matches)?).map_err(Failure::Usage)?;
    if !output.quiet {
        show_mapping(&mapping)?;
    }
    let list_id = list(backend, matches).await?;
    let tally = import(backend, reader, &mapping, list_id, output.quiet).await?;
    report(&tally, list_id, output)
}

fn told(matches: &ArgMatches) -> Result<Vec<(String, String)>, Failure> {
    let pairs = matches.get_many::<String>("map").into_iter().flatten();
    let split = |pair: &String| {
        let (header, field) =
            pair.rsplit_once('=').ok_or_else(|| Failure::Usage(format!("--map {pair} has no =")))?;
        Ok((header.trim().to_owned(), field.trim().to_owned()))
    };
    pairs.map(split).collect()
}

fn show_mapping(mapping: &Mapping) -> io::Result<()> {
    let mut err = io::stderr().lock();
    writeln!(err, "Columns:")?;
    for (header, target) in mapping.columns() {
        let field = if target.name() == "-" { "(not imported)" } else { target.name() };
        writeln!(err, "  {header:<28} -> {field}")?;
    }
    Ok(())
}

/// The list to put everybody on: the one named, or a new one.
async fn list(backend: &Connection, matches: &ArgMatches) -> Result<Option<i64>, Failure> {
    let Some(title) = matches.get_one::<String>("list") else {
        return Ok(matches.get_one::<i64>("list-id").copied());
    };
    let input = list::CreateInput { title: title.clone(), ..Default::default() };
    Ok(Some(backend.run::<list::Create>(input).await?.id))
}

async fn import<R: io::Read>(
    backend: &Connection,
    reader: Reader<R>,
    mapping: &Mapping,
    list_id: Option<i64>,
    quiet: bool,
) -> Result<Tally, Failure> {
    let mut tally = Tally::default();
    let mut batch = Vec::with_capacity(BATCH);
    for line in reader {
        let line = line?;
        tally.rows += 1;
        match line.cells {
            Ok(cells) => batch.push((line.number, mapping.contact(&cells))),
            Err(reason) => {
                tally.refused.push(Refused { line: line.number, column: String::new(), reason });
            }
        }
        if batch.len() == BATCH {
            send(backend, mapping, list_id, &mut batch, &mut tally).await?;
            progress(&tally, quiet)?;
        }
    }
    send(backend, mapping, list_id, &mut batch, &mut tally).await?;
    tally.refused.sort_by_key(|refused| refused.line);
    Ok(tally)
}

async fn send(
    backend: &Connection,
    mapping: &Mapping,
    list_id: Option<i64>,
    batch: &mut Vec<(u64, g8_service::Args)>,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let (lines, contacts): (Vec<u64>, Vec<_>) = batch.drain(..).unzip();
    if contacts.is_empty() {
        return Ok(());
    }
    let done = backend.run::<AssertBatch>(BatchInput { list_id, contacts }).await?;
    tally.created += done.created;
    tally.updated += done.updated;
    for error in done.errors {
        let line =
            usize::try_from(error.index).ok().and_then(|index| lines.get(index)).copied().unwrap_or_default();
        tally.refused.extend(error.issues.into_iter().map(|issue| refused(line, issue, mapping)));
    }
    Ok(())
}

fn refused(line: u64, issue: Issue, mapping: &Mapping) -> Refused {
    let column = mapping.header(&issue.field).map_or(issue.field.clone(), str::to_owned);
    Refused { line, column, reason: issue.problem }
}

/// On a terminal, how far it is; into a log, nothing.
fn progress(tally: &Tally, quiet: bool) -> io::Result<()> {
    let mut err = io::stderr().lock();
    if !quiet && err.is_terminal() {
        write!(err, "\r{} rows read", tally.rows)?;
        err.flush()?;
    }
    Ok(())
}

fn report(tally: &Tally, list_id: Option<i64>, output: &Output) -> Result<(), Failure> {
    if output.is_for_people() {
        let mut err = io::stderr().lock();
        for Refused { line, column, reason } in &tally.refused {
            let column = if column.is_empty() { String::new() } else { format!("{column}: ") };
            writeln!(err, "line {line}: {column}{reason}")?;
        }
    }
    let refused = |Refused { line, column, reason }: &Refused| json!({ "line": line, "column": column, "reason": reason });
    let mut shown = json!({
        "rows": tally.rows, "created": tally.created, "updated": tally.updated,
        "refused": tally.rows_refused(), "list_id": list_id,
    });
    if !output.is_for_people() {
        shown["refused_rows"] = tally.refused.iter().map(refused).collect();
    }
    Ok(output.print(&shown)?)
}
