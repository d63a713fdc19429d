//! A backup holds everything or is not there; a restore is whole or did not happen.

use super::{make, restore};
use futures_util::future::join_all;
use g8_config::{Overrides, Settings};
use g8_core::{App, admin, testing::TestApp};
use g8_storage::{on_both, snapshot, testing::TestDb};
use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};
use tempfile::TempDir;

/// An installation that nobody runs.
struct Rest {
    settings: Settings,
    folder: TempDir,
}

fn settings(kit: &TestDb) -> Settings {
    let data_dir = Some(kit.folder.path().to_owned());
    let over = Overrides {
        data_dir,
        database_url: Some(kit.url.clone()),
        secret_key: Some("a secret key of 32 characters ...".into()),
        ..Overrides::default()
    };
    let mut settings = Settings::load(over, None).unwrap();
    settings.secret_key = Some(g8_config::Secret("a secret key of 32 characters ...".into()));
    settings
}

impl Rest {
    /// Stops what runs.
    async fn of(kit: TestApp) -> Self {
        let settings = settings(&kit.db);
        let TestApp { app, db: TestDb { db, folder, .. }, .. } = kit;
        drop(app);
        db.close().await;
        Self { settings, folder }
    }

    fn backup(&self) -> PathBuf {
        self.folder.path().join("a.backup")
    }

    async fn orgs(&self) -> Vec<String> {
        let app = App::open_existing(&self.settings, &[]).await.unwrap();
        let names = admin::list_orgs(&app).await.unwrap().into_iter().map(|org| org.name).collect();
        app.db.close().await;
        names
    }

    async fn restore(&self, replace: bool) -> Result<super::Restored, String> {
        restore(&self.settings, &self.backup(), replace).await.map_err(|error| error.to_string())
    }
}

on_both! {
    async fn what_was_there_at_the_backup_is_there_after_the_restore(test) {
        let kit = TestApp::of(&[], test).await;
        let (settings, backup) = (settings(&kit.db), kit.db.folder.path().join("a.backup"));
        let made = make(&settings, &backup).await.unwrap();
        assert_eq!(made.manifest.rows["organizations"], 1);
        assert_eq!(fs::metadata(&backup).unwrap().permissions().mode() & 0o777, 0o600);
        let bytes = fs::read(&backup).unwrap();
        assert!(!bytes.windows(12).any(|part| part == b"a secret key"), "it holds the secret key");
        admin::create_org(&kit.app, "Later").await.unwrap();
        let running = restore(&settings, &backup, true).await.unwrap_err().to_string();
        assert!(running.contains("stop it and try again"), "{running}");
        let rest = Rest::of(kit).await;
        let refused = rest.restore(false).await.unwrap_err();
        assert!(refused.contains("--replace"), "{refused}");
        assert_eq!(rest.orgs().await, ["My workspace", "Later"]);
        let restored = rest.restore(true).await.unwrap();
        assert_eq!(restored.same_secret_key, Some(true));
        assert_eq!(rest.orgs().await, ["My workspace"]);
    }
}

on_both! {
    async fn it_is_made_while_others_write_and_nothing_is_left_beside_it(test) {
        let kit = TestApp::of(&[], test).await;
        let (settings, backup) = (settings(&kit.db), kit.db.folder.path().join("a.backup"));
        let writes = (0..60).map(|n| {
            let app = kit.app.clone();
            async move { admin::create_org(&app, &format!("Org {n}")).await.unwrap() }
        });
        let (made, _) = tokio::join!(make(&settings, &backup), join_all(writes));
        assert!((1..=61).contains(&made.unwrap().manifest.rows["organizations"]));
        let again = make(&settings, &backup).await.unwrap();
        assert_eq!(again.manifest.rows["organizations"], 61);
        let names = fs::read_dir(kit.db.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let left: Vec<_> = names.filter(|name| name.to_string_lossy().starts_with("a.backup.")).collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

on_both! {
    async fn a_backup_with_one_wrong_byte_changes_nothing(test) {
        let kit = TestApp::of(&[], test).await;
        let backup = kit.db.folder.path().join("a.backup");
        make(&settings(&kit.db), &backup).await.unwrap();
        let rest = Rest::of(kit).await;
        let whole = fs::read(&backup).unwrap();
        for at in [300, 700, 2000, whole.len() / 2, whole.len() - 2000] {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x20;
            fs::write(&backup, damaged).unwrap();
            if let Err(why) = rest.restore(true).await {
                assert!(["damaged", "not whole", "no backup"].iter().any(|word| why.contains(word)), "{at}: {why}");
            }
            assert_eq!(rest.orgs().await, ["My workspace"], "{at}");
        }
        fs::write(&backup, &whole[..whole.len() / 2]).unwrap();
        rest.restore(true).await.unwrap_err();
        assert_eq!(rest.orgs().await, ["My workspace"]);
    }
}

#[tokio::test]
async fn the_old_database_is_kept_even_when_it_cannot_be_read() {
    let kit = TestApp::of(&[], TestDb::sqlite().await).await;
    let (settings, backup) = (settings(&kit.db), kit.db.folder.path().join("a.backup"));
    make(&settings, &backup).await.unwrap();
    let rest = Rest::of(kit).await;
    let file = rest.folder.path().join("g8.db");
    fs::write(&file, "this is no database").unwrap();
    let refused = rest.restore(false).await.unwrap_err();
    assert!(refused.contains("--replace"), "{refused}");
    let aside = rest.restore(true).await.unwrap().aside.unwrap();
    assert_eq!(fs::read(aside).unwrap(), b"this is no database");
    assert_eq!(rest.orgs().await, ["My workspace"]);
    assert!(rest.restore(true).await.unwrap().aside.unwrap().ends_with("g8.db.before-restore-2"));
}

#[tokio::test]
async fn what_stands_in_the_way_is_said() {
    let kit = TestApp::of(&[], TestDb::sqlite().await).await;
    let (mut settings, folder) = (settings(&kit.db), kit.db.folder.path());
    let database = folder.join("g8.db");
    let over = make(&settings, &database).await.unwrap_err().to_string();
    assert!(over.contains("is no backup; choose another name"), "{over}");
    let nowhere = make(&settings, &folder.join("no/such/a.backup")).await.unwrap_err().to_string();
    assert!(nowhere.contains("correct its folder"), "{nowhere}");
    make(&settings, &folder.join("a.backup")).await.unwrap();
    settings.database_url = "postgres://127.0.0.1:1/nowhere".into();
    let other = restore(&settings, &folder.join("a.backup"), true).await.unwrap_err().to_string();
    assert!(other.contains("made on sqlite"), "{other}");
    settings.database_url = format!("sqlite://{}", folder.join("empty/g8.db").display());
    let nothing = make(&settings, &folder.join("b.backup")).await.unwrap_err().to_string();
    assert!(nothing.contains("there is no database at"), "{nothing}");
    let fresh = restore(&settings, &folder.join("a.backup"), false).await.unwrap();
    assert!(fresh.aside.is_none());
}

on_both! {
    async fn what_a_killed_backup_left_goes_with_the_next_one(test) {
        let kit = TestApp::of(&[], test).await;
        let (settings, folder) = (settings(&kit.db), kit.db.folder.path());
        let [left, busy] = ["2026-11-20.backup", "2026-11-21.backup"].map(|name| folder.join(name));
        let file = |path: &PathBuf, end: &str| PathBuf::from(format!("{}.{end}", path.display()));
        for path in [&left, &busy] {
            fs::write(file(path, "unfinished"), "").unwrap();
            fs::write(file(path, "copy"), "a database").unwrap();
        }
        fs::write(folder.join("mine.copy"), "somebody's").unwrap();
        let held = fs::File::options().write(true).open(file(&busy, "unfinished")).unwrap();
        held.lock().unwrap();
        make(&settings, &folder.join("a.backup")).await.unwrap();
        let there = |path: &PathBuf| [file(path, "unfinished").exists(), file(path, "copy").exists()];
        assert_eq!((there(&left), there(&busy)), ([false, false], [true, true]));
        assert!(folder.join("mine.copy").exists());
    }
}

on_both! {
    async fn a_copy_with_a_row_too_few_is_found_before_it_is_needed(test) {
        let kit = TestApp::of(&[], test).await;
        let copy = kit.db.folder.path().join("a.copy");
        fs::write(&copy, "").unwrap();
        let content = snapshot::take(&kit.db.url, &copy).await.unwrap();
        let engine = snapshot::Engine::of(&kit.db.url).unwrap();
        snapshot::check(engine, &copy, &content).await.unwrap();
        let mut more = content;
        *more.rows.get_mut("api_keys").unwrap() += 1;
        let why = snapshot::check(engine, &copy, &more).await.unwrap_err().to_string();
        assert_eq!(why, "the copy is not whole: it has other rows in api_keys");
    }
}
