//! What was acknowledged survives SIGKILL, and is done once.

use super::{Running, server};
use g8_client::Client;
use g8_core::{Args, Backend, Incoming};
use g8_records::{contact, import, list};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

/// SIGKILL, and a new start on the same data.
fn kill_and_start(running: &mut Running, home: &Path) {
    running.child.kill().unwrap();
    running.child.wait().unwrap();
    *running = Running::start(home);
}

#[tokio::test]
async fn a_request_that_was_answered_is_answered_the_same_after_a_kill() {
    let home = TempDir::new().unwrap();
    let mut running = Running::start(home.path());
    let key = running.key.clone().unwrap();
    let send = |url: String, key: String| async move {
        // Sets up TLS for the process.
        drop(Client::new(&url, None).unwrap());
        let request = reqwest::Client::new().post(format!("{url}/api/v1/lists")).bearer_auth(key);
        let request = request.header("idempotency-key", "once").json(&json!({ "title": "Fair" }));
        let answer = request.send().await.unwrap();
        let replayed = answer.headers().contains_key("idempotent-replay");
        (answer.status(), replayed, answer.json::<Value>().await.unwrap())
    };
    let first = send(running.url.clone(), key.clone()).await;
    kill_and_start(&mut running, home.path());
    let second = send(running.url.clone(), key.clone()).await;
    assert_eq!((first.0, first.1, second.1), (StatusCode::CREATED, false, true));
    assert_eq!(first.2, second.2);
    let lists =
        Client::new(&running.url, Some(&key)).unwrap().call::<list::ListLists>(Args::new()).await.unwrap();
    assert_eq!(lists.pagination.total, 1);
}

#[tokio::test]
async fn an_import_that_is_killed_again_and_again_takes_every_row_once() {
    const ROWS: i64 = 20_000;
    let home = TempDir::new().unwrap();
    let mut running = Running::start(home.path());
    let unlimited = server(home.path(), &["org", "plan", "My workspace", "unlimited"]).status().unwrap();
    assert!(unlimited.success());
    let key = running.key.clone().unwrap();
    let mut file = "email,first name\n".to_owned();
    for n in 0..ROWS {
        file.push_str(&format!("p{n}@x.example,P{n}\n"));
    }
    let client = Client::new(&running.url, Some(&key)).unwrap();
    let begun = client.call::<import::CreateImport>(Args::new()).await.unwrap();
    let args: Args = json!({ "import_id": begun.id }).as_object().unwrap().clone();
    client.send_file::<import::UploadImport>(args.clone(), Incoming::of(file)).await.unwrap();
    let (mut kills, mut seen) = (0, 0);
    let done = loop {
        let client = Client::new(&running.url, Some(&key)).unwrap();
        let now = client.call::<import::GetImport>(args.clone()).await.unwrap();
        if now.status.is_over() {
            break now;
        }
        // Each time it has got on a little.
        if now.rows > seen && kills < 3 {
            (seen, kills) = (now.rows, kills + 1);
            kill_and_start(&mut running, home.path());
        }
        tokio::task::yield_now().await;
    };
    assert_eq!((done.rows, done.created, done.unchanged, done.refused), (ROWS, ROWS, 0, 0));
    assert!(kills > 0, "it was done before it could be killed");
    let client = Client::new(&running.url, Some(&key)).unwrap();
    assert_eq!(client.call::<contact::ListContacts>(Args::new()).await.unwrap().pagination.total, ROWS);
}
