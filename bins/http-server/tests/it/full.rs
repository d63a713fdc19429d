//! A disk that takes nothing any more, and then does again.

use super::{Running, server};
use g8_client::Client;
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// No limits but the disk's.
const PLAN: &str = "[plans.developer]\nper_second = 1000000\nper_minute = 1000000\nper_day = 100000000\n";

/// The server's command line, in a shell that does something first. It becomes the server: it has its id.
fn within(home: &Path, first: &str) -> Command {
    let file = home.join("test.toml");
    fs::write(&file, PLAN).unwrap();
    let words = ["--bind", "127.0.0.1:0", "--log-format", "json", "--config", file.to_str().unwrap()];
    let plain = server(home, &words);
    let mut shell = Command::new("/bin/sh");
    shell.stdout(Stdio::piped()).stderr(Stdio::piped());
    shell
        .args(["-c", &format!("{first}\nexec \"$0\" \"$@\"")])
        .arg(plain.get_program())
        .args(plain.get_args());
    shell.env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("HOME", home);
    shell.env("G8_LOG", "error,g8_server=info");
    shell
}

/// Writes until the disk is full, reads all the same, makes room, and writes again; how many were acknowledged.
async fn fill(running: &Running, make_room: impl FnOnce()) -> i64 {
    drop(Client::new(&running.url, None).unwrap());
    let (http, key) = (reqwest::Client::new(), running.key.clone().unwrap());
    let write = async |n: i64| {
        let contact = json!({ "work_email": format!("p{n}@x.com"), "first_name": "x".repeat(200) });
        let url = format!("{}/api/v1/contacts", running.url);
        let answer = http.post(url).bearer_auth(&key).json(&contact).send().await.unwrap();
        (answer.status(), answer.json::<Value>().await.unwrap())
    };
    let (mut n, mut acknowledged, mut refused) = (0, 0, 0);
    while refused < 40 {
        // Eight at once, so that they share commits, and their failure.
        let some = futures_util::future::join_all((0..8).map(|more| write(n + more))).await;
        n += 8;
        for (status, body) in some {
            if status == StatusCode::CREATED {
                acknowledged += 1;
                continue;
            }
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{body}");
            let told = body["message"].as_str().unwrap();
            assert!(told.contains("disk") && told.contains("nothing was changed"), "{told}");
            refused += 1;
        }
        assert!(n < 20_000, "the disk is never full");
    }
    assert!(acknowledged > 0);
    let read = async |path: &str| {
        let url = format!("{}/api/v1/{path}", running.url);
        let answer = http.get(url).bearer_auth(&key).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path} is only read");
        answer.json::<Value>().await.unwrap()
    };
    for path in ["me", "contacts?limit=5", "lists", "usage/limits"] {
        read(path).await;
    }
    make_room();
    let mut tries = 0;
    while write(n).await.0 != StatusCode::CREATED {
        tries += 1;
        assert!(tries < 20_000, "there is room, and nothing is written");
    }
    let total = read("contacts?limit=1").await["pagination"]["total"].as_i64().unwrap();
    assert_eq!(total, acknowledged + 1);
    total
}

#[tokio::test]
async fn a_full_disk_is_named_reads_go_on_and_nothing_acknowledged_is_lost() {
    let home = TempDir::new().unwrap();
    let (disk, room) = (home.path().join(".g8"), home.path().join("room"));
    fs::create_dir(&disk).unwrap();
    // A disk of its own, which only this process and its children see; it goes with them.
    let (disk, room) = (disk.to_str().unwrap(), room.to_str().unwrap());
    let alone = "unshare --user --map-root-user --mount";
    let can = Command::new("/bin/sh")
        .args(["-c", &format!("{alone} mount -t tmpfs tmpfs {disk}")])
        .status()
        .unwrap();
    if !can.success() {
        // Not everybody may; the quota below is tried everywhere.
        return;
    }
    let first = format!(
        "exec {alone} /bin/sh -c 'mount -t tmpfs -o size=12m tmpfs {disk} || exit 1
         dd if=/dev/zero of={disk}/filler bs=1k count=6000 2>/dev/null
         (for i in $(seq 3000); do [ -e {room} ] && rm {disk}/filler && exit; sleep 0.1; done) \
         </dev/null >/dev/null 2>&1 &
         exec \"$0\" \"$@\"' \"$0\" \"$@\""
    );
    let running = Running::of(within(home.path(), &first), home.path());
    fill(&running, || fs::write(room, "").unwrap()).await;
}

#[tokio::test]
async fn a_disk_that_refuses_by_quota_is_named_too_and_a_kill_loses_nothing() {
    let home = TempDir::new().unwrap();
    // No file may be larger, until it may: the log of changes comes there first.
    let first = "trap '' XFSZ\nulimit -S -f 8000";
    let mut running = Running::of(within(home.path(), first), home.path());
    let pid = running.child.id().to_string();
    let raised = || {
        let done = Command::new("prlimit").args(["--pid", &pid, "--fsize=unlimited"]).status().unwrap();
        assert!(done.success());
    };
    let total = fill(&running, raised).await;
    running.child.kill().unwrap();
    running.child.wait().unwrap();
    let key = running.key.clone();
    running = Running::start_with(home.path(), PLAN);
    let url = format!("{}/api/v1/contacts?limit=1", running.url);
    let answer = reqwest::Client::new().get(url).bearer_auth(key.unwrap()).send().await.unwrap();
    assert_eq!(answer.json::<Value>().await.unwrap()["pagination"]["total"], total);
}
