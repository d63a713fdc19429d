//! PocketBase, as its package starts it, with a collection of the same fields and open rules.

use super::{Running, output};
use crate::{
    Result,
    args::Run,
    http::{Ask, Target, json},
    people::COLUMNS,
    seed,
};
use serde_json::{Value, json};
use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

const EMAIL: &str = "bench@example.com";
const PASSWORD: &str = "only-on-loopback";
/// Where its records are.
pub const RECORDS: &str = "/api/collections/contacts/records";

/// A folder with the collection, filled.
pub struct PocketBase {
    program: PathBuf,
    home: TempDir,
}

impl PocketBase {
    /// Makes the collection by its API, and fills it behind its back.
    pub async fn filled(run: &Run, contacts: u64) -> Result<Self> {
        let program = std::path::absolute(run.python.join("pocketbase"))?;
        let made = Self { program, home: TempDir::with_prefix("g8-bench-pocketbase-")? };
        output(made.command().args(["superuser", "upsert", EMAIL, PASSWORD]))?;
        let running = made.serve()?;
        make_collection(&running.target()).await?;
        running.stop()?;
        seed::pocketbase(&made.data().join("data.db"), contacts).await?;
        Ok(made)
    }

    /// Starts the server.
    pub fn serve(&self) -> Result<Running> {
        // It says the port that it was told, so one must be told.
        let free = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = self.command();
        command.args(["serve", "--http", &free.to_string()]);
        Running::start(&mut command, &self.home.path().join("server.log"), "Server started at ", None)
    }

    fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.env_clear().env("HOME", self.home.path()).current_dir(Path::new(self.home.path()));
        command.args(["--dir", &self.data().display().to_string()]);
        command
    }
}

/// The fields of the file that is imported, the address unique, and no rule that would cost time.
async fn make_collection(target: &Target) -> Result {
    let login = json!({ "identity": EMAIL, "password": PASSWORD });
    let login = json(target, Ask::post("/api/collections/_superusers/auth-with-password", &login)).await?;
    let key = login["token"].as_str().map(str::to_owned);
    let mut fields: Vec<Value> = COLUMNS.iter().map(|name| json!({ "name": name, "type": "text" })).collect();
    fields.push(json!({ "name": "created", "type": "autodate", "onCreate": true }));
    fields.push(json!({ "name": "updated", "type": "autodate", "onCreate": true, "onUpdate": true }));
    let collection = json!({
        "name": "contacts", "type": "base", "listRule": "", "viewRule": "", "createRule": "",
        "fields": fields, "indexes": ["CREATE UNIQUE INDEX contacts_email ON contacts (email)"],
    });
    json(&Target { key, ..target.clone() }, Ask::post("/api/collections", &collection)).await?;
    Ok(())
}
