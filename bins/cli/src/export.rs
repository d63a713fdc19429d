//! `g8 export contacts|companies`: has a file made, and saves it.

use crate::{
    error::CliError,
    transfer::{Bar, pause},
};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use g8_client::Connection;
use g8_core::{Args, Backend, Shape};
use g8_domain::record::{FileFormat, TransferState};
use g8_doors::cli::{Output, file};
use g8_records::{
    company, contact,
    export::{CreateExport, CreateExportInput, DownloadExport, ExportView, GetExport, GetExportInput},
    records::Records,
};
use serde_json::json;
use std::path::PathBuf;
use uuid::Uuid;

/// `export contacts`, `export companies`.
pub fn command() -> Command {
    let command = Command::new("export").about("Export files").subcommand_required(true);
    command.subcommands([
        flags(Command::new("contacts").about("Export people as CSV or JSON Lines")),
        flags(Command::new("companies").about("Export companies as CSV or JSON Lines")),
    ])
}

fn flags(command: Command) -> Command {
    let to = Arg::new("to").long("to").value_name("FILE").value_parser(value_parser!(PathBuf));
    let format = Arg::new("format").long("format").value_name("FORMAT").value_parser(["csv", "jsonl"]);
    let filter = Arg::new("filter").long("filter").value_name("FIELD=VALUE").action(ArgAction::Append);
    command
        .arg(to.help("Where to save it; standard output unless given"))
        .arg(format.default_value("csv").help("How to write it"))
        .arg(filter.help(
            "Only records that meet this filter of g8 search-contacts or search-companies, as country=France",
        ))
}

/// Exports what was named.
pub async fn run(backend: &Connection, matches: &ArgMatches, output: &Output) -> Result<(), CliError> {
    let Some((kind, matches)) = matches.subcommand() else {
        return Err(CliError::Usage("name what to export: g8 export contacts".to_owned()));
    };
    let subject = if kind == "companies" { Records::Companies } else { Records::Contacts };
    let input = CreateExportInput {
        subject: Some(subject),
        format: matches.get_one::<String>("format").and_then(|word| FileFormat::from_word(word)),
        filters: Some(filters(subject, matches)?),
    };
    let begun = backend.run::<CreateExport>(input).await?;
    let bar = Bar::new(0, output.quiet);
    let done = follow(backend, begun.id, &bar).await?;
    bar.end();
    if done.status != TransferState::Completed {
        return Err(CliError::Local(done.error.unwrap_or_else(|| "the export failed".to_owned())));
    }
    let mut args = Args::new();
    args.insert("export_id".to_owned(), json!(done.id));
    let fetched = backend.fetch_file::<DownloadExport>(args).await?;
    match matches.get_one::<PathBuf>("to") {
        Some(path) => {
            file::save(fetched, Some(path)).await?;
            Ok(output.print(
                &json!({ "rows": done.rows, "bytes": done.bytes, "file": path, "export_id": done.id }),
            )?)
        }
        None => Ok(file::save(fetched, None).await?),
    }
}

fn filters(subject: Records, matches: &ArgMatches) -> Result<Args, CliError> {
    let shape = match subject {
        Records::Contacts => Shape::of::<contact::ContactFilters>(),
        Records::Companies => Shape::of::<company::CompanyFilters>(),
    };
    let pairs = matches.get_many::<String>("filter").into_iter().flatten();
    let split = |pair: &String| {
        let (field, value) =
            pair.split_once('=').ok_or_else(|| CliError::Usage(format!("--filter {pair} has no =")))?;
        let field = field.trim().replace('-', "_");
        let value = shape.value(&field, value.trim());
        Ok((field, value))
    };
    pairs.map(split).collect()
}

async fn follow(backend: &Connection, id: Uuid, bar: &Bar) -> Result<ExportView, CliError> {
    backend.run_pending_jobs().await?;
    loop {
        let now = backend.run::<GetExport>(GetExportInput { export_id: id }).await?;
        bar.at(now.bytes, now.rows);
        if now.status.is_over() {
            return Ok(now);
        }
        pause().await;
    }
}
