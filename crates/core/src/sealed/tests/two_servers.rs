//! Servers that share one PostgreSQL exchange keys while they seal.

use super::*;
use futures_util::future::join_all;
use g8_storage::testing::TestDb;

const OWNER: &str = "mailbox:1";

async fn both() -> (TestApp, App) {
    let kit = TestApp::of(&[], TestDb::postgres().await).await;
    let other = open_beside(&kit, 7).await;
    (kit, other)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_credentials_of_two_servers_share_one_key() {
    let (kit, other) = both().await;
    let sealed = (0..16).map(|number| {
        let app = if number % 2 == 0 { &kit.app } else { &other };
        seal(app, row(kit.org, number), OWNER, "hunter2")
    });
    for done in join_all(sealed).await {
        done.unwrap();
    }
    assert_eq!(counts(&kit.app).await, [16]);
    for number in 0..16 {
        assert_eq!(open(&other, row(kit.org, number)).await.unwrap().as_deref(), Some("hunter2"));
    }
}

/// Seals its rows again and again, and reads them in between.
async fn keep_sealing(app: App, org: Uuid, first: u128) {
    for round in 0..12 {
        for number in first..first + 8 {
            seal(&app, row(org, number), OWNER, &format!("{number} in round {round}")).await.unwrap();
            let opened = open(&app, row(org, number)).await.unwrap();
            assert_eq!(opened, Some(format!("{number} in round {round}")));
        }
    }
}

/// Exchanges the key and seals again what is under the old one, while others seal.
async fn keep_rotating(app: App) -> usize {
    let mut rotated = 0;
    for _ in 0..8 {
        match rotate_sealing_keys(&app, false).await {
            Ok(new) => rotated += usize::from(new.is_some()),
            Err(error) => assert_eq!(error.message, "Somebody else has just exchanged the sealing key."),
        }
        run_jobs(&app).await;
    }
    rotated
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_are_exchanged_while_both_seal_and_everything_opens() {
    let (kit, other) = both().await;
    seal(&kit.app, row(kit.org, 0), OWNER, "the first").await.unwrap();
    let (one, two) = (kit.app.clone(), other.clone());
    let sealing = [(one.clone(), 100), (one.clone(), 200), (two.clone(), 300), (two.clone(), 400)];
    let sealing: Vec<_> =
        sealing.map(|(app, first)| tokio::spawn(keep_sealing(app, kit.org, first))).into_iter().collect();
    let rotating = [one, two].map(|app| tokio::spawn(keep_rotating(app)));
    for done in join_all(sealing).await {
        done.unwrap();
    }
    let mut rotated = 0;
    for done in join_all(rotating).await {
        rotated += done.unwrap();
    }
    assert!(rotated >= 8, "{rotated} rotations");
    // What was put off because it was changed meanwhile.
    kit.advance_seconds(3600);
    run_jobs(&kit.app).await;
    run_jobs(&other).await;
    assert_eq!(counts(&kit.app).await, [33], "one key is left, and everything under it");
    for number in [100, 200, 300, 400].into_iter().flat_map(|first| first..first + 8) {
        for app in [&kit.app, &other] {
            assert_eq!(open(app, row(kit.org, number)).await.unwrap(), Some(format!("{number} in round 11")));
        }
    }
    assert_eq!(open(&other, row(kit.org, 0)).await.unwrap().as_deref(), Some("the first"));
}
