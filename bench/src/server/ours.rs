//! Our server: an installation of its own, made anew, with a key that nothing limits.

use super::{Running, output};
use crate::{
    Result,
    args::{Engine, Run},
};
use serde_json::Value;
use sqlx::{Connection as _, PgConnection};
use std::{path::PathBuf, process::Command};
use tempfile::TempDir;

/// A folder, a database and a key.
pub struct Installation {
    programs: PathBuf,
    home: TempDir,
    /// Where the data is.
    pub database_url: String,
    /// A key to everything.
    pub key: String,
}

impl Installation {
    /// Makes one. `name` is the database's, where the engine wants one.
    pub async fn new(run: &Run, engine: Engine, name: &str) -> Result<Self> {
        let home = TempDir::with_prefix("g8-bench-")?;
        let database_url = match engine {
            Engine::Sqlite => format!("sqlite://{}", home.path().join("g8.db").display()),
            Engine::Postgres => postgres_database(run, name).await?,
        };
        let mut made = Self { programs: run.programs.clone(), home, database_url, key: String::new() };
        made.key = made.unlimited_key("Bench")?;
        Ok(made)
    }

    /// One of our programs, at home here.
    pub fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.env_clear().env("HOME", self.home.path()).env("DATABASE_URL", &self.database_url);
        command
    }

    /// A client's program, with the address of the server and a key to it.
    pub fn connected(&self, mut client: Command, server: &Running) -> Command {
        client.env("G8_API_URL", server.url()).env("G8_API_KEY", &self.key);
        client
    }

    /// A file in the installation's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Starts the server.
    pub fn serve(&self) -> Result<Running> {
        self.serve_with(&[])
    }

    /// Writes the configuration file that the programs read.
    pub fn configure(&self, text: &str) -> Result {
        std::fs::create_dir_all(self.path(".g8"))?;
        Ok(std::fs::write(self.path(".g8/g8.toml"), text)?)
    }

    /// Starts the server with these words.
    pub fn serve_with(&self, words: &[&str]) -> Result<Running> {
        let mut command = self.program("g8-server");
        command.args(words);
        command.args(["--bind", "127.0.0.1:0", "--log-format", "json"]);
        Running::start(&mut command, &self.path("server.log"), "\"public_url\":\"", Some(&self.key))
    }

    /// What PostgreSQL does by itself within minutes of an import: measuring begins after that, not in it.
    pub async fn settle(&self) -> Result {
        if self.database_url.starts_with("postgres:") {
            let mut connection = PgConnection::connect(&self.database_url).await?;
            sqlx::query("VACUUM ANALYZE").execute(&mut connection).await?;
            connection.close().await?;
        }
        Ok(())
    }

    /// A key that no plan limits, of a new organization; of a release that has no plans, any key.
    pub fn unlimited_key(&self, name: &str) -> Result<String> {
        let org = self.json(&["org", "create", name, "--json"])?;
        let id = org["id"].as_str().ok_or("no organization was made")?;
        let key = ["key", "create", "--org", id, "--name", "bench", "--scopes", "full_access", "--json"];
        let unlimited = output(self.program("g8-server").args(["org", "plan", id, "unlimited"]))
            .and_then(|_| self.json(&[&key[..], &["--plan", "unlimited"]].concat()));
        let made = match unlimited {
            Err(cause) if is_unknown_to_clap(&cause.to_string()) => self.json(&key)?,
            made => made?,
        };
        made["token"].as_str().map(str::to_owned).ok_or_else(|| "no key was made".into())
    }

    fn json(&self, words: &[&str]) -> Result<Value> {
        Ok(serde_json::from_str(&output(self.program("g8-server").args(words))?)?)
    }
}

fn is_unknown_to_clap(said: &str) -> bool {
    said.contains("unexpected argument") || said.contains("unrecognized subcommand")
}

/// A new database; the server is the run's own, and ends with it.
async fn postgres_database(run: &Run, name: &str) -> Result<String> {
    let server = run.postgres.as_ref().ok_or("--engine postgres needs --postgres")?;
    let mut connection = PgConnection::connect(&format!("{server}/postgres")).await?;
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await?;
    connection.close().await?;
    Ok(format!("{server}/{name}"))
}
