//! Whatever is sealed, exchanged and removed in whatever order: what is there opens, and what is not does not.

use super::*;
use g8_storage::testing::TestDb;
use proptest::prelude::*;
use std::collections::HashMap;
use tokio::runtime::Runtime;

/// One step of a random history.
#[derive(Debug, Clone)]
enum Step {
    Seal(u128, bool, String),
    Remove(u128, bool),
    Rotate,
    Work,
}

fn step() -> impl Strategy<Value = Step> {
    let text = prop_oneof![8 => ".{0,90}", 1 => Just("x".repeat(KeptSecret::MAX_BYTES))];
    prop_oneof![
        6 => (0..6_u128, any::<bool>(), text).prop_map(|(id, own, text)| Step::Seal(id, own, text)),
        1 => (0..6_u128, any::<bool>()).prop_map(|(id, own)| Step::Remove(id, own)),
        1 => Just(Step::Rotate),
        1 => Just(Step::Work),
    ]
}

/// Rows of the organization and of the installation; no id is in both.
fn place(kit: &TestApp, id: u128, own: bool) -> SealedRow<'static> {
    if own { SealedRow { org: None, ..row(kit.org, 100 + id) } } else { row(kit.org, id) }
}

async fn play(steps: Vec<Step>) {
    let kit = TestApp::of(&[], TestDb::sqlite().await).await;
    let (app, mut there) = (&kit.app, HashMap::new());
    for step in steps {
        match step {
            Step::Seal(id, own, text) => {
                seal(app, place(&kit, id, own), "mailbox:1", &text).await.unwrap();
                there.insert((id, own), text);
            }
            Step::Remove(id, own) => {
                let (mut tx, row) = (app.db.begin().await.unwrap(), place(&kit, id, own));
                let removed = app.sealed().remove(&mut tx, row.org, row.id).await.unwrap();
                tx.commit().await.unwrap();
                assert_eq!(removed, there.remove(&(id, own)).is_some());
            }
            Step::Rotate => drop(rotate_sealing_keys(app, false).await.unwrap()),
            Step::Work => run_jobs(app).await,
        }
        for (id, own) in (0..6).flat_map(|id| [(id, false), (id, true)]) {
            let opened = open(app, place(&kit, id, own)).await.unwrap();
            assert!(opened.as_ref() == there.get(&(id, own)), "row {id}, the installation's own: {own}");
        }
    }
    run_jobs(app).await;
    assert!(counts(app).await.len() <= 1, "no retired key is left");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn what_is_there_opens_after_every_step(steps in prop::collection::vec(step(), 1..16)) {
        Runtime::new().unwrap().block_on(play(steps));
    }
}
