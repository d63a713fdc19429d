//! PostgreSQL's own programs, which alone can copy every kind of object.

use super::failed;
use crate::{StorageError, StorageResult};
use percent_encoding::percent_decode_str;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::{
    env,
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::Command,
};
use url::Url;

/// Where Debian and Ubuntu keep them when they are not on the path.
const PACKAGED: &str = "/usr/lib/postgresql";

/// Runs one of them on the database of `url`.
pub async fn run(name: &str, url: &str, options: &PgConnectOptions, args: &[&OsStr]) -> StorageResult<()> {
    let output = command(name, url, options, args)?.output().await.map_err(cannot_run(name))?;
    verdict(name, output.status, &output.stderr)
}

/// Runs one of them and looks at each line that it writes, without keeping any.
pub async fn lines(
    name: &str,
    (url, options): (&str, &PgConnectOptions),
    args: &[&OsStr],
    mut look: impl FnMut(&[u8]),
) -> StorageResult<()> {
    let mut command = command(name, url, options, args)?;
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(cannot_run(name))?;
    let (out, mut err) = (child.stdout.take(), child.stderr.take());
    let complaint = tokio::spawn(async move {
        let mut said = Vec::new();
        if let Some(err) = &mut err {
            // What cannot be read is not told; the status says enough.
            let _ = err.read_to_end(&mut said).await;
        }
        said
    });
    let (mut out, mut line) = (out.map(BufReader::new), Vec::new());
    while let Some(out) = &mut out {
        line.clear();
        if out.read_until(b'\n', &mut line).await.map_err(cannot_run(name))? == 0 {
            break;
        }
        look(line.trim_ascii_end());
    }
    let status = child.wait().await.map_err(cannot_run(name))?;
    verdict(name, status, &complaint.await.unwrap_or_default())
}

fn cannot_run(name: &str) -> impl Fn(io::Error) -> StorageError + '_ {
    move |cause| failed(format!("{name} cannot be run: {cause}"))
}

fn command(name: &str, url: &str, options: &PgConnectOptions, args: &[&OsStr]) -> StorageResult<Command> {
    let program = find(name).ok_or_else(|| {
        failed(format!("{name} is not installed; install PostgreSQL's client programs (postgresql-client)"))
    })?;
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null()).kill_on_drop(true);
    // Not by arguments: those show in process lists.
    command.envs(environment(url, options));
    Ok(command)
}

fn verdict(name: &str, status: ExitStatus, said: &[u8]) -> StorageResult<()> {
    if status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(said);
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Err(failed(format!("{name} failed: {}", lines.join("; "))))
}

fn find(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path).map(|folder| folder.join(&name)).find(|file| file.is_file());
    on_path.or_else(|| newest(Path::new(PACKAGED), &name))
}

/// The newest of several versions: it can read all older servers.
fn newest(folder: &Path, name: &str) -> Option<PathBuf> {
    let version = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let mut versions: Vec<PathBuf> = folder.read_dir().ok()?.flatten().map(|entry| entry.path()).collect();
    versions.sort_by_key(version);
    versions.into_iter().rev().map(|version| version.join("bin").join(name)).find(|file| file.is_file())
}

fn environment(url: &str, options: &PgConnectOptions) -> Vec<(&'static str, String)> {
    let host =
        options.get_socket().map_or_else(|| options.get_host().to_owned(), |path| path.display().to_string());
    let mut all = vec![
        ("PGHOST", host),
        ("PGPORT", options.get_port().to_string()),
        ("PGUSER", options.get_username().to_owned()),
        ("PGSSLMODE", ssl_mode(options.get_ssl_mode()).to_owned()),
        ("PGAPPNAME", "g8 backup".to_owned()),
    ];
    all.extend(options.get_database().map(|database| ("PGDATABASE", database.to_owned())));
    let Ok(url) = Url::parse(url) else { return all };
    let password = url.password().map(|text| percent_decode_str(text).decode_utf8_lossy().into_owned());
    all.extend(password.map(|password| ("PGPASSWORD", password)));
    for (name, value) in url.query_pairs() {
        let variable = match &*name {
            "password" => "PGPASSWORD",
            "sslrootcert" | "ssl-root-cert" | "ssl-ca" => "PGSSLROOTCERT",
            "sslcert" | "ssl-cert" => "PGSSLCERT",
            "sslkey" | "ssl-key" => "PGSSLKEY",
            _ => continue,
        };
        all.push((variable, value.into_owned()));
    }
    all
}

fn ssl_mode(mode: PgSslMode) -> &'static str {
    match mode {
        PgSslMode::Disable => "disable",
        PgSslMode::Allow => "allow",
        PgSslMode::Prefer => "prefer",
        PgSslMode::Require => "require",
        PgSslMode::VerifyCa => "verify-ca",
        PgSslMode::VerifyFull => "verify-full",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    #[test]
    fn the_programs_are_told_what_the_url_says() {
        let url = "postgres://ann:p%40ss+word@db.example:5433/g8?sslmode=require&sslrootcert=/ca.pem";
        let told = environment(url, &PgConnectOptions::from_str(url).unwrap());
        for (name, value) in [
            ("PGHOST", "db.example"),
            ("PGPORT", "5433"),
            ("PGUSER", "ann"),
            ("PGPASSWORD", "p@ss+word"),
            ("PGDATABASE", "g8"),
            ("PGSSLMODE", "require"),
            ("PGSSLROOTCERT", "/ca.pem"),
        ] {
            assert!(told.contains(&(name, value.to_owned())), "{name}");
        }
    }
}
