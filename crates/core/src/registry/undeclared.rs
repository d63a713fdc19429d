//! Tables that may hold something of a person, and that no area knows of.

use crate::{Area, area::PersonalData};

/// A sentence for each of these tables that no area names in its [`KeptData`](crate::KeptData): it would neither be
/// shown to whom it is about nor erased. Which tables tell of contacts, a test reads from a migrated database.
#[must_use]
pub fn undeclared(areas: &[&'static Area], tables: &[String]) -> Vec<String> {
    let kept = |area: &'static Area| match area.person {
        PersonalData::None => [].as_slice(),
        PersonalData::Kept(kept) => kept.tables,
    };
    let declared: Vec<&str> = areas.iter().copied().flat_map(kept).copied().collect();
    let unknown = tables.iter().filter(|table| !declared.contains(&table.as_str()));
    let sentence = |table: &String| {
        format!(
            "the table {table} names contacts, and no area declares it in its PersonalData: it would not be erased"
        )
    };
    unknown.map(sentence).collect()
}
