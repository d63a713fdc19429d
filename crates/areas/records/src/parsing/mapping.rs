//! Which column of a file is which field.

use super::{Cells, spellings};
use crate::{
    built_in::{CompanyFields, ContactFields},
    column::named,
};
use g8_core::{Args, Shape};
use g8_domain::record::{Column, Subject};
use serde_json::{Map, Value, json};
use std::{collections::HashMap, sync::Arc};

/// Where a column goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Into a field of the record.
    Field(String),
    /// Into a custom field of this title or slug.
    Custom(String),
    /// A whole name: its first word is the first name, the rest the last.
    FullName,
    /// Nowhere.
    Nothing,
}

impl Target {
    /// Its name, as it is shown and as a mapping takes it.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Field(field) => field.clone(),
            Self::Custom(title) => format!("{CUSTOM}{title}"),
            Self::FullName => "full_name".to_owned(),
            Self::Nothing => "-".to_owned(),
        }
    }
}

const CUSTOM: &str = "custom.";
/// The name under which our own exports have custom values, in an object of their own.
pub(super) const CUSTOM_FIELDS: &str = "custom_fields";
/// Most names of fields that a file without headers may have.
const MAX_NAMES: usize = 1000;

/// Texts that people write where they have nothing to write.
const NOTHING: &[&str] = &["n/a", "na", "-", "--", "none", "null", "unknown", "?", "#n/a", "nan"];

/// Where each column of a file goes.
#[derive(Clone)]
pub struct Mapping {
    subject: Subject,
    shape: Arc<Shape>,
    column_overrides: Vec<(String, Target)>,
    known: Vec<Column>,
    columns: Vec<(String, Target)>,
    places: HashMap<String, usize>,
}

impl Mapping {
    /// Guesses from the headers; what `column_overrides` says of a header stands over the guess, and our own fields over
    /// the custom ones that are `known`. A file without headers is guessed record by record.
    ///
    /// # Errors
    /// A header or field that `column_overrides` names and that does not exist; no column to recognise records by.
    pub fn guess(
        subject: Subject,
        headers: &[String],
        column_overrides: &[(String, String)],
        known: Vec<Column>,
    ) -> Result<Self, String> {
        let shape = match subject {
            Subject::Contact => Shape::of::<ContactFields>(),
            Subject::Company => Shape::of::<CompanyFields>(),
        };
        let mut mapping = Self {
            subject,
            shape,
            column_overrides: Vec::new(),
            known,
            columns: Vec::new(),
            places: HashMap::new(),
        };
        for (header, name) in column_overrides {
            if !headers.is_empty() && !headers.contains(header) {
                return Err(format!("the file has no column {header}; it has {}", headers.join(", ")));
            }
            let target = mapping.target(name).ok_or_else(|| format!("there is no field {name}"))?;
            mapping.column_overrides.push((header.clone(), target));
        }
        for header in headers {
            let target = mapping.choose(header);
            mapping.columns.push((header.clone(), target));
        }
        if !headers.is_empty() {
            mapping.recognises()?;
        }
        Ok(mapping)
    }

    fn recognises(&self) -> Result<(), String> {
        let (known_by, what) = match self.subject {
            Subject::Contact => (["work_email", "linkedin_url"], "an e-mail or LinkedIn address"),
            Subject::Company => (["domain", "linkedin_url"], "a domain or LinkedIn address"),
        };
        let known =
            |target: &Target| matches!(target, Target::Field(field) if known_by.contains(&field.as_str()));
        // A company's web site says its domain.
        let site = |target: &Target| {
            self.subject == Subject::Company && *target == Target::Field("website".to_owned())
        };
        if self.columns.iter().any(|(_, target)| known(target) || site(target)) {
            return Ok(());
        }
        let headers: Vec<&str> = self.columns.iter().map(|(header, _)| header.as_str()).collect();
        Err(format!(
            "no column looks like {what}; say which by \"HEADER={}\" in the mapping; the file has {}",
            known_by[0],
            headers.join(", ")
        ))
    }

    /// What the caller said of a header, else a guess.
    fn choose(&self, header: &str) -> Target {
        if let Some((_, target)) = self.column_overrides.iter().find(|(name, _)| name == header) {
            return target.clone();
        }
        let guess = self.spelled(header);
        // The first of several columns for one field has it; the others would overwrite it.
        let taken = self.columns.iter().chain(&self.column_overrides).any(|(_, target)| *target == guess);
        if taken { Target::Nothing } else { guess }
    }

    fn spelled(&self, header: &str) -> Target {
        let plain: String = header.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let whole_name = ["name", "fullname", "contactname", "contact"].contains(&plain.as_str());
        if self.subject == Subject::Contact && whole_name {
            return Target::FullName;
        }
        let spellings = match self.subject {
            Subject::Contact => spellings::CONTACT,
            Subject::Company => spellings::COMPANY,
        };
        let field = spellings.iter().find(|(field, spellings)| {
            field.replace('_', "") == plain || spellings.contains(&plain.as_str())
        });
        field.map_or_else(|| self.custom(header), |(field, _)| Target::Field((*field).to_owned()))
    }

    /// A custom field of this title or slug, if there is one; those of our own exports need not be there.
    fn custom(&self, header: &str) -> Target {
        if let Some(name) = header.strip_prefix(CUSTOM_FIELDS).and_then(|rest| rest.strip_prefix('.')) {
            return Target::Custom(name.to_owned());
        }
        let known = self.known.iter().find(|column| named(column, header));
        known.map_or(Target::Nothing, |column| Target::Custom(column.name.clone()))
    }

    /// The target of this name, if there is one.
    fn target(&self, name: &str) -> Option<Target> {
        match name {
            "-" | "" => return Some(Target::Nothing),
            "full_name" if self.subject == Subject::Contact => return Some(Target::FullName),
            _ => {}
        }
        if let Some(title) = name.strip_prefix(CUSTOM).filter(|title| !title.trim().is_empty()) {
            return Some(Target::Custom(title.trim().to_owned()));
        }
        let field = self.shape.field(name).to_owned();
        let known = self.shape.fields().any(|(known, _)| known == field);
        known.then_some(Target::Field(field))
    }

    /// The columns and where they go, in the file's order.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &Target)> {
        self.columns.iter().map(|(header, target)| (header.as_str(), target))
    }

    /// The header of the column that a field came from.
    #[must_use]
    pub fn header(&self, field: &str) -> Option<&str> {
        let full_name = matches!(field, "first_name" | "last_name");
        let from = |target: &Target| target.name() == field || full_name && *target == Target::FullName;
        self.columns().find(|(_, target)| from(target)).map(|(header, _)| header)
    }

    /// A record's fields and custom values; empty ones and stand-ins for "nothing" are left out.
    ///
    /// # Errors
    /// The file has more names than can be.
    pub fn fields(&mut self, cells: Cells) -> Result<(Args, Map<String, Value>), String> {
        let (mut fields, mut custom) = (Args::new(), Map::new());
        match cells {
            Cells::Row(cells) => {
                for ((_, target), cell) in self.columns.iter().zip(cells) {
                    put(target, Value::String(cell), &mut fields, &mut custom);
                }
            }
            Cells::Object(object) => {
                for (name, value) in flat(object) {
                    let place = self.place(&name)?;
                    put(&self.columns[place].1, value, &mut fields, &mut custom);
                }
            }
        }
        Ok((fields, custom))
    }

    /// The column of a field that a record names, chosen when it is first seen.
    fn place(&mut self, name: &str) -> Result<usize, String> {
        if let Some(place) = self.places.get(name) {
            return Ok(*place);
        }
        if self.columns.len() == MAX_NAMES {
            return Err(format!(
                "the file has over {MAX_NAMES} names of fields; leave out what is not to be imported"
            ));
        }
        let target = self.choose(name);
        self.columns.push((name.to_owned(), target));
        self.places.insert(name.to_owned(), self.columns.len() - 1);
        Ok(self.columns.len() - 1)
    }
}

/// The values of a record, those of its custom fields beside its own.
fn flat(object: Args) -> impl Iterator<Item = (String, Value)> {
    object.into_iter().flat_map(|(name, value)| match value {
        Value::Object(custom) if name == CUSTOM_FIELDS => {
            custom.into_iter().map(|(name, value)| (format!("{CUSTOM_FIELDS}.{name}"), value)).collect()
        }
        value => vec![(name, value)],
    })
}

fn put(target: &Target, value: Value, fields: &mut Args, custom: &mut Map<String, Value>) {
    let Some(value) = something(value) else { return };
    match target {
        Target::Nothing => {}
        Target::Custom(title) => drop(custom.insert(title.clone(), value)),
        Target::Field(field) if field == "personal_emails" => {
            let list = match value {
                Value::String(text) => addresses(&text),
                other => other,
            };
            fields.insert(field.clone(), list);
        }
        Target::Field(field) => drop(fields.insert(field.clone(), value)),
        Target::FullName => {
            let text = value.as_str().unwrap_or_default();
            let (first, last) = text.split_once(' ').unwrap_or((text, ""));
            fields.entry("first_name").or_insert_with(|| json!(first));
            if !last.trim().is_empty() {
                fields.entry("last_name").or_insert_with(|| json!(last.trim()));
            }
        }
    }
}

/// Several addresses in one text: as our own exports have them, else one behind the other.
fn addresses(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(list @ Value::Array(_)) => list,
        _ => text.split([',', ';']).map(|one| json!(one.trim())).collect(),
    }
}

/// A value that says something, without the blanks around it.
fn something(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) => {
            let plain = text.trim();
            let nothing =
                plain.is_empty() || plain.len() <= 7 && NOTHING.contains(&plain.to_lowercase().as_str());
            if nothing {
                return None;
            }
            Some(if plain.len() == text.len() { Value::String(text) } else { json!(plain) })
        }
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(headers: &[String], overrides: &[(String, String)]) -> Result<Mapping, String> {
        Mapping::guess(Subject::Contact, headers, overrides, Vec::new())
    }

    fn contact(mut mapping: Mapping, cells: &[&str]) -> Value {
        Value::Object(mapping.fields(Cells::Row(headers(cells))).unwrap().0)
    }

    fn headers(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn odd_headers_find_their_fields() {
        let names = [
            "E-mail Address",
            "First Name ",
            "LAST_NAME",
            "Job title",
            "Company / Account",
            "Web site?",
            "Shoe size",
        ];
        let mapping = guess(&headers(&names), &[]).unwrap();
        let targets: Vec<String> = mapping.columns().map(|(_, target)| target.name()).collect();
        assert_eq!(
            targets,
            ["work_email", "first_name", "last_name", "job_title", "company_name", "company_domain", "-"]
        );
        assert_eq!(mapping.header("work_email"), Some("E-mail Address"));
    }

    #[test]
    fn what_is_told_stands_over_the_guess_and_must_exist() {
        let overrides = |header: &str, field: &str| vec![(header.to_owned(), field.to_owned())];
        let names = headers(&["Contact", "Reach"]);
        assert!(guess(&names, &[]).err().unwrap().contains("in the mapping"));
        let mapping = guess(&names, &overrides("Reach", "email")).unwrap();
        assert_eq!(
            contact(mapping, &["Ann van Dyke", "ann@example.com"]),
            json!({ "first_name": "Ann", "last_name": "van Dyke", "work_email": "ann@example.com" })
        );
        assert!(guess(&names, &overrides("Nope", "email")).err().unwrap().contains("no column Nope"));
        assert!(
            guess(&names, &overrides("Reach", "shoe_size")).err().unwrap().contains("no field shoe_size")
        );
    }

    #[test]
    fn cells_that_say_nothing_are_left_out() {
        let mapping = guess(&headers(&["Email", "Phone", "City"]), &[]).unwrap();
        assert_eq!(contact(mapping, &["a@b.de", "n/a", " "]), json!({ "work_email": "a@b.de" }));
    }

    #[test]
    fn records_that_name_their_fields_are_guessed_as_they_come() {
        let overrides = vec![("lead".to_owned(), "custom.Lead source".to_owned())];
        let mut mapping = guess(&[], &overrides).unwrap();
        let record = json!({ "E-Mail": "a@b.de", "lead": "Fair", "shoe": 43, "phone": null });
        let Value::Object(record) = record else { unreachable!() };
        let (fields, custom) = mapping.fields(Cells::Object(record)).unwrap();
        assert_eq!(
            (json!(fields), json!(custom)),
            (json!({ "work_email": "a@b.de" }), json!({ "Lead source": "Fair" }))
        );
        let companies = headers(&["Company", "Web site", "Employees"]);
        let mapping = Mapping::guess(Subject::Company, &companies, &[], Vec::new()).unwrap();
        assert_eq!(mapping.header("employee_count"), Some("Employees"));
    }
}
