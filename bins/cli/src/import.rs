//! `g8 import contacts|companies FILE`: sends a file, and shows how far the work on it is.

use crate::{
    error::CliError,
    transfer::{Bar, pause},
};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use g8_client::Connection;
use g8_core::{Args, Backend};
use g8_domain::record::{FileFormat, TransferState};
use g8_doors::cli::{Output, file};
use g8_records::{
    import::{
        CancelImport, ColumnMap, CreateImport, CreateImportInput, DownloadRowErrors, FaultView, GetImport,
        GetImportInput, ImportView, ListRowErrors, UploadImport,
    },
    records::Records,
};
use serde_json::json;
use std::{
    io::{self, Write},
    path::PathBuf,
};
use uuid::Uuid;

/// Refused rows that are shown; the rest is in the file of `--faults`.
const SHOWN: usize = 200;

/// `import contacts`, `import companies`.
pub fn command() -> Command {
    let kinds = [
        (
            "contacts",
            "Import people from a CSV, JSON Lines or vCard file; those with a known e-mail or LinkedIn address are updated",
        ),
        (
            "companies",
            "Import companies from a CSV or JSON Lines file; those with a known domain or LinkedIn address are updated",
        ),
    ];
    let command = Command::new("import").about("Import files").subcommand_required(true);
    command.subcommands(kinds.map(|(name, about)| flags(Command::new(name).about(about))))
}

fn flags(command: Command) -> Command {
    let file = Arg::new("file").required(true).value_name("FILE").value_parser(value_parser!(PathBuf));
    let map = Arg::new("map").long("map").value_name("HEADER=FIELD").action(ArgAction::Append);
    let list = Arg::new("list").long("list").value_name("TITLE").conflicts_with("list-id");
    let list_id = Arg::new("list-id").long("list-id").value_name("N").value_parser(value_parser!(i64));
    let format =
        Arg::new("format").long("format").value_name("FORMAT").value_parser(["csv", "jsonl", "vcard"]);
    let dry = Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue);
    let faults = Arg::new("faults").long("faults").value_name("FILE").value_parser(value_parser!(PathBuf));
    command
        .arg(file.help("The file. CSV: comma, semicolon or tab, UTF-8 or Windows-1252"))
        .arg(map.help("Say which field a column is, where the guess is wrong: a field's name, custom.TITLE, or - to leave it out"))
        .arg(list.help("Make a list of this title and put everybody on it"))
        .arg(list_id.help("Put everybody on this list"))
        .arg(format.help("What the file is, where its name does not say"))
        .arg(dry.help("Only say what would happen"))
        .arg(faults.help("Write every refused row's line, column and reason into this CSV file"))
}

/// Imports what was named.
pub async fn run(backend: &Connection, matches: &ArgMatches, output: &Output) -> Result<(), CliError> {
    let Some((kind, matches)) = matches.subcommand() else {
        return Err(CliError::Usage("name what to import: g8 import contacts FILE".to_owned()));
    };
    let path = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let opened = file::open(&path).await?;
    let size = opened.1;
    let begun = backend.run::<CreateImport>(input(kind, &path, matches)?).await?;
    let bar = Bar::new(size, output.quiet);
    let mut args = Args::new();
    args.insert("import_id".to_owned(), json!(begun.id));
    if let Err(error) = backend.send_file::<UploadImport>(args, file::upload(opened)).await {
        // Without its file it would wait for a day, and count among those that are open.
        let _ = backend.run::<CancelImport>(GetImportInput { import_id: begun.id }).await;
        return Err(error.into());
    }
    let done = follow(backend, begun.id, &bar).await?;
    bar.end();
    if !output.quiet {
        show_columns(&done)?;
    }
    if let Some(path) = matches.get_one::<PathBuf>("faults") {
        save_faults(backend, done.id, path).await?;
    }
    report(backend, &done, output).await
}

fn input(kind: &str, path: &std::path::Path, matches: &ArgMatches) -> Result<CreateImportInput, CliError> {
    Ok(CreateImportInput {
        subject: Some(if kind == "companies" { Records::Companies } else { Records::Contacts }),
        format: matches.get_one::<String>("format").and_then(|word| FileFormat::from_word(word)),
        file_name: path.file_name().map(|name| name.to_string_lossy().into_owned()),
        columns: Some(told(matches)?),
        list_id: matches.get_one::<i64>("list-id").copied(),
        list_title: matches.get_one::<String>("list").cloned(),
        dry_run: Some(matches.get_flag("dry-run")),
    })
}

fn told(matches: &ArgMatches) -> Result<Vec<ColumnMap>, CliError> {
    let pairs = matches.get_many::<String>("map").into_iter().flatten();
    let split = |pair: &String| {
        let (column, field) =
            pair.rsplit_once('=').ok_or_else(|| CliError::Usage(format!("--map {pair} has no =")))?;
        Ok(ColumnMap { column: column.trim().to_owned(), field: field.trim().to_owned() })
    };
    pairs.map(split).collect()
}

/// Waits until the import is over, and does its work where no server does.
async fn follow(backend: &Connection, id: Uuid, bar: &Bar) -> Result<ImportView, CliError> {
    let work = backend.run_pending_jobs();
    tokio::pin!(work);
    let mut settled = false;
    loop {
        let now = backend.run::<GetImport>(GetImportInput { import_id: id }).await?;
        bar.at(now.bytes_read, now.rows);
        if now.status.is_over() {
            return Ok(now);
        }
        tokio::select! {
            done = &mut work, if !settled => {
                done?;
                settled = true;
            }
            () = pause() => {}
        }
    }
}

fn show_columns(import: &ImportView) -> io::Result<()> {
    let mut err = io::stderr().lock();
    writeln!(err, "Columns:")?;
    for ColumnMap { column, field } in import.columns.iter().flatten() {
        let field = if field == "-" { "(not imported)" } else { field };
        writeln!(err, "  {column:<28} -> {field}")?;
    }
    Ok(())
}

async fn save_faults(backend: &Connection, id: Uuid, path: &std::path::Path) -> Result<(), CliError> {
    let mut args = Args::new();
    args.insert("import_id".to_owned(), json!(id));
    Ok(file::save(backend.fetch_file::<DownloadRowErrors>(args).await?, Some(path)).await?)
}

async fn report(backend: &Connection, done: &ImportView, output: &Output) -> Result<(), CliError> {
    let faults = first_faults(backend, done.id).await?;
    if output.is_for_people() {
        let mut err = io::stderr().lock();
        for FaultView { line, column, reason } in &faults {
            let column = if column.is_empty() { String::new() } else { format!("{column}: ") };
            writeln!(err, "line {line}: {column}{reason}")?;
        }
        if faults.len() == SHOWN {
            writeln!(err, "… and more; --faults FILE has them all")?;
        }
    }
    let mut shown = json!({
        "rows": done.rows, "created": done.created, "updated": done.updated, "unchanged": done.unchanged,
        "refused": done.refused, "list_id": done.list_id, "import_id": done.id,
    });
    if !output.is_for_people() {
        shown["refused_rows"] = serde_json::to_value(faults).unwrap_or_default();
    }
    output.print(&shown)?;
    match &done.error {
        Some(error) if done.status == TransferState::Failed => {
            Err(CliError::Local(format!("{error}; the rows before are imported")))
        }
        _ => Ok(()),
    }
}

async fn first_faults(backend: &Connection, id: Uuid) -> Result<Vec<FaultView>, CliError> {
    let mut args = Args::new();
    args.insert("import_id".to_owned(), json!(id));
    args.insert("limit".to_owned(), json!(SHOWN));
    Ok(backend.call::<ListRowErrors>(args).await?.data)
}
