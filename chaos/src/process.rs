//! One server process: started, killed, stopped and let go on.

use crate::{
    Result,
    clock::{self, BEAT},
};
use rustix::process::{Pid, Signal, kill_process};
use std::{
    fs::{self, File},
    net::SocketAddr,
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

/// How long a server may take to start, and to stop.
const PATIENCE: Duration = Duration::from_secs(40);

/// What a process is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// Answers requests and works on jobs.
    Server,
    /// Answers requests only.
    Door,
    /// Works on jobs only.
    Worker,
}

impl Role {
    /// Its words on the command line.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Self::Server => &["--bind", "127.0.0.1:0"],
            Self::Door => &["--bind", "127.0.0.1:0", "--no-workers"],
            Self::Worker => &["worker"],
        }
    }

    fn sign(self) -> &'static str {
        if self == Self::Worker { "works on background jobs" } else { "g8-server is ready" }
    }
}

/// A process; killed when dropped.
pub struct Process {
    child: Child,
    log: PathBuf,
    /// Where it answers, once it does.
    pub address: Option<SocketAddr>,
}

impl Process {
    /// Begins to start one that logs to `log`.
    pub fn begin(mut command: Command, log: PathBuf) -> Result<Self> {
        let file = File::create(&log)?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        Ok(Self { child: command.spawn()?, log, address: None })
    }

    /// Waits until it is ready; false when it died before that.
    pub async fn ready(&mut self, role: Role) -> Result<bool> {
        let end = clock::now() + PATIENCE;
        while clock::now() < end {
            let said = fs::read_to_string(&self.log)?;
            if said.contains(role.sign()) {
                self.address = address(&said);
                return Ok(true);
            }
            if self.child.try_wait()?.is_some() {
                return Ok(false);
            }
            clock::pause(BEAT).await;
        }
        Err(format!("a server did not start: {}", self.said()).into())
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// SIGKILL, and nothing is left of it. How it had ended, if it had done that by itself.
    pub fn kill(&mut self) -> Result<Option<ExitStatus>> {
        let before = self.child.try_wait()?;
        if before.is_none() {
            self.child.kill()?;
            self.child.wait()?;
        }
        Ok(before)
    }

    /// Any other signal.
    pub fn signal(&self, signal: Signal) -> Result {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).ok_or("it has no id")?;
        Ok(kill_process(pid, signal)?)
    }

    /// SIGTERM, as an operator stops it; it must end well.
    pub async fn stop(mut self) -> Result {
        self.signal(Signal::TERM)?;
        let end = clock::now() + PATIENCE;
        while clock::now() < end {
            if let Some(status) = self.child.try_wait()? {
                return if status.success() { Ok(()) } else { Err(self.said().into()) };
            }
            clock::pause(BEAT).await;
        }
        Err(format!("a server did not stop: {}", self.said()).into())
    }

    /// The last lines of its log.
    pub fn said(&self) -> String {
        let text = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(5)..].join("\n")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether it was killed, and did not end by itself.
pub fn was_killed(status: ExitStatus) -> bool {
    status.signal() == Some(Signal::KILL.as_raw())
}

fn address(log: &str) -> Option<SocketAddr> {
    log.split_once("\"public_url\":\"http://")?.1.split('"').next()?.parse().ok()
}

/// Runs a command that must succeed, for what it prints.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let program = Path::new(command.get_program()).display().to_string();
        return Err(format!("{program} {:?}: {}", command.get_args(), said.trim()).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
