//! Which server has which database.

use g8_config::{Overrides, Settings};
use g8_core::{StartError, claim};
use std::{fs, os::unix::fs::symlink, path::Path};
use tempfile::TempDir;

fn on(file: &Path) -> Settings {
    let over = Overrides { database_url: Some(format!("sqlite:{}", file.display())), ..Overrides::default() };
    Settings::load(over, None).unwrap()
}

#[test]
fn a_database_has_one_server_whatever_it_is_called_and_a_server_one_database() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.db");
    let first = claim(&on(&file)).unwrap();
    fs::write(&file, "").unwrap();
    let elsewhere = TempDir::new().unwrap();
    let link = elsewhere.path().join("b.db");
    symlink(&file, &link).unwrap();
    let around = folder.path().join("../").join(folder.path().file_name().unwrap()).join("a.db");
    for same in [&file, &link, &around] {
        assert!(matches!(claim(&on(same)), Err(StartError::Taken(_))), "{}", same.display());
    }
    // Another database in the same folder is another one.
    for other in ["a.sqlite", "a", "a.db.old"] {
        drop(claim(&on(&folder.path().join(other))).unwrap_or_else(|error| panic!("{other}: {error}")));
    }
    drop(first);
    drop(claim(&on(&link)).unwrap());
}
