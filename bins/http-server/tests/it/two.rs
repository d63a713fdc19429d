//! Several programs on one embedded database.

use super::{Running, server};
use futures_util::future::join_all;
use g8_client::Client;
use g8_config::{Overrides, Settings};
use g8_core::{Args, Backend, Embedded};
use g8_records::contact;
use serde_json::json;
use tempfile::TempDir;

const EACH: usize = 60;

/// Adds contacts one after the other; those that were acknowledged.
async fn contacts(who: &impl Backend, name: &str) -> Vec<i64> {
    let mut made = Vec::new();
    for n in 0..EACH {
        let args: Args = json!({ "work_email": format!("{name}{n}@x.com"), "company_name": "Acme" })
            .as_object()
            .unwrap()
            .clone();
        made.push(who.call::<contact::CreateContact>(args).await.unwrap().id);
    }
    made
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_a_program_beside_it_and_its_administration_write_at_once_and_nothing_is_lost() {
    let home = TempDir::new().unwrap();
    let running = Running::start(home.path());
    let says = |words: &[&str]| {
        let output = server(home.path(), words).output().unwrap();
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    says(&["org", "plan", "My workspace", "unlimited"]);
    let key = running.key.clone().unwrap();
    let over = Overrides { data_dir: Some(home.path().join(".g8/data")), ..Overrides::default() };
    let beside = g8_product::open_existing(&Settings::load(over, None).unwrap()).await.unwrap();
    let client = Client::new(&running.url, Some(&key)).unwrap();
    let embedded = Embedded::new(beside.clone(), Some(&key), "embedded");
    let administers = async {
        tokio::task::block_in_place(|| {
            for n in 0..10 {
                says(&[
                    "user",
                    "create",
                    "--email",
                    &format!("u{n}@example.com"),
                    "--name",
                    "Ann",
                    "--role",
                    "member",
                ]);
                says(&["key", "create", "--name", &format!("Key {n}"), "--scopes", "contacts"]);
            }
        });
    };
    let names = ["a", "b", "c"].map(|name| (name, format!("{name}-beside")));
    let served = join_all(names.iter().map(|(name, _)| contacts(&client, name)));
    let besides = join_all(names.iter().map(|(_, name)| contacts(&embedded, name)));
    let writes = async { tokio::join!(served, besides) };
    let ((served, besides), ()) = tokio::join!(writes, administers);
    let mut ids: Vec<i64> = served.into_iter().chain(besides).flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 6 * EACH, "no two were given one id");
    let total = client.call::<contact::ListContacts>(Args::new()).await.unwrap().pagination.total;
    assert_eq!(total, i64::try_from(6 * EACH).unwrap());
    let users = says(&["user", "list", "--json"]);
    let keys = says(&["key", "list", "--json"]);
    for n in 0..10 {
        assert!(users.contains(&format!("u{n}@example.com")) && keys.contains(&format!("Key {n}")), "{n}");
    }
    beside.db.close().await;
    assert!(says(&["doctor"]).contains("no fault found"));
}
