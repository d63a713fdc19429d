//! New areas and operations, written as the repository writes them: `cargo xtask new`.

mod area;
mod draft;
mod edit;
mod name;
mod operation;
mod table;
mod template;

use crate::{Result, run::root};
use draft::Draft;
use std::path::Path;

const USAGE: &str = "\
cargo xtask new area NAME                          a crate below crates/areas, known to the product
cargo xtask new operation AREA NOUN VERB           an operation of an area, with its test
cargo xtask new operation AREA NOUN VERB --table   the same for a new noun with a table of its own";

/// Scaffolds what the words ask for, and says what was written and what is left to do.
pub fn run(args: &[&str]) -> Result {
    run_in(&root(), args)
}

/// The same in the repository in this folder.
pub fn run_in(repository: &Path, args: &[&str]) -> Result {
    let mut draft = Draft::at(repository);
    let next = match args {
        ["area", name] => area::write(&mut draft, name)?,
        ["operation", area, noun, verb] => operation::write(&mut draft, (area, noun, verb), false)?,
        ["operation", area, noun, verb, "--table"] => operation::write(&mut draft, (area, noun, verb), true)?,
        _ => return Err(USAGE.to_owned()),
    };
    for line in draft.commit()? {
        println!("{line}");
    }
    println!("next:");
    for step in next {
        println!("  {step}");
    }
    Ok(())
}
