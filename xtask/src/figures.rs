//! How the house is built, in figures: what a new area touches, circles of modules, whose code is compiled where, sizes.

mod code;
mod reach;

use crate::{
    Result,
    run::target,
    tidy::{metadata, modules, source},
};
use std::fs;

/// The programs, as they are released.
const PROGRAMS: [&str; 3] = ["g8-server", "g8-mcp-server", "g8"];

/// Prints them as a table.
pub fn print() -> Result {
    let mut rows = reach::rows()?;
    rows.extend(circles()?);
    rows.extend(code::rows()?);
    rows.extend(PROGRAMS.map(program));
    let width = rows.iter().map(|(what, _)| what.len()).max().unwrap_or_default();
    println!();
    for (what, figure) in rows {
        println!("{what:width$}  {figure}");
    }
    Ok(())
}

/// What is measured, and how much it is.
type Row = (String, String);

fn circles() -> Result<Vec<Row>> {
    let crates = source::crates(&metadata()?)?;
    let row = |of: modules::Figures| {
        let what = format!("modules in the largest circle of imports, {}", of.package);
        (what, format!("{} of {}", of.circle.len(), of.modules))
    };
    Ok(modules::figures(&crates).into_iter().map(row).collect())
}

fn program(name: &str) -> Row {
    let size = fs::metadata(target().join("release").join(name)).map(|file| megabytes(file.len()));
    (format!("size of the program {name}"), size.unwrap_or_else(|_| NOT_BUILT.to_owned()))
}

const NOT_BUILT: &str = "not built: cargo build --release";

fn megabytes(bytes: u64) -> String {
    let tenths = (bytes + 50_000) / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_to_tenths() {
        assert_eq!([0, 49_999, 50_000, 12_345_678].map(megabytes), ["0.0 MB", "0.0 MB", "0.1 MB", "12.3 MB"]);
    }
}
