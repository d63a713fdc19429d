//! The command line, as `cargo xtask chaos` calls it.

use crate::world::Kind;
use clap::{Parser, ValueEnum};
use std::path::PathBuf;

/// Kills servers, and checks what they promised
#[derive(Parser)]
#[command(name = "g8-chaos")]
pub struct Args {
    /// How long servers are killed in each world; left out, each named place and a few moments, once
    #[arg(long)]
    pub minutes: Option<f64>,
    /// Begins the same choices again; printed by every run
    #[arg(long)]
    pub seed: Option<u64>,
    /// On which engines
    #[arg(long, value_delimiter = ',', default_value = "sqlite,postgres")]
    pub engine: Vec<Engine>,
    /// Leave each world's folder, with its logs, where it is
    #[arg(long)]
    pub keep: bool,
    /// The server, built with the feature failpoints
    #[arg(long)]
    pub server: PathBuf,
    /// Two empty databases of a PostgreSQL server
    #[arg(long, value_name = "URLS", value_delimiter = ',')]
    pub postgres: Vec<String>,
}

/// Where the data is.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Args {
    /// The worlds that were asked for, and the databases of those on PostgreSQL.
    pub fn worlds(&self) -> Result<Vec<(Kind, Option<String>)>, String> {
        let mut worlds = Vec::new();
        if self.engine.contains(&Engine::Sqlite) {
            worlds.push((Kind::Sqlite, None));
        }
        if self.engine.contains(&Engine::Postgres) {
            let [first, second] = self.postgres.as_slice() else {
                return Err("--engine postgres needs two databases in --postgres".to_owned());
            };
            worlds.push((Kind::Workers, Some(first.clone())));
            worlds.push((Kind::Servers, Some(second.clone())));
        }
        Ok(worlds)
    }
}
