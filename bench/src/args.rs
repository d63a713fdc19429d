//! The command line, as `cargo xtask bench` calls it.

use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Measures the product against others, on this machine, in one run
#[derive(Parser)]
#[command(name = "g8-bench")]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Measure, and print the table
    Run(Run),
    /// Serve two handlers of bare axum and sqlx, to be measured against
    ServeBare(ServeBare),
}

#[derive(clap::Args)]
pub struct Run {
    /// How many contacts there are, smallest first
    #[arg(long, value_delimiter = ',', default_value = "10000,1000000")]
    pub contacts: Vec<u64>,
    /// On which engines
    #[arg(long, value_delimiter = ',', default_value = "sqlite,postgres")]
    pub engine: Vec<Engine>,
    /// How long each load lasts
    #[arg(long, default_value_t = 5.0)]
    pub seconds: f64,
    /// Only these scenarios
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    pub only: Vec<Scenario>,
    /// Write the numbers there too
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Folder of our release programs
    #[arg(long)]
    pub programs: PathBuf,
    /// Folder of PocketBase and of the published client
    #[arg(long)]
    pub python: PathBuf,
    /// A PostgreSQL server, without a database
    #[arg(long, value_name = "URL")]
    pub postgres: Option<String>,
}

#[derive(clap::Args)]
pub struct ServeBare {
    /// A database that our server has filled
    #[arg(long)]
    pub database_url: String,
}

/// Where our server keeps its data.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// As it is shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// What can be measured on its own.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Scenario {
    /// A CSV file through `g8 import`
    Import,
    /// A list and a contact
    Reads,
    /// A search at /mcp
    Assistants,
    /// Filters, at each size
    Filters,
    /// New contacts, 64 at a time
    Creates,
    /// A contact while an export, a filter and an import run
    Beside,
    /// What counting a request against a plan costs
    Limits,
    /// How long a key that one node has revoked works at another, on PostgreSQL
    Revocation,
    /// Events to webhooks: their way, and a backlog of as many deliveries as contacts were named
    Deliveries,
    /// Resident memory
    Memory,
    /// From start to answer, as whole processes
    Starts,
}

impl Run {
    /// Whether a scenario was asked for.
    pub fn wants(&self, scenario: Scenario) -> bool {
        self.only.is_empty() || self.only.contains(&scenario)
    }
}
