//! `g8-server doctor` on installations that are well, and on ones that are not.

use super::{Running, server};
use g8_config::{Overrides, Settings};
use g8_product::open;
use g8_storage::testing::TestDb;
use serde_json::Value;
use std::{
    fs::{self, Permissions},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// An installation in a home of its own, made and left alone.
struct Patient(TempDir);

impl Patient {
    fn new() -> Self {
        let home = TempDir::new().unwrap();
        assert!(server(home.path(), &["org", "create", "Acme"]).status().unwrap().success());
        Self(home)
    }

    fn data(&self, file: &str) -> PathBuf {
        self.0.path().join(".g8/data").join(file)
    }

    /// The verdict and the sentence on `check`, and whether the command succeeded.
    fn on(&self, check: &str) -> (String, String, bool) {
        on(self.0.path(), &[], check)
    }

    /// Runs a statement on the database.
    async fn alter(&self, sql: &'static str) {
        let over = Overrides { data_dir: Some(self.data("")), ..Overrides::default() };
        let app = open(&Settings::load(over, None).unwrap()).await.unwrap();
        let mut tx = app.db.begin().await.unwrap();
        tx.change(sql, vec![]).await.unwrap();
        tx.commit().await.unwrap();
        app.db.close().await;
    }
}

fn on(home: &Path, more: &[&str], check: &str) -> (String, String, bool) {
    let words = [&["doctor", "--json", "--bind", "127.0.0.1:0"], more].concat();
    let output = server(home, &words).output().unwrap();
    let findings: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let finding = findings.iter().find(|finding| finding["check"] == check).unwrap();
    let text = |name: &str| finding[name].as_str().unwrap().to_owned();
    (text("verdict"), text("says"), output.status.success())
}

#[test]
fn an_installation_that_is_well_has_no_complaint() {
    let patient = Patient::new();
    let output = server(patient.0.path(), &["doctor", "--bind", "127.0.0.1:0"]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.lines().count() == 12, "{said}");
    assert!(said.lines().all(|line| line.starts_with("ok    ") || line.starts_with("warn  disk")), "{said}");
}

#[test]
fn before_the_first_start_it_says_what_that_will_make_and_makes_nothing() {
    let home = TempDir::new().unwrap();
    for check in ["data folder", "secret key", "database"] {
        let (verdict, says, done) = on(home.path(), &[], check);
        assert!(verdict == "warn" && done && says.contains("the first start of g8-server makes"), "{says}");
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn a_running_server_is_known_from_another_program_on_its_port() {
    let home = TempDir::new().unwrap();
    let running = Running::start(home.path());
    let address = running.url.strip_prefix("http://").unwrap();
    let port = |address: &str| {
        let output = server(home.path(), &["doctor", "--bind", address]).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        (said.lines().find(|line| line.contains(" port ")).unwrap().to_owned(), output.status.success())
    };
    let (ours, done) = port(address);
    assert!(ours.contains("a g8-server answers on") && done, "{ours}");
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let (foreign, done) = port(&other.local_addr().unwrap().to_string());
    assert!(foreign.starts_with("FAIL") && foreign.contains("another by --bind") && !done, "{foreign}");
}

#[test]
fn a_secret_key_that_others_can_read_or_that_is_lost_fails() {
    let patient = Patient::new();
    let key = patient.data("secret.key");
    fs::set_permissions(&key, Permissions::from_mode(0o644)).unwrap();
    let (verdict, says, done) = patient.on("secret key");
    assert!(verdict == "fail" && !done && says.contains("chmod 600"), "{says}");
    fs::write(&key, "short").unwrap();
    assert!(patient.on("secret key").1.contains("under 32 characters"));
    fs::remove_file(&key).unwrap();
    let (verdict, says, _) = patient.on("secret key");
    assert!(verdict == "fail" && says.contains("put it back"), "{says}");
    fs::set_permissions(patient.data(""), Permissions::from_mode(0o755)).unwrap();
    assert!(patient.on("data folder").1.contains("chmod 700"));
}

#[test]
fn a_damaged_database_fails() {
    let patient = Patient::new();
    let file = patient.data("g8.db");
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[4096..middle].fill(0x55);
    fs::write(&file, bytes).unwrap();
    let (verdict, says, done) = patient.on("database");
    assert!(verdict == "fail" && !done && says.contains("restore a backup"), "{says}");
}

#[tokio::test]
async fn what_is_in_the_database_is_looked_at() {
    let patient = Patient::new();
    patient.alter("UPDATE organizations SET plan = 'gold'").await;
    let (verdict, says, done) = patient.on("plans");
    assert!(verdict == "warn" && done && says.contains("Acme has gold"), "{says}");
    let dead =
        "INSERT INTO jobs (kind, payload, pool, state, due_at, attempt, failures, created_at, finished_at)
                VALUES ('sweep', '{}', 'work', 'dead', 1, 1, 1, 1, 2)";
    patient.alter(dead).await;
    let late = "INSERT INTO jobs (kind, payload, pool, state, due_at, attempt, failures, created_at)
                VALUES ('sweep', '{}', 'work', 'ready', 1, 1, 1, 1)";
    patient.alter(late).await;
    assert!(patient.on("dead jobs").1.starts_with("1 failed for good"));
    assert!(patient.on("late jobs").1.contains("start g8-server"));
    patient.alter("UPDATE _sqlx_migrations SET version = 99 WHERE version = 3").await;
    let (verdict, says, done) = patient.on("migrations");
    assert!(verdict == "fail" && !done && says.contains("run the newer release"), "{says}");
    patient_is_behind().await;
}

async fn patient_is_behind() {
    let patient = Patient::new();
    patient.alter("DELETE FROM _sqlx_migrations WHERE version > 1").await;
    let (verdict, says, done) = patient.on("migrations");
    assert!(verdict == "warn" && done && says.contains("g8-server migrate"), "{says}");
}

#[tokio::test]
async fn postgres_is_looked_at_too() {
    let (home, test) = (TempDir::new().unwrap(), TestDb::postgres().await);
    let more = ["--database-url", test.url.as_str()];
    assert!(on(home.path(), &more, "database").1.starts_with("PostgreSQL "));
    assert_eq!(on(home.path(), &more, "migrations").0, "ok");
    let nobody = ["--database-url", "postgres://g8@127.0.0.1:1/g8"];
    let (verdict, says, done) = on(home.path(), &nobody, "database");
    assert!(verdict == "fail" && !done && says.contains("correct DATABASE_URL"), "{says}");
}

#[test]
fn a_fault_in_the_configuration_is_a_finding() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("g8.toml");
    fs::write(&file, "bnid = 1").unwrap();
    let (verdict, says, done) = on(home.path(), &["--config", file.to_str().unwrap()], "settings");
    assert!(verdict == "fail" && !done && says.contains("bnid"), "{says}");
}
