//! A PostgreSQL of a run's own, in a temporary folder, on loopback, gone when the run ends.

use crate::{
    Result,
    run::{command, install, may_install, must, output},
};
use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

const OLDEST: u32 = 15;

/// What is left of a commit when the machine loses power.
pub enum Durability {
    /// Nothing, for tests, which end first: they are quicker.
    Lost,
    /// Everything, as where it is used in earnest.
    Synced,
}

impl Durability {
    fn setting(&self) -> &'static str {
        match self {
            Self::Lost => "fsync=off",
            Self::Synced => "fsync=on",
        }
    }
}

/// A running server; stopped when dropped.
pub struct Postgres {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
}

impl Postgres {
    /// Starts a server, installing one first where that is possible and needed.
    pub fn start(durability: Durability) -> Result<Self> {
        let programs = match find() {
            Some(programs) => programs,
            None => {
                install(&["postgresql"])?;
                find().ok_or_else(|| {
                    format!("no PostgreSQL {OLDEST} or later, even after installing postgresql")
                })?
            }
        };
        let folder = TempDir::with_prefix("g8-postgres-").map_err(|cause| cause.to_string())?;
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|cause| cause.to_string())?;
        let port = listener.local_addr().map_err(|cause| cause.to_string())?.port();
        drop(listener);
        let server = Self { programs, folder, port };
        server.launch(&durability)?;
        Ok(server)
    }

    fn launch(&self, durability: &Durability) -> Result {
        let folder = self.folder.path().display().to_string();
        if may_install() {
            // PostgreSQL does not run as root; its package made a user for it.
            must(&mut command("chown", &["postgres", &folder]))?;
        }
        let data = format!("{folder}/data");
        let init = [
            "-D",
            &data,
            "-U",
            "g8",
            "--auth=trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-instructions",
            "-N",
        ];
        must(self.program("initdb", &init).stdout(std::process::Stdio::null()))?;
        let options = format!(
            "-p {} -k {folder} -c listen_addresses=127.0.0.1 -c {} -c max_connections=300",
            self.port,
            durability.setting()
        );
        let log = format!("{folder}/log");
        must(&mut self.program("pg_ctl", &["-D", &data, "-o", &options, "-l", &log, "-w", "-s", "start"]))
    }

    /// The server's address, without a database.
    pub fn url(&self) -> String {
        format!("postgres://g8@127.0.0.1:{}", self.port)
    }

    /// Makes an empty database; its address.
    pub fn create(&self, name: &str) -> Result<String> {
        let port = self.port.to_string();
        let args = ["-h", "127.0.0.1", "-p", &port, "-U", "g8", name];
        // A client's program: it need not lie beside the server's.
        let beside = self.programs.join("createdb").exists();
        must(&mut if beside { self.program("createdb", &args) } else { command("createdb", &args) })?;
        Ok(format!("{}/{name}", self.url()))
    }

    /// One of the server's programs, as a user it accepts.
    fn program(&self, name: &str, args: &[&str]) -> Command {
        let path = self.programs.join(name).display().to_string();
        if may_install() {
            let whole = [&["-u", "postgres", "--", path.as_str()], args].concat();
            let mut runuser = command("runuser", &whole);
            runuser.current_dir("/");
            return runuser;
        }
        command(path, args)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.folder.path().join("data").display().to_string();
        if let Err(why) = must(&mut self.program("pg_ctl", &["-D", &data, "-m", "immediate", "-s", "stop"])) {
            eprintln!("{why}");
        }
    }
}

/// The folder of the newest server programs that are new enough.
fn find() -> Option<PathBuf> {
    let packaged = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = packaged.map(|entry| entry.path().join("bin")).collect();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    folders.retain(|folder| version(folder).is_some_and(|version| version >= OLDEST));
    folders.into_iter().max_by_key(|folder| version(folder))
}

fn version(folder: &Path) -> Option<u32> {
    // Both are needed, and a client alone has neither.
    if !folder.join("initdb").exists() || !folder.join("pg_ctl").exists() {
        return None;
    }
    let text = output(&mut command(folder.join("postgres"), &["--version"])).ok()?;
    text.split_whitespace().find_map(|word| word.split('.').next()?.parse().ok())
}
