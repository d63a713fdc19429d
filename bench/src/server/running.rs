//! A server process that was started here, and is ended here.

use crate::{Result, clock, http::Target};
use std::{
    fs::{self, File},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// How long a server may take to start, and to stop.
const PATIENCE: Duration = Duration::from_secs(30);
const BEAT: Duration = Duration::from_millis(20);

/// A running server; ended when dropped.
pub struct Running {
    child: Child,
    address: SocketAddr,
    key: Option<String>,
}

impl Running {
    /// Starts a server whose log says `http://ADDRESS` after `marker` once it is ready.
    ///
    /// It logs to a file: whoever reads a pipe takes time from the one that is measured.
    pub fn start(command: &mut Command, log: &Path, marker: &str, key: Option<&str>) -> Result<Self> {
        let file = File::create(log)?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        let child = command.spawn().map_err(|cause| format!("{}: {cause}", shown(command)))?;
        let mut running =
            Self { child, address: SocketAddr::from(([127, 0, 0, 1], 0)), key: key.map(str::to_owned) };
        let end = clock::now() + PATIENCE;
        while clock::now() < end && running.child.try_wait()?.is_none() {
            if let Some(address) = announced(&fs::read_to_string(log)?, marker) {
                running.address = address;
                return Ok(running);
            }
            clock::pause(BEAT);
        }
        Err(format!("{} did not start: {}", shown(command), fs::read_to_string(log)?.trim()).into())
    }

    /// Where to ask.
    pub fn target(&self) -> Target {
        Target { address: self.address, key: self.key.clone() }
    }

    /// The server's address, for clients.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Resident memory in MiB: `VmRSS` now, `VmHWM` at its highest.
    pub fn memory(&self, field: &str) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
        let kib = line.and_then(|value| value.split_whitespace().next()?.parse::<f64>().ok());
        Ok(kib.ok_or("no such line in /proc")? / 1024.0)
    }

    /// Ends it as an operator would: what a server does on stopping is part of it.
    pub fn stop(mut self) -> Result {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        let end = clock::now() + PATIENCE;
        while clock::now() < end {
            if self.child.try_wait()?.is_some() {
                return Ok(());
            }
            clock::pause(BEAT);
        }
        Err("a server did not stop".into())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn announced(log: &str, marker: &str) -> Option<SocketAddr> {
    let rest = log.split_once(marker)?.1.strip_prefix("http://")?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ':')?;
    rest[..end].parse().ok()
}

/// Runs a command that must succeed, for what it prints.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.output().map_err(|cause| format!("{}: {cause}", shown(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{} failed: {}", shown(command), said.trim()).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The program and its arguments, without its environment: a key is there.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
