//! What the names of the files in `migrations/` say: `NNNN_name.sql` for both engines, or `NNNN_name.sqlite.sql` and
//! `NNNN_name.postgres.sql` where they differ by design.

use std::collections::BTreeMap;

/// One migration and the names of its files.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    pub version: i64,
    pub name: String,
    pub text: Text,
}

/// The names of its files.
#[derive(Debug, PartialEq, Eq)]
pub enum Text {
    Both(String),
    Each { sqlite: String, postgres: String },
}

/// The migrations of these files, in order.
///
/// # Errors
/// One sentence: a name is none of a migration, a number comes twice or is left out, or a half of a pair is missing.
pub fn read(files: &[String]) -> Result<Vec<Found>, String> {
    let mut by_version: BTreeMap<i64, Vec<(&str, &str, &str)>> = BTreeMap::new();
    for file in files {
        let (version, name, engine) = parts(file).ok_or_else(|| {
            format!("migrations/{file} is not named NNNN_name.sql or NNNN_name.{{sqlite,postgres}}.sql")
        })?;
        by_version.entry(version).or_default().push((name, engine, file));
    }
    let mut all = Vec::new();
    for (expected, (version, files)) in (1..).zip(by_version) {
        if version != expected {
            return Err(format!(
                "migrations/ has {version:04} and not {expected:04} before it: numbers leave no gap"
            ));
        }
        all.push(one(version, files)?);
    }
    Ok(all)
}

/// Version, name and engine, which is empty for both.
fn parts(file: &str) -> Option<(i64, &str, &str)> {
    let (digits, rest) = file.strip_suffix(".sql")?.split_once('_')?;
    let (name, engine) = rest.split_once('.').unwrap_or((rest, ""));
    let is_word = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    let sound = digits.len() == 4
        && digits.chars().all(|digit| digit.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(is_word)
        && ["", "sqlite", "postgres"].contains(&engine)
        && engine.is_empty() != rest.contains('.');
    if sound { Some((digits.parse().ok()?, name, engine)) } else { None }
}

fn one(version: i64, mut files: Vec<(&str, &str, &str)>) -> Result<Found, String> {
    files.sort_unstable();
    let made = |name: &str, text| Ok(Found { version, name: name.to_owned(), text });
    match files.as_slice() {
        [(name, "", file)] => made(name, Text::Both((*file).to_owned())),
        [(name, "postgres", postgres), (same, "sqlite", sqlite)] if name == same => {
            made(name, Text::Each { sqlite: (*sqlite).to_owned(), postgres: (*postgres).to_owned() })
        }
        [(_, engine, file)] => {
            let other = if *engine == "sqlite" { "postgres" } else { "sqlite" };
            Err(format!("migrations/{file} has no other half for {other}"))
        }
        _ => {
            let names: Vec<&str> = files.iter().map(|(.., file)| *file).collect();
            Err(format!("migrations/ has the number {version:04} more than once: {}", names.join(", ")))
        }
    }
}
