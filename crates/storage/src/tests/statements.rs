//! Every statement of this crate is prepared on both engines: a wrong column fails here.

use crate::{Db, filter::Sql, on_both};
use sqlx::{Executor, SqlSafeStr};
use std::path::Path;
use syn::visit::Visit;

/// Collects the string literals of a file that are whole statements.
/// The last one may only be what a list selects.
struct Literals(Vec<String>, bool);

impl Visit<'_> for Literals {
    fn visit_lit_str(&mut self, literal: &syn::LitStr) {
        self.take(literal.value());
    }

    fn visit_macro(&mut self, call: &syn::Macro) {
        // Only `args!` and `record!` appear around statements, and neither holds one.
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
    let columns = text.split(['(', ')']).nth(1).unwrap().split(',').count();
    let places: Vec<String> = (1..=columns).map(|place| format!("${place}")).collect();
    format!("{text}({})", places.join(", "))
}

fn statements() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/table");
    let mut found = Literals(Vec::new(), false);
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        found.visit_file(&syn::parse_file(&text).unwrap());
    }
    found.0
}

on_both! {
    async fn every_statement_prepares(test) {
        let all = statements();
        assert!(all.len() > 40, "only {} statements were found", all.len());
        for text in all {
            let sql = Sql::from(&*Box::leak(text.clone().into_boxed_str()));
            let prepared = match &test.db {
                Db::Sqlite { write, .. } => write.exclusive().await.unwrap().as_mut().prepare(sql.sqlite().into_sql_str()).await.map(drop),
                Db::Postgres(pool) => pool.prepare(sql.postgres().into_sql_str()).await.map(drop),
            };
            assert!(prepared.is_ok(), "{text}\n{:?}", prepared.err());
        }
    }
}
