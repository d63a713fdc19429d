//! A table of a noun's own: its statements, its migration, its event, its job, what it keeps of a person and how long.

use super::{
    draft::Draft,
    edit::{add_line, before, push},
    name::plural,
    operation::Place,
};
use crate::Result;

/// Drafts the table and everything that hangs on it.
pub fn write(draft: &mut Draft, place: &Place) -> Result {
    let fill = |template| place.values.fill(template);
    for (name, template) in [
        ("event", include_str!("../../templates/noun/event.rs.txt")),
        ("job", include_str!("../../templates/noun/job.rs.txt")),
        ("person", include_str!("../../templates/noun/person.rs.txt")),
        ("table", include_str!("../../templates/noun/table.rs.txt")),
        ("testing", include_str!("../../templates/noun/testing.rs.txt")),
        ("view", include_str!("../../templates/noun/view.rs.txt")),
    ] {
        draft.create(&format!("{}/{name}.rs", place.folder), fill(template))?;
    }
    draft.create(
        &migration(draft, &plural(&place.noun))?,
        fill(include_str!("../../templates/noun/migration.sql.txt")),
    )?;
    draft.change(&format!("{}/lib.rs", place.source), |text| {
        let text = push(text, "const EVENTS", &fill("EventKind::of::<{{noun}}::{{Noun}}Created>()"))?;
        push(&text, "const JOBS", &fill("JobKind::of::<{{noun}}::Announce{{Noun}}>()"))
    })?;
    person(draft, place)?;
    retention(draft, place)
}

/// The file of the next migration; the table must not be there.
fn migration(draft: &Draft, table: &str) -> Result<String> {
    let names = draft.list("migrations");
    for name in &names {
        let text = draft.read(&format!("migrations/{name}"))?;
        if text.contains(&format!("CREATE TABLE {table} (")) {
            return Err(format!("migrations/{name} makes a table {table} already; nothing was written"));
        }
    }
    let last = names.iter().filter_map(|name| name.get(..4)?.parse::<u16>().ok()).max().unwrap_or_default();
    Ok(format!("migrations/{:04}_{table}.sql", last + 1))
}

/// Declares what the noun keeps of a person; the area's file is made with its first such noun.
fn person(draft: &mut Draft, place: &Place) -> Result {
    let path = format!("{}/person.rs", place.source);
    let fill = |text| place.values.fill(text);
    first(
        draft,
        place,
        &path,
        include_str!("../../templates/area/person.rs.txt"),
        ("person", "PersonalData::None", "PersonalData::Kept(&person::KEPT)"),
    )?;
    draft.change(&path, |text| {
        let text = push(text, "tables:", &fill("\"{{nouns}}\""))?;
        let text = push(&text, "answers:", &fill("\"{{noun}}\""))?;
        let text =
            before(&text, "fn export(", "Ok(all)", &fill("{{noun}}::export(app, who, &mut all).await?;\n"))?;
        before(&text, "fn erase(", "Ok(())", &fill("{{noun}}::erase(tx, who).await?;\n"))
    })
}

/// Declares how long the noun is kept; the area's file is made with its first such noun.
fn retention(draft: &mut Draft, place: &Place) -> Result {
    let path = format!("{}/retention.rs", place.source);
    let until = "Retain::Until(|_, tx, now, limit| Box::pin(retention::forget(tx, now, limit)))";
    first(
        draft,
        place,
        &path,
        include_str!("../../templates/area/retention.rs.txt"),
        ("retention", "Retain::Everything", until),
    )?;
    let days = format!("{}_DAYS", plural(&place.noun).to_uppercase());
    draft.change(&path, |text| {
        let kept = place.values.fill("/// How long {{nouns words}} are kept.\nconst ")
            + &format!("{days}: i64 = 365;\n\n");
        let text = before(text, "", "/// Deletes", &kept)?;
        let line = place
            .values
            .fill("gone += {{noun}}::table::forget(tx, now.plus(-DAYS * Ts::DAY), limit).await?;\n");
        before(&text, "fn forget(", "Ok(gone)", &line.replace("DAYS", &days))
    })
}

/// Makes the area's file of this name and declares it, if it is not there; else lets it know one noun more.
fn first(
    draft: &mut Draft,
    place: &Place,
    path: &str,
    template: &str,
    (module, without, with): (&str, &str, &str),
) -> Result {
    if draft.has(path) {
        let line = place.values.fill("use crate::{{noun}};");
        return draft.change(path, |text| Ok(add_line(text, "use ", &line)));
    }
    draft.create(path, place.values.fill(template))?;
    draft.change(&format!("{}/lib.rs", place.source), |text| {
        if !text.contains(without) {
            return Err(format!("there is no `{without}` to replace"));
        }
        let text = text.replacen(without, with, 1);
        Ok(add_line(&text, "mod ", &format!("mod {module};")))
    })
}

/// Adds the statement that a verb needs, if the table has none of its name.
pub fn statement(draft: &mut Draft, place: &Place, verb: &str) -> Result {
    let template = match verb {
        "update" => include_str!("../../templates/noun/update_statement.txt"),
        "delete" => include_str!("../../templates/noun/delete_statement.txt"),
        _ => return Ok(()),
    };
    draft.change(&format!("{}/table.rs", place.folder), |text| {
        if text.contains(&format!("pub async fn {verb}(")) {
            return Ok(text.to_owned());
        }
        let (code, tests) = text.split_once("\n#[cfg(test)]").unwrap_or((text, ""));
        let tests = if tests.is_empty() { String::new() } else { format!("\n#[cfg(test)]{tests}") };
        Ok(format!("{code}{}{tests}", place.values.fill(template)))
    })
}
