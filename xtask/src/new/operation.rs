//! An operation of an area: its file, its line in the noun, its line in the area.

use super::{
    draft::Draft,
    edit::{add_line, push},
    name::{capital, check, kebab, pascal, plural, words},
    table,
    template::{Values, package},
};
use crate::Result;

/// Names in a noun's folder that are no verbs.
const KEPT: [&str; 9] = ["event", "job", "person", "table", "testing", "tests", "view", "lib", "main"];
/// Names in an area's folder that are no nouns.
const KEPT_IN_AREA: [&str; 6] = ["events", "person", "retention", "testing", "tests", "lib"];

/// What is to be written where.
pub struct Place {
    pub area: String,
    pub noun: String,
    /// The folder of the area's source files.
    pub source: String,
    /// The folder of the noun.
    pub folder: String,
    pub values: Values,
}

/// Drafts the operation, and with `with_table` all that a new noun needs; the steps that are left.
pub fn write(
    draft: &mut Draft,
    (area, noun, verb): (&str, &str, &str),
    with_table: bool,
) -> Result<Vec<String>> {
    let place = place(draft, (area, noun, verb))?;
    let is_new = !draft.has(&format!("{}/mod.rs", place.folder));
    if with_table && !is_new {
        return Err(format!("{noun} is there already: leave out --table; nothing was written"));
    }
    let lib = format!("{}/lib.rs", place.source);
    if is_new {
        let template = if with_table {
            include_str!("../../templates/noun/mod_table.rs.txt")
        } else {
            include_str!("../../templates/noun/mod.rs.txt")
        };
        draft.create(&format!("{}/mod.rs", place.folder), place.values.fill(template))?;
        draft.change(&lib, |text| Ok(add_line(text, "pub mod ", &format!("pub mod {noun};"))))?;
    }
    let scopes = scopes(draft, &place)?;
    if with_table {
        table::write(draft, &place)?;
    }
    let has_table = draft.has(&format!("{}/table.rs", place.folder));
    let operation = operation(noun, verb);
    let text = file(&place, (verb, &operation), has_table, &scopes);
    draft.create(&format!("{}/{verb}.rs", place.folder), text)?;
    if has_table {
        table::statement(draft, &place, verb)?;
    }
    draft.change(&format!("{}/mod.rs", place.folder), |text| {
        let text = add_line(text, "mod ", &format!("mod {verb};"));
        Ok(add_line(&text, "pub use ", &format!("pub use {verb}::{operation};")))
    })?;
    draft.change(&lib, |text| {
        push(text, "const OPERATIONS", &format!("Action::of::<{noun}::{operation}>()"))
    })?;
    Ok(next(area, with_table))
}

fn place(draft: &Draft, (area, noun, verb): (&str, &str, &str)) -> Result<Place> {
    check("an area", area)?;
    check("a noun", noun)?;
    check("a verb", verb)?;
    let source = format!("crates/areas/{area}/src");
    if !draft.has(&format!("{source}/lib.rs")) {
        return Err(format!("there is no area {area}: cargo xtask new area {area}"));
    }
    if KEPT.contains(&verb) || KEPT_IN_AREA.contains(&noun) || draft.has(&format!("{source}/{noun}.rs")) {
        return Err(format!(
            "{source}/{noun}/{verb}.rs would stand where something else belongs; take another name"
        ));
    }
    let folder = format!("{source}/{noun}");
    let values = Values::of_area(area).and_noun(noun);
    Ok(Place { area: area.to_owned(), noun: noun.to_owned(), source, folder, values })
}

/// The type of an operation: `CreateEntry`, `ListEntries`.
fn operation(noun: &str, verb: &str) -> String {
    let object = if verb == "list" { plural(noun) } else { noun.to_owned() };
    format!("{}{}", pascal(verb), pascal(&object))
}

/// The expressions of the scopes for reading and for writing a noun. Those that nobody has published are the area's.
fn scopes(draft: &mut Draft, place: &Place) -> Result<[String; 2]> {
    let nouns = plural(&place.noun);
    let published = draft.read("crates/domain/src/scope.rs")?;
    if published.contains(&format!("= \"{nouns}:read\""))
        && published.contains(&format!("= \"{nouns}:write\""))
    {
        let name = nouns.to_uppercase();
        return Ok([format!("Scope::{name}_READ"), format!("Scope::{name}_WRITE")]);
    }
    let module = format!("{}/mod.rs", place.folder);
    if !draft.read(&module)?.contains("pub const READ: Scope") {
        let declared = place.values.fill(include_str!("../../templates/noun/scopes.rs.txt"));
        draft.change(&module, |text| Ok(text.to_owned() + &declared))?;
        draft.change(&format!("{}/lib.rs", place.source), |text| {
            let text =
                push(text, "scopes:", &place.values.fill("({{noun}}::READ, \"Read {{nouns words}}\")"))?;
            let write = "({{noun}}::WRITE, \"Create, change and delete {{nouns words}}\")";
            let text = push(&text, "scopes:", &place.values.fill(write))?;
            // Events of a category are opened by its `…s:read`; other plurals are named.
            if nouns == format!("{}s", place.noun) {
                return Ok(text);
            }
            push(&text, "readers:", &place.values.fill("(\"{{noun}}\", {{noun}}::READ)"))
        })?;
    }
    Ok(["super::READ".to_owned(), "super::WRITE".to_owned()])
}

/// The text of the operation's file.
fn file(
    place: &Place,
    (verb, operation): (&str, &str),
    has_table: bool,
    [read, write]: &[String; 2],
) -> String {
    let (template, method, path) =
        if has_table { on_table(&place.noun, verb) } else { plain(&place.noun, verb) };
    let is_published = read.starts_with("Scope::");
    let kebab_nouns = kebab(&plural(&place.noun));
    let command = match verb {
        "list" => kebab_nouns,
        "get" => kebab(&place.noun),
        verb => format!("{}-{}", kebab(verb), kebab(&place.noun)),
    };
    let values = Values::of_area(&place.area)
        .and_noun(&place.noun)
        .with("verb", verb)
        .with("Verb words", &capital(&words(verb)))
        .with("Operation", operation)
        .with("path", &path)
        .with("command", &command)
        .with("METHOD", &method.to_uppercase())
        .with("Method", method)
        .with(".created()", if verb == "create" { ".created()" } else { "" })
        .with(", Scope", if is_published { ", Scope" } else { "" })
        .with("read", read)
        .with("write", write);
    values.fill(template)
}

/// Template, HTTP method and path of an operation on rows of a table.
fn on_table(noun: &str, verb: &str) -> (&'static str, &'static str, String) {
    let all = format!("/{}", kebab(&plural(noun)));
    let one = format!("{all}/{{{noun}_id}}");
    match verb {
        "create" => (include_str!("../../templates/verb/create.rs.txt"), "Post", all),
        "list" => (include_str!("../../templates/verb/list.rs.txt"), "Get", all),
        "get" => (include_str!("../../templates/verb/get.rs.txt"), "Get", one),
        "update" => (include_str!("../../templates/verb/update.rs.txt"), "Patch", one),
        "delete" => (include_str!("../../templates/verb/delete.rs.txt"), "Delete", one),
        verb => (include_str!("../../templates/verb/act.rs.txt"), "Post", format!("{one}/{}", kebab(verb))),
    }
}

/// The same where there is no table: what is asked is about the noun as a whole.
fn plain(noun: &str, verb: &str) -> (&'static str, &'static str, String) {
    let all = format!("/{}", kebab(&plural(noun)));
    let write = include_str!("../../templates/verb/plain_write.rs.txt");
    match verb {
        "list" | "get" => (include_str!("../../templates/verb/plain_read.rs.txt"), "Get", all),
        "create" => (write, "Post", all),
        "update" => (write, "Patch", all),
        "delete" => (write, "Delete", all),
        verb => (write, "Post", format!("{all}/{}", kebab(verb))),
    }
}

fn next(area: &str, with_table: bool) -> Vec<String> {
    let mut steps = vec![format!("cargo test -p {}", package(area))];
    if with_table {
        steps.push("decide what is kept of people (person.rs) and for how long (retention.rs)".to_owned());
    }
    steps
        .push("cargo xtask tidy; the contract's snapshots in crates/doors show the new operation".to_owned());
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_named_and_addressed_by_verb_and_noun() {
        assert_eq!(operation("entry", "create"), "CreateEntry");
        assert_eq!(operation("cost_center", "list"), "ListCostCenters");
        assert_eq!(operation("pipeline", "set_default"), "SetDefaultPipeline");
        let (_, method, path) = on_table("cost_center", "set_default");
        assert_eq!((method, path.as_str()), ("Post", "/cost-centers/{cost_center_id}/set-default"));
        assert_eq!(plain("entry", "update").1, "Patch");
    }
}
