//! Which machine and which versions the numbers are of.

use crate::{Result, args::Run, clock};
use std::{fs, io::Write, path::Path, process::Command, time::Duration};

const SYNCS: u32 = 50;

/// One line about the machine.
pub fn line() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = field("/proc/meminfo", "MemTotal").split(' ').next().and_then(|kib| kib.parse::<u64>().ok());
    let gib = memory.unwrap_or_default() / (1 << 20);
    let model = field("/proc/cpuinfo", "model name");
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let sync =
        sync().map_or_else(|cause| cause.to_string(), |time| format!("{:.2} ms", time.as_secs_f64() * 1e3));
    format!("{cores} cores, {gib} GiB, {model}, Linux {}, {sync} to have a page on the disk", kernel.trim())
}

/// What else the machine was doing, at this moment: a busy one measures itself.
pub fn busy() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    format!("load average {} before the run", load.split(' ').next().unwrap_or("?"))
}

/// One line about what was measured, and against what.
pub fn versions(run: &Run) -> String {
    let mut versions = vec![
        says(&run.programs.join("g8-server"), &["--version"]),
        format!("commit {}", says(Path::new("git"), &["describe", "--always", "--dirty"])),
        says(&run.python.join("pocketbase"), &["--version"]),
        says(&run.python.join("python"), &["--version"]),
    ];
    if run.postgres.is_some() {
        versions.push(says(Path::new("psql"), &["--version"]));
    }
    versions.join("; ")
}

/// How long the disk takes to have a page for certain: no durable commit is quicker.
fn sync() -> Result<Duration> {
    let mut file = tempfile::tempfile()?;
    let start = clock::now();
    for _ in 0..SYNCS {
        file.write_all(&[1; 4096])?;
        file.sync_data()?;
    }
    Ok((clock::now() - start) / SYNCS)
}

/// A field of a file of lines `name : value`.
fn field(file: &str, name: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let value = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    value.trim_start_matches([':', ' ', '\t']).to_owned()
}

fn says(program: &Path, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output();
    output.map_or_else(|_| "?".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
