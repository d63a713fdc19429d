//! Sealed credentials: whose they are, what a change of keys does, and that nobody finds one in a file.

use crate::{
    Db, Session, Tx, on_both, orgs,
    sealed::{self, SealedPut, SealedValue},
    sealing_keys::{self, SealingSalt},
    testing::TestDb,
};
use g8_auth::{KeptSecret, Pepper, SealedEnvelope, SealedRow, SealingKey};
use g8_domain::{Ts, record::Organization};
use rand::{SeedableRng, rngs::StdRng};
use std::path::Path;
use uuid::Uuid;

const ANN: Uuid = Uuid::from_u128(1);
const BOB: Uuid = Uuid::from_u128(2);
const START: (Uuid, Uuid) = (Uuid::nil(), Uuid::nil());

fn salt(number: u128) -> SealingSalt {
    SealingSalt {
        id: Uuid::from_u128(number),
        salt: SealingKey::fresh_salt(&mut StdRng::seed_from_u64(number as u64)).to_vec(),
        secret_mark: "mark".to_owned(),
        created_at: Ts(number as i64),
        retired_at: None,
    }
}

fn value(org: Option<Uuid>, number: u128, key: u128, envelope: &[u8]) -> SealedValue {
    SealedValue {
        id: Uuid::from_u128(number),
        org_id: org,
        kind: "mailbox.password".to_owned(),
        owner: "mailbox:1".to_owned(),
        key_id: Uuid::from_u128(key),
        envelope: envelope.to_vec(),
        created_at: Ts(5),
        updated_at: Ts(5),
    }
}

/// A transaction with two organizations and the first key.
async fn begun(db: &Db) -> Tx {
    let mut tx = db.begin().await.unwrap();
    for id in [ANN, BOB] {
        let org = Organization {
            id,
            name: "Acme".into(),
            plan: "developer".into(),
            created_at: Ts(1),
            erasures: 0,
        };
        orgs::insert(&mut tx, &org).await.unwrap();
    }
    assert!(sealing_keys::insert(&mut tx, &salt(1)).await.unwrap());
    tx
}

/// Retires one key and adds the next.
async fn rotate(tx: &mut Tx, old: u128, new: u128) {
    assert!(sealing_keys::retire(tx, Uuid::from_u128(old), Ts(9)).await.unwrap());
    assert!(sealing_keys::insert(tx, &salt(new)).await.unwrap());
}

async fn put(tx: &mut Tx, value: &SealedValue) -> SealedPut {
    sealed::put(tx, value).await.unwrap()
}

async fn get(on: &mut impl Session, org: Option<Uuid>, number: u128) -> Option<SealedValue> {
    sealed::get(on, org, Uuid::from_u128(number)).await.unwrap()
}

on_both! {
    async fn a_value_is_its_organizations_alone(test) {
        let mut tx = begun(&test.db).await;
        let (anns, own) = (value(Some(ANN), 10, 1, b"a"), value(None, 11, 1, b"b"));
        assert_eq!(put(&mut tx, &anns).await, SealedPut::Stored);
        assert_eq!(put(&mut tx, &own).await, SealedPut::Stored);
        for (number, stranger) in [(10, Some(BOB)), (10, None), (11, Some(ANN))] {
            assert_eq!(get(&mut tx, stranger, number).await, None);
            assert!(!sealed::remove(&mut tx, stranger, Uuid::from_u128(number)).await.unwrap());
            let over = value(stranger, number, 1, b"mine now");
            assert_eq!(put(&mut tx, &over).await, SealedPut::Foreign);
        }
        let others_kind = SealedValue { kind: "smtp.password".to_owned(), ..anns.clone() };
        let others_record = SealedValue { owner: "mailbox:2".to_owned(), ..anns.clone() };
        assert_eq!(put(&mut tx, &others_kind).await, SealedPut::Foreign);
        assert_eq!(put(&mut tx, &others_record).await, SealedPut::Foreign);
        tx.commit().await.unwrap();
        assert_eq!(get(&mut &test.db, Some(ANN), 10).await, Some(anns));
        assert_eq!(get(&mut &test.db, None, 11).await, Some(own));
    }

    async fn a_changed_value_takes_the_place_of_the_old_one(test) {
        let mut tx = begun(&test.db).await;
        put(&mut tx, &value(Some(ANN), 10, 1, b"old")).await;
        let new = SealedValue { created_at: Ts(8), updated_at: Ts(8), ..value(Some(ANN), 10, 1, b"new") };
        assert_eq!(put(&mut tx, &new).await, SealedPut::Stored);
        let stored = get(&mut tx, Some(ANN), 10).await;
        assert_eq!(stored, Some(SealedValue { created_at: Ts(5), ..new }));
    }

    async fn what_a_record_or_an_organization_had_is_removed_and_nothing_else(test) {
        let mut tx = begun(&test.db).await;
        for (org, number, owner) in [
            (Some(ANN), 10, "mailbox:1"), (Some(ANN), 11, "mailbox:1"), (Some(ANN), 12, "mailbox:2"),
            (Some(BOB), 20, "mailbox:1"), (None, 30, "mailbox:1"),
        ] {
            put(&mut tx, &SealedValue { owner: owner.to_owned(), ..value(org, number, 1, b"x") }).await;
        }
        assert_eq!(sealed::remove_of_owner(&mut tx, Some(ANN), "mailbox:1").await.unwrap(), 2);
        assert!(get(&mut tx, Some(ANN), 12).await.is_some());
        assert_eq!(sealed::remove_of_org(&mut tx, ANN).await.unwrap(), 1);
        assert!(get(&mut tx, Some(BOB), 20).await.is_some());
        assert_eq!(sealed::remove_of_owner(&mut tx, None, "mailbox:1").await.unwrap(), 1);
        assert!(sealed::remove(&mut tx, Some(BOB), Uuid::from_u128(20)).await.unwrap());
        assert_eq!(sealed::count(&mut tx, Uuid::from_u128(1)).await.unwrap(), 0);
    }

    async fn one_key_is_current_and_takes_all_that_is_new(test) {
        let mut tx = begun(&test.db).await;
        assert!(!sealing_keys::insert(&mut tx, &salt(2)).await.unwrap());
        assert_eq!(sealing_keys::current(&mut tx).await.unwrap(), Some(salt(1)));
        rotate(&mut tx, 1, 2).await;
        assert_eq!(sealing_keys::current(&mut tx).await.unwrap(), Some(salt(2)));
        assert!(!sealing_keys::retire(&mut tx, Uuid::from_u128(1), Ts(99)).await.unwrap());
        let retired = SealingSalt { retired_at: Some(Ts(9)), ..salt(1) };
        assert_eq!(sealing_keys::all(&mut tx).await.unwrap(), [retired.clone(), salt(2)]);
        assert_eq!(sealing_keys::get(&mut tx, retired.id).await.unwrap(), Some(retired));
        // Neither under a retired key nor under one that nobody knows.
        for key in [1, 3] {
            assert_eq!(put(&mut tx, &value(Some(ANN), 10, key, b"x")).await, SealedPut::KeyRetired);
        }
        assert_eq!(get(&mut tx, Some(ANN), 10).await, None);
    }

    async fn servers_that_start_at_once_have_one_key(test) {
        let start = async |number| {
            let mut tx = test.db.begin().await.unwrap();
            let first = sealing_keys::insert(&mut tx, &salt(number)).await.unwrap();
            tx.commit().await.unwrap();
            (first, sealing_keys::current(&mut &test.db).await.unwrap().unwrap())
        };
        let ((one, ones), (other, others)) = tokio::join!(start(1), start(2));
        assert!(one != other);
        assert_eq!(ones, others);
    }

    async fn old_values_are_sealed_again_a_batch_at_a_time(test) {
        let mut tx = begun(&test.db).await;
        for number in 10..15 {
            put(&mut tx, &value(Some(ANN), number, 1, &[number as u8])).await;
        }
        rotate(&mut tx, 1, 2).await;
        put(&mut tx, &value(None, 20, 2, b"new")).await;
        let new = Uuid::from_u128(2);
        let first = sealed::of_retired_keys(&mut tx, START, 3).await.unwrap();
        assert_eq!(first.iter().map(|value| value.id.as_u128()).collect::<Vec<_>>(), [10, 11, 12]);
        // The second cannot be opened: it keeps nobody waiting.
        for was in [&first[0], &first[2]] {
            assert!(sealed::replace_envelope(&mut tx, was, new, b"again".to_vec()).await.unwrap());
        }
        let behind = (first[2].key_id, first[2].id);
        let rest = sealed::of_retired_keys(&mut tx, behind, 3).await.unwrap();
        assert_eq!(rest.iter().map(|value| value.id.as_u128()).collect::<Vec<_>>(), [13, 14]);
        let again = get(&mut tx, Some(ANN), 10).await.unwrap();
        assert_eq!(again, SealedValue { key_id: new, envelope: b"again".to_vec(), ..first[0].clone() });
        assert_eq!(sealed::count(&mut tx, Uuid::from_u128(1)).await.unwrap(), 3);
        assert_eq!(sealed::count(&mut tx, new).await.unwrap(), 3);
        assert_eq!(sealed::of_retired_keys(&mut tx, START, 9).await.unwrap()[0].id, first[1].id);
    }

    async fn what_changed_meanwhile_is_not_overwritten(test) {
        let mut tx = begun(&test.db).await;
        let (was, gone) = (value(Some(ANN), 10, 1, b"old"), value(Some(ANN), 11, 1, b"old"));
        put(&mut tx, &was).await;
        put(&mut tx, &gone).await;
        // The same key, as if another had written before the key was retired.
        put(&mut tx, &value(Some(ANN), 10, 1, b"changed")).await;
        sealed::remove(&mut tx, Some(ANN), gone.id).await.unwrap();
        rotate(&mut tx, 1, 2).await;
        let again = b"old, again".to_vec();
        for was in [&was, &gone, &SealedValue { org_id: Some(BOB), envelope: b"changed".to_vec(), ..was.clone() }] {
            let replaced = sealed::replace_envelope(&mut tx, was, Uuid::from_u128(2), again.clone()).await;
            assert!(!replaced.unwrap(), "{was:?}");
        }
        // Another key: whoever changes the value seals it under the current one.
        put(&mut tx, &value(Some(ANN), 10, 2, b"changed again")).await;
        let late = value(Some(ANN), 10, 1, b"changed");
        assert!(!sealed::replace_envelope(&mut tx, &late, Uuid::from_u128(2), again.clone()).await.unwrap());
        // A key that has been retired in its turn takes nothing.
        let now = get(&mut tx, Some(ANN), 10).await.unwrap();
        assert_eq!(now.envelope, b"changed again");
        rotate(&mut tx, 2, 3).await;
        assert!(!sealed::replace_envelope(&mut tx, &now, Uuid::from_u128(2), again).await.unwrap());
    }

    async fn a_key_is_destroyed_when_nothing_needs_it(test) {
        let mut tx = begun(&test.db).await;
        let (old, new) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert!(!sealing_keys::destroy(&mut tx, old).await.unwrap(), "the current key was destroyed");
        let was = value(Some(ANN), 10, 1, b"x");
        put(&mut tx, &was).await;
        rotate(&mut tx, 1, 2).await;
        assert!(!sealing_keys::destroy(&mut tx, old).await.unwrap(), "a key that is used was destroyed");
        assert!(sealed::replace_envelope(&mut tx, &was, new, b"y".to_vec()).await.unwrap());
        assert!(sealing_keys::destroy(&mut tx, old).await.unwrap());
        assert!(!sealing_keys::destroy(&mut tx, old).await.unwrap());
        assert_eq!(sealing_keys::all(&mut tx).await.unwrap(), [salt(2)]);
    }

    async fn whoever_writes_under_a_key_while_it_is_retired_loses_nothing(test) {
        begun(&test.db).await.commit().await.unwrap();
        let mut writer = test.db.begin().await.unwrap();
        put(&mut writer, &value(Some(ANN), 10, 1, b"x")).await;
        if !writer.is_sqlite() {
            // Nobody else may retire the key now: it is not there for whoever asks without waiting.
            let sql = "SELECT CAST(1 AS BIGINT) AS n FROM sealing_keys FOR NO KEY UPDATE SKIP LOCKED";
            assert_eq!((&mut &test.db).number(sql, vec![]).await.unwrap(), None);
        }
        let db = test.db.clone();
        let other = tokio::spawn(async move {
            let mut tx = db.begin().await.unwrap();
            rotate(&mut tx, 1, 2).await;
            let destroyed = sealing_keys::destroy(&mut tx, Uuid::from_u128(1)).await.unwrap();
            tx.commit().await.unwrap();
            destroyed
        });
        writer.commit().await.unwrap();
        assert!(!other.await.unwrap(), "the key of a value was destroyed");
        assert!(get(&mut &test.db, Some(ANN), 10).await.is_some());
    }
}

/// The key that a server has under a salt.
fn key(salt: &SealingSalt) -> SealingKey {
    SealingKey::derive(&Pepper::new(vec![7; 32]).unwrap(), salt.id, &salt.salt).unwrap()
}

fn row(value: &SealedValue) -> SealedRow<'_> {
    SealedRow { org: value.org_id, kind: &value.kind, id: value.id }
}

/// A value that is sealed in earnest.
fn sealed_with(salt: &SealingSalt, text: &str, rng: &mut StdRng) -> SealedValue {
    let unsealed = value(Some(ANN), 10, salt.id.as_u128(), b"");
    let secret = KeptSecret::new(text.to_owned()).unwrap();
    let envelope = key(salt).seal(&row(&unsealed), &secret, rng).into_bytes();
    SealedValue { envelope, ..unsealed }
}

const MARKER: &str = "correct-horse-battery-staple";

on_both! {
    async fn a_password_is_nowhere_in_the_tables_and_opens_in_its_row(test) {
        let mut tx = begun(&test.db).await;
        let value = sealed_with(&salt(1), MARKER, &mut StdRng::seed_from_u64(1));
        put(&mut tx, &value).await;
        tx.commit().await.unwrap();
        let dump = test.db.dump().await.unwrap();
        let hex = hex::encode(MARKER);
        assert!(dump.contains("mailbox.password") && !dump.contains(MARKER) && !dump.contains(&hex));
        let stored = get(&mut &test.db, Some(ANN), 10).await.unwrap();
        let salt = sealing_keys::get(&mut &test.db, stored.key_id).await.unwrap().unwrap();
        let envelope = SealedEnvelope::from_bytes(stored.envelope.clone()).unwrap();
        assert_eq!(envelope.key(), stored.key_id);
        assert_eq!(key(&salt).open(&row(&stored), &envelope).unwrap().reveal(), MARKER);
        assert!(!format!("{stored:?} {salt:?}").contains(&format!("{:?}", salt.salt)));
    }
}

/// The names of the files in a folder that have these bytes in them.
fn files_with(folder: &Path, bytes: &[u8]) -> Vec<String> {
    let has = |file: &Path| std::fs::read(file).unwrap().windows(bytes.len()).any(|part| part == bytes);
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = files
        .filter(|file| has(file))
        .map(|file| file.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn no_file_has_a_password_and_what_was_replaced_is_gone_from_all() {
    let test = TestDb::sqlite().await;
    let folder = test.folder.path();
    let rng = &mut StdRng::seed_from_u64(1);
    let mut tx = begun(&test.db).await;
    let old = sealed_with(&salt(1), MARKER, rng);
    put(&mut tx, &old).await;
    tx.commit().await.unwrap();
    // What is looked for would be found: the envelope is in the log, and after that in the database.
    assert_eq!(files_with(folder, &old.envelope), ["g8.db-wal"]);
    assert!(files_with(folder, MARKER.as_bytes()).is_empty());
    test.db.checkpoint().await.unwrap();
    assert_eq!(files_with(folder, &old.envelope), ["g8.db"]);
    assert!(files_with(folder, MARKER.as_bytes()).is_empty());

    let mut tx = test.db.begin().await.unwrap();
    rotate(&mut tx, 1, 2).await;
    let new = sealed_with(&salt(2), MARKER, rng);
    assert!(sealed::replace_envelope(&mut tx, &old, salt(2).id, new.envelope.clone()).await.unwrap());
    assert!(sealing_keys::destroy(&mut tx, salt(1).id).await.unwrap());
    tx.commit().await.unwrap();
    test.db.checkpoint().await.unwrap();
    assert_eq!(files_with(folder, &new.envelope), ["g8.db"]);
    assert_eq!(files_with(folder, &salt(2).salt), ["g8.db"]);
    for gone in [MARKER.as_bytes(), &old.envelope, &salt(1).salt] {
        assert!(files_with(folder, gone).is_empty());
    }
}
