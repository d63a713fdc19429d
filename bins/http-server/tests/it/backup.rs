//! Backup and restore by the real program, which is killed in the middle.

use super::server;
use g8_config::{Overrides, Settings};
use g8_core::admin;
use g8_product::open;
use g8_storage::testing::TestDb;
use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// How often each command is killed, at moments spread over the time that it takes.
const KILLS: u32 = 12;

struct Home {
    folder: TempDir,
    url: String,
}

impl Home {
    async fn new(postgres: bool) -> Self {
        let folder = TempDir::new().unwrap();
        let url = if postgres {
            TestDb::postgres().await.url
        } else {
            format!("sqlite://{}", folder.path().join("g8.db").display())
        };
        let home = Self { folder, url };
        let app = open(&home.settings()).await.unwrap();
        admin::create_org(&app, "Acme").await.unwrap();
        let mut tx = app.db.begin().await.unwrap();
        let many = "INSERT INTO contacts (org_id, work_email, personal_emails, meta_data, created_at, updated_at)
                    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 30000)
                    SELECT organizations.id, 'person' || n || '@example.com', '[]', '{}', 0, 0
                    FROM numbers, organizations";
        tx.change(many, vec![]).await.unwrap();
        tx.commit().await.unwrap();
        app.db.close().await;
        home
    }

    fn settings(&self) -> Settings {
        let data_dir = Some(self.folder.path().to_owned());
        let over = Overrides { data_dir, database_url: Some(self.url.clone()), ..Overrides::default() };
        Settings::load(over, None).unwrap()
    }

    fn backup(&self) -> PathBuf {
        self.folder.path().join("a.backup")
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn words(&self, words: &[&str]) -> Vec<String> {
        let place = ["--data-dir", self.path().to_str().unwrap(), "--database-url", &self.url];
        words.iter().chain(&place).map(|word| (*word).to_owned()).collect()
    }

    fn run(&self, words: &[&str]) -> Output {
        let words = self.words(words);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        server(self.path(), &words)
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .output()
            .unwrap()
    }

    fn says(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs it for so long and no longer.
    fn killed_after(&self, time: Duration, words: &[&str]) -> bool {
        let mut command = Command::new("timeout");
        command.args(["-s", "KILL", &time.as_secs_f64().to_string(), env!("CARGO_BIN_EXE_g8-server")]);
        !command.args(self.words(words)).env("HOME", self.path()).output().unwrap().status.success()
    }

    /// The moments at which to kill a command, from how long it takes.
    #[expect(clippy::disallowed_methods, reason = "what is killed half way must be known to be half way")]
    fn moments(&self, words: &[&str]) -> impl Iterator<Item = Duration> + use<> {
        let start = Instant::now();
        self.says(words);
        let whole = start.elapsed();
        (1..=KILLS).map(move |part| whole * part / (KILLS + 2))
    }

    fn orgs(&self) -> usize {
        self.says(&["org", "list"]).lines().count()
    }
}

async fn killed_backups_harm_nothing(postgres: bool) {
    let home = Home::new(postgres).await;
    let file = home.backup();
    let words = ["backup", file.to_str().unwrap()];
    let mut killed = 0;
    for moment in home.moments(&words) {
        std::fs::remove_file(&file).unwrap();
        if home.killed_after(moment, &words) {
            killed += 1;
            // It may die between the last rename and its own end: what has the name of a backup is one.
            if file.exists() {
                let whole = home.says(&["restore", file.to_str().unwrap(), "--replace"]);
                assert!(
                    whole.starts_with("Restored 300"),
                    "half a backup has the name of a whole one: {whole}"
                );
            }
        }
        home.says(&words);
    }
    assert!(killed > 0, "every backup was done before it was killed");
    assert_eq!(home.orgs(), 1);
    let whole = home.says(&["restore", file.to_str().unwrap(), "--replace"]);
    assert!(whole.starts_with("Restored 300"), "{whole}");
}

async fn killed_restores_leave_the_old_or_the_new(postgres: bool) {
    let home = Home::new(postgres).await;
    let file = home.backup();
    home.says(&["backup", file.to_str().unwrap()]);
    let words = ["restore", file.to_str().unwrap(), "--replace"];
    let mut killed = 0;
    for moment in home.moments(&words) {
        if home.orgs() == 1 {
            home.says(&["org", "create", "Later"]);
        }
        let cut = home.killed_after(moment, &words);
        killed += u32::from(cut);
        let orgs = home.orgs();
        assert!(if cut { [1, 2].contains(&orgs) } else { orgs == 1 }, "{orgs}");
        // Whichever it is, all of it is there.
        assert!(home.says(&["backup", home.path().join("after").to_str().unwrap()]).contains(" holds 300"));
    }
    assert!(killed > 0, "every restore was done before it was killed");
    home.says(&words);
    assert_eq!(home.orgs(), 1);
}

#[tokio::test]
async fn killed_backups_harm_nothing_on_sqlite() {
    killed_backups_harm_nothing(false).await;
}

#[tokio::test]
async fn killed_backups_harm_nothing_on_postgres() {
    killed_backups_harm_nothing(true).await;
}

#[tokio::test]
async fn killed_restores_leave_the_old_or_the_new_on_sqlite() {
    killed_restores_leave_the_old_or_the_new(false).await;
}

#[tokio::test]
async fn killed_restores_leave_the_old_or_the_new_on_postgres() {
    killed_restores_leave_the_old_or_the_new(true).await;
}

#[test]
fn a_backup_is_made_while_the_server_runs_and_a_restore_waits_for_its_end() {
    let folder = TempDir::new().unwrap();
    let mut running = super::Running::start(folder.path());
    let file = folder.path().join("a.backup").display().to_string();
    let made = server(folder.path(), &["backup", &file]).output().unwrap();
    let said = String::from_utf8(made.stdout).unwrap();
    assert!(said.contains("secret.key elsewhere"), "{said}");
    let early = server(folder.path(), &["restore", &file, "--replace"]).output().unwrap();
    assert!(super::one_line(&early).contains("another g8-server is running"));
    assert_eq!(running.stop(), Some(0));
    assert!(server(folder.path(), &["restore", &file, "--replace"]).output().unwrap().status.success());
}
