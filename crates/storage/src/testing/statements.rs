//! Statements that are written in a folder of source files, prepared on both engines: a wrong column fails here.

use super::TestDb;
use crate::{Db, Sql, StorageResult};
use sqlx::{Executor, SqlSafeStr};
use std::{
    fs,
    path::{Path, PathBuf},
};
use syn::visit::Visit;

/// Prepares every statement that stands as a literal in the Rust files below a folder, on SQLite and on PostgreSQL;
/// says how many there are.
///
/// # Panics
/// An engine refuses a statement, one is hidden inside a macro, or there is none: the test has failed.
pub async fn statements(folder: impl AsRef<Path>) -> usize {
    let folder = folder.as_ref();
    let all = written(folder);
    assert!(!all.is_empty(), "{} has no statement", folder.display());
    for test in [TestDb::sqlite().await, TestDb::postgres().await] {
        for text in &all {
            let prepared = prepare(&test.db, text).await;
            assert!(prepared.is_ok(), "{text}\n{:?}", prepared.err());
        }
    }
    all.len()
}

async fn prepare(db: &Db, text: &str) -> StorageResult<()> {
    // Statements are literals; a test ends soon enough to keep what it has read for good.
    let sql = Sql::from(&*Box::leak(text.to_owned().into_boxed_str()));
    match db {
        Db::Sqlite { write, .. } => {
            write.alone(move |on| on.prepare(&sql.sqlite()).map(drop).map_err(Into::into)).await
        }
        Db::Postgres(pool) => pool.prepare(sql.postgres().into_sql_str()).await.map(drop).map_err(Into::into),
    }
}

fn written(folder: &Path) -> Vec<String> {
    let mut found = Literals(Vec::new(), false);
    for file in files(folder) {
        let text = fs::read_to_string(&file).expect("a readable file");
        found.visit_file(&syn::parse_file(&text).expect("a file of Rust"));
    }
    found.0
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of source files");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let inside = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    paths
        .into_iter()
        .flat_map(inside)
        .filter(|path| path.extension().is_some_and(|kind| kind == "rs"))
        .collect()
}

/// Collects the string literals of a file that are whole statements.
/// The last one may only be what a list selects.
struct Literals(Vec<String>, bool);

impl Visit<'_> for Literals {
    fn visit_lit_str(&mut self, literal: &syn::LitStr) {
        self.take(literal.value());
    }

    fn visit_macro(&mut self, call: &syn::Macro) {
        // `args!` and `record!` hold none.
        assert!(!call.tokens.to_string().contains("SELECT "), "a statement hides inside a macro");
    }
}

impl Literals {
    fn take(&mut self, text: String) {
        let verb = text.split_whitespace().next().unwrap_or_default();
        // What a list selects is written before where it comes from; counting selects nothing.
        match (verb, self.0.last()) {
            ("FROM", Some(select)) if self.1 => {
                let whole = format!("{select} {text}");
                self.0.pop();
                self.1 = false;
                return self.0.push(whole);
            }
            ("FROM", _) => return self.0.push(format!("SELECT 1 {text}")),
            _ => self.1 = verb == "SELECT" && !at_top(&text).contains("FROM"),
        }
        if ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains(&verb) {
            self.0.push(complete(text));
        }
    }
}

/// The text outside parentheses.
fn at_top(text: &str) -> String {
    let mut depth = 0;
    let outside = |letter: &char| {
        depth += i32::from(*letter == '(') - i32::from(*letter == ')');
        depth == 0
    };
    text.chars().filter(outside).collect()
}

/// A statement that many rows or keys are put into, with one.
fn complete(text: String) -> String {
    if text.ends_with(" IN ") {
        return text + "(NULL)";
    }
    if !text.ends_with("VALUES ") {
        return text;
    }
    let columns = text.split(['(', ')']).nth(1).unwrap_or_default().split(',').count();
    let places: Vec<String> = (1..=columns).map(|place| format!("${place}")).collect();
    format!("{text}({})", places.join(", "))
}
