//! From start to answer: our programs against the published client, as whole processes.

use crate::{
    Result,
    args::{Engine, Run},
    clock,
    report::{Figure, Goal, Line, Report},
    server::{Running, ours::Installation},
};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    time::Duration,
};

const RUNS: usize = 15;

/// How a program is started and how long it takes.
type Timed = fn(Command) -> Result<Duration>;

/// Every program that a person or an assistant waits for.
pub async fn run(run: &Run, report: &mut Report) -> Result {
    let installation = Installation::new(run, Engine::Sqlite, "starts").await?;
    let server = installation.serve()?;
    let measured: [(&str, &str, &[&str], Timed, f64); 3] = [
        ("g8 --help", "g8", &["--help"], whole, 30.0),
        ("g8 whoami", "g8", &["whoami"], whole, 30.0),
        ("g8-mcp-server to tools/list", "g8-mcp-server", &[], to_tools, 50.0),
    ];
    for (what, program, args, timed, times) in measured {
        let ours = || timed(prepared(installation.program(program), args, &installation, &server));
        let theirs = || timed(prepared(published(run, program, &installation), args, &installation, &server));
        let line = |(ours, theirs)| {
            let line = Line::new(what, Figure::time(ours)).against("Python g8", Figure::time(theirs));
            vec![line.goal(Goal::RatioAtMost(1.0 / times))]
        };
        report.take(what, in_turns(ours, theirs).map(line));
    }
    Ok(())
}

/// The medians of two programs that take turns.
fn in_turns(
    ours: impl Fn() -> Result<Duration>,
    theirs: impl Fn() -> Result<Duration>,
) -> Result<(Duration, Duration)> {
    let named = |whose: &str, cause| format!("{whose}: {cause}");
    let (mut our_times, mut their_times) = (Vec::new(), Vec::new());
    for count in 0..=RUNS {
        let our_time = ours().map_err(|cause| named("ours", cause))?;
        let their_time = theirs().map_err(|cause| named("the published", cause))?;
        // Nobody counts the first: it reads the disk.
        if count > 0 {
            our_times.push(our_time);
            their_times.push(their_time);
        }
    }
    Ok((median(&mut our_times), median(&mut their_times)))
}

fn published(run: &Run, program: &str, installation: &Installation) -> Command {
    let mut command = Command::new(run.python.join(program));
    command.env_clear().env("HOME", installation.path("published"));
    command
}

fn prepared(command: Command, args: &[&str], of: &Installation, server: &Running) -> Command {
    let mut command = of.connected(command, server);
    command.args(args).stderr(Stdio::null());
    command
}

/// Until it ends.
fn whole(mut command: Command) -> Result<Duration> {
    let start = clock::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
    let time = clock::now() - start;
    if status.success() { Ok(time) } else { Err(format!("the program ends with {status}").into()) }
}

/// Until an assistant knows the tools.
fn to_tools(mut command: Command) -> Result<Duration> {
    let start = clock::now();
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut input = child.stdin.take().ok_or("no standard input")?;
    let mut lines = BufReader::new(child.stdout.take().ok_or("no standard output")?).lines();
    let mut ask = |message: Value| writeln!(input, "{message}");
    let mut answer = || -> Result<Value> {
        let line = lines.next().ok_or("the program says nothing")??;
        Ok(serde_json::from_str(&line)?)
    };
    let client = json!({ "name": "bench", "version": "1" });
    let hello = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client });
    ask(json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello }))?;
    answer()?;
    ask(json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }))?;
    ask(json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/list" }))?;
    let tools = answer()?;
    let time = clock::now() - start;
    drop(input);
    child.kill()?;
    child.wait()?;
    match tools["result"]["tools"].as_array() {
        Some(tools) if !tools.is_empty() => Ok(time),
        _ => Err(format!("no tools are listed: {tools}").into()),
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
