//! A sealed credential is nowhere but in its row, and there nobody can read it; with a rotation in between.

mod logging;

use g8_auth::{KeptSecret, SealedRow, SealingKey};
use g8_config::{Overrides, Secret, Settings};
use g8_core::{
    App, StartError,
    sealed::{examine_sealed, list_sealing_keys, rotate_sealing_keys},
    testing::TestApp,
};
use g8_operate::backup;
use g8_product::{AREAS, testing::test_app};
use g8_records::{contact, privacy::ExportPerson};
use g8_storage::{on_both, sealing_keys, testing::TestDb};
use logging::Logging;
use serde_json::json;
use std::{fs, path::Path};
use uuid::Uuid;

const KIND: &str = "mailbox.password";
const EMAIL: &str = "ann@acme.example";
/// As many as a rotation takes several batches for.
const VALUES: u128 = 70;

/// What is looked for: no two values have anything longer in common, and none is like anything else.
fn marker(number: u128) -> String {
    format!("Zwölf-Boxkämpfer-{number:08}-jagen-Viktor")
}

fn row(kit: &TestApp, number: u128) -> SealedRow<'static> {
    SealedRow { org: Some(kit.org), kind: KIND, id: Uuid::from_u128(number) }
}

/// Everything in a folder: database, its log and index, backups.
fn files(folder: &Path) -> Vec<u8> {
    fs::read_dir(folder).unwrap().flat_map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect()
}

fn holds(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// Looks for what every marker begins and ends with, as it is and in hexadecimal.
fn assert_nothing(place: &str, text: &[u8]) {
    let text = String::from_utf8_lossy(text);
    for part in ["-Boxkämpfer-", "-jagen-Viktor"] {
        assert!(!text.contains(part), "{place}: the secret");
        assert!(!text.contains(&hex::encode(part.as_bytes())), "{place}: the secret, in hexadecimal");
    }
}

async fn seal_all(kit: &TestApp) {
    for number in 1..=VALUES {
        let secret = KeptSecret::new(marker(number)).unwrap();
        let mut tx = kit.app.db.begin().await.unwrap();
        kit.app.sealed().seal(&mut tx, row(kit, number), "mailbox:1", &secret).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn assert_all_open(kit: &TestApp) {
    for number in 1..=VALUES {
        let opened = kit.app.sealed().open(&mut &kit.app.db, row(kit, number)).await.unwrap().unwrap();
        assert!(opened.reveal() == marker(number), "value {number}");
    }
}

fn settings(db: &TestDb, secret: &str) -> Settings {
    let (data_dir, database_url) = (Some(db.folder.path().to_owned()), Some(db.url.clone()));
    let mut settings =
        Settings::load(Overrides { data_dir, database_url, ..Overrides::default() }, None).unwrap();
    settings.secret_key = Some(Secret(secret.into()));
    settings
}

/// The secret key that the test's service has.
fn secret_key() -> String {
    "\u{7}".repeat(32)
}

/// What callers, operators and thieves of a copy may see, at one moment.
async fn assert_nowhere(kit: &TestApp, when: &str) {
    let dump = kit.db.db.dump().await.unwrap();
    assert!(dump.contains(KIND), "the tables were looked through");
    assert_nothing(&format!("{when}, in the tables and jobs"), dump.as_bytes());
    let backup = kit.db.folder.path().join(format!("{}.backup", when.replace(' ', "-")));
    backup::make(&settings(&kit.db, &secret_key()), &backup).await.unwrap();
    let everything = files(kit.db.folder.path());
    assert!(everything.len() > 10_000, "the files were looked through");
    assert_nothing(&format!("{when}, in a file or backup"), &everything);
    let dossier = kit.call::<ExportPerson>(json!({ "email": EMAIL })).await.unwrap();
    assert_nothing(&format!("{when}, in what is kept of a person"), json!(dossier).to_string().as_bytes());
    let keys = json!(list_sealing_keys(&kit.app).await.unwrap()).to_string();
    for salt in sealing_keys::all(&mut &kit.app.db).await.unwrap() {
        assert!(!keys.contains(&hex::encode(&salt.salt)), "{when}: a salt is shown");
    }
    assert_nothing(&format!("{when}, in the list of keys"), keys.as_bytes());
}

/// Whether the salt is in a table, as PostgreSQL shows it, or in a database's file.
async fn salt_is_there(kit: &TestApp, salt: &[u8]) -> bool {
    let database: Vec<u8> = ["g8.db", "g8.db-wal", "g8.db-shm"]
        .iter()
        .flat_map(|name| fs::read(kit.db.folder.path().join(name)).unwrap_or_default())
        .collect();
    kit.db.db.dump().await.unwrap().contains(&hex::encode(salt)) || holds(&database, salt)
}

on_both! {
    async fn a_sealed_secret_is_nowhere_and_opens_before_and_after_a_rotation(test) {
        let logging = Logging::begin();
        let kit = test_app(test).await;
        kit.call::<contact::CreateContact>(json!({ "work_email": EMAIL })).await.unwrap();
        seal_all(&kit).await;
        assert_all_open(&kit).await;
        let old = sealing_keys::current(&mut &kit.app.db).await.unwrap().unwrap();
        assert!(salt_is_there(&kit, &old.salt).await);
        assert_nowhere(&kit, "before").await;
        rotate_sealing_keys(&kit.app, false).await.unwrap().unwrap();
        assert_nowhere(&kit, "in between").await;
        kit.run_pending_jobs().await;
        assert!(!salt_is_there(&kit, &old.salt).await, "the old key is destroyed");
        assert_nowhere(&kit, "after").await;
        assert_all_open(&kit).await;
        let logged = logging.end();
        assert!(logged.contains("INSERT INTO sealed_values"), "the statements were logged");
        assert_nothing("in the log", logged.as_bytes());
        let bytes = format!("{:?}", old.salt);
        assert!(!logged.contains(&hex::encode(&old.salt)) && !logged.contains(bytes.trim_matches(['[', ']'])), "a salt is logged");
        assert_eq!(old.salt.len(), SealingKey::SALT_BYTES);
    }
}

async fn open_with(settings: &Settings) -> Result<App, StartError> {
    App::open_existing(settings, AREAS).await
}

on_both! {
    async fn a_restored_backup_opens_with_its_secret_key_and_says_which_setting_is_wrong_with_another(test) {
        let kit = test_app(test).await;
        seal_all(&kit).await;
        let (row, same) = (row(&kit, 1), settings(&kit.db, &secret_key()));
        let other = settings(&kit.db, "another secret key of 32 letters");
        let file = kit.db.folder.path().join("a.backup");
        backup::make(&same, &file).await.unwrap();
        let mut tx = kit.app.db.begin().await.unwrap();
        kit.app.sealed().remove_of_owner(&mut tx, row.org, "mailbox:1").await.unwrap();
        tx.commit().await.unwrap();
        let TestApp { app, db: TestDb { db, folder, .. }, .. } = kit;
        drop(app);
        db.close().await;
        drop(db);
        backup::restore(&same, &file, true).await.unwrap();
        let app = open_with(&same).await.unwrap();
        let opened = app.sealed().open(&mut &app.db, row).await.unwrap().unwrap();
        assert_eq!(opened.reveal(), marker(1));
        let found = examine_sealed(&app.db, &app.pepper).await.unwrap();
        assert_eq!((found.values, found.tried, found.closed), (70, 70, 0));
        app.db.close().await;
        let app = open_with(&other).await.unwrap();
        let error = app.sealed().open(&mut &app.db, row).await.unwrap_err();
        assert!(error.message.contains("put the former one back, as G8_SECRET_KEY"), "{}", error.message);
        app.db.close().await;
        drop(folder);
    }
}
