//! The installation's own mail, at a mail server that others wrote.

use super::Server;
use crate::{
    Result,
    run::{command, must, output, root},
};
use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

/// How long a mail may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The owner hears by mail that a webhook is paused.
pub fn check(programs: &Path) -> Result {
    let smtp = Smtp::start(programs)?;
    let config = format!(
        "[webhooks]\nretry_seconds = []\nallow_hosts = [\"127.0.0.1\"]\n\
         [mail]\nurl = \"smtp://127.0.0.1:{}\"\nfrom = \"g8 <g8@example.com>\"\n",
        smtp.port
    );
    let server = Server::start(None, &config)?;
    let owner = ["user", "create", "--email", "owner@example.com", "--name", "Ann", "--role", "admin"];
    must(super::program(server.home.path(), None).args(owner).stdout(Stdio::null()))?;
    let key = server.key()?;
    // Nobody listens there.
    for line in
        ["create-webhook --url http://127.0.0.1:1/ --events contact.created", "trigger contact.created"]
    {
        let mut g8 = command(root().join("target/debug/g8"), &line.split(' ').collect::<Vec<_>>());
        output(g8.env("HOME", server.home.path()).env("G8_API_URL", &server.url).env("G8_API_KEY", &key))?;
    }
    for expected in
        ["From: g8 <g8@example.com>", "To: owner@example.com", "Subject: The webhook", "is paused"]
    {
        smtp.wait_for(expected)?;
    }
    println!("mail: the owner was told that a webhook is paused");
    Ok(())
}

/// A mail server that prints what it takes; ended when dropped.
struct Smtp {
    child: Child,
    port: u16,
    lines: Receiver<String>,
}

impl Smtp {
    fn start(programs: &Path) -> Result<Self> {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.map_err(|cause| cause.to_string())?.port();
        let words = ["-u", "-m", "aiosmtpd", "-n", "-l", &format!("127.0.0.1:{port}")];
        let mut start: Command = command(programs.join("python"), &words);
        start.args(["-c", "aiosmtpd.handlers.Debugging", "stdout"]).stdout(Stdio::piped());
        let mut child = start.spawn().map_err(|cause| format!("aiosmtpd: {cause}"))?;
        let out = child.stdout.take().ok_or("no standard output")?;
        let (send, lines) = channel();
        std::thread::spawn(move || {
            BufReader::new(out)
                .lines()
                .map_while(std::result::Result::ok)
                .for_each(|line| drop(send.send(line)));
        });
        Ok(Self { child, port, lines })
    }

    fn wait_for(&self, expected: &str) -> Result {
        loop {
            let line =
                self.lines.recv_timeout(PATIENCE).map_err(|_| format!("no mail came with {expected}"))?;
            if line.contains(expected) {
                return Ok(());
            }
        }
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
