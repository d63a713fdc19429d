//! Which column of a file is which field of a contact.

use crate::{Args, Shape, ops::contact::ContactFields};
use serde_json::{Value, json};

/// Where a column goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Into a field of the contact.
    Field(&'static str),
    /// A whole name: its first word is the first name, the rest the last.
    FullName,
    /// Nowhere.
    Nothing,
}

impl Target {
    /// Its name, as it is shown and as `--map` takes it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Field(field) => field,
            Self::FullName => "full_name",
            Self::Nothing => "-",
        }
    }
}

/// Spellings seen in exports, letters and digits only, small. The first that fits wins.
const SPELLINGS: &[(&str, &[&str])] = &[
    (
        "work_email",
        &[
            "email",
            "emailaddress",
            "workemail",
            "businessemail",
            "primaryemail",
            "mail",
            "emailwork",
            "contactemail",
            "epost",
            "correo",
        ],
    ),
    ("first_name", &["firstname", "givenname", "first", "vorname", "prenom", "nombre", "forename"]),
    ("last_name", &["lastname", "surname", "familyname", "last", "nachname", "nom", "apellido", "apellidos"]),
    ("job_title", &["jobtitle", "title", "position", "role", "funktion", "poste", "cargo", "headline"]),
    ("job_department", &["jobdepartment", "department", "dept", "abteilung"]),
    ("seniority_level", &["senioritylevel", "seniority", "managementlevel"]),
    (
        "company_name",
        &[
            "companyname",
            "company",
            "organization",
            "organisation",
            "account",
            "accountname",
            "employer",
            "firma",
            "societe",
            "empresa",
            "companyaccount",
        ],
    ),
    (
        "company_domain",
        &[
            "companydomain",
            "website",
            "domain",
            "web",
            "companywebsite",
            "url",
            "webseite",
            "companyurl",
            "homepage",
        ],
    ),
    (
        "direct_phone",
        &["directphone", "phone", "telephone", "phonenumber", "workphone", "businessphone", "telefon", "tel"],
    ),
    ("mobile_phone", &["mobilephone", "mobile", "cell", "cellphone", "handy", "mobil", "mobilenumber"]),
    (
        "linkedin_url",
        &[
            "linkedinurl",
            "linkedin",
            "linkedinprofile",
            "personlinkedinurl",
            "linkedinprofileurl",
            "liprofile",
        ],
    ),
    ("twitter_url", &["twitterurl", "twitter"]),
    ("city", &["city", "town", "ort", "stadt", "ville", "ciudad"]),
    ("state", &["state", "region", "province", "stateregion", "bundesland"]),
    ("country", &["country", "countryregion", "land", "pays", "pais"]),
    ("about", &["about", "notes", "note", "comment", "comments", "bemerkung"]),
];

/// Texts that people write where they have nothing to write.
const NOTHING: &[&str] = &["n/a", "na", "-", "--", "none", "null", "unknown", "?", "#n/a", "nan"];

/// Where each column of a file goes.
#[derive(Debug, Clone)]
pub struct Mapping {
    headers: Vec<String>,
    targets: Vec<Target>,
}

impl Mapping {
    /// Guesses from the headers; what `told` says of a header stands over the guess.
    ///
    /// # Errors
    /// A header or field that `told` names and that does not exist; no column to recognise people by.
    pub fn guess(headers: Vec<String>, told: &[(String, String)]) -> Result<Self, String> {
        let mut targets: Vec<Target> = Vec::new();
        for header in &headers {
            let guess = guess(header);
            // The first of several columns for one field has it; the others would overwrite it.
            let taken = guess != Target::Nothing && targets.contains(&guess);
            targets.push(if taken { Target::Nothing } else { guess });
        }
        for (header, name) in told {
            let at = headers.iter().position(|known| known == header);
            let at =
                at.ok_or_else(|| format!("the file has no column {header}; it has {}", headers.join(", ")))?;
            targets[at] =
                target(name).ok_or_else(|| format!("there is no field {name}; see g8 contact-columns"))?;
        }
        let known_by = [Target::Field("work_email"), Target::Field("linkedin_url")];
        if !known_by.iter().any(|target| targets.contains(target)) {
            return Err(format!(
                "no column looks like an e-mail or LinkedIn address; say which by --map \"HEADER=work_email\"; the file has {}",
                headers.join(", ")
            ));
        }
        Ok(Self { headers, targets })
    }

    /// The columns and where they go, in the file's order.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &Target)> {
        self.headers.iter().map(String::as_str).zip(&self.targets)
    }

    /// How many columns a row must have.
    #[must_use]
    pub fn width(&self) -> usize {
        self.headers.len()
    }

    /// The header of the column that a field came from.
    #[must_use]
    pub fn header(&self, field: &str) -> Option<&str> {
        let full_name = matches!(field, "first_name" | "last_name");
        self.columns()
            .find(|(_, target)| target.name() == field || full_name && **target == Target::FullName)
            .map(|(header, _)| header)
    }

    /// A row as a contact's fields; empty cells and stand-ins for "nothing" are left out.
    #[must_use]
    pub fn contact(&self, cells: &[String]) -> Args {
        let mut contact = Args::new();
        for (target, cell) in self.targets.iter().zip(cells) {
            let cell = cell.trim();
            if cell.is_empty() || NOTHING.contains(&cell.to_lowercase().as_str()) {
                continue;
            }
            match target {
                Target::Nothing => {}
                Target::Field(field) => drop(contact.insert((*field).to_owned(), json!(cell))),
                Target::FullName => {
                    let (first, last) = cell.split_once(' ').unwrap_or((cell, ""));
                    contact.entry("first_name").or_insert_with(|| json!(first));
                    if !last.trim().is_empty() {
                        contact.entry("last_name").or_insert_with(|| Value::from(last.trim()));
                    }
                }
            }
        }
        contact
    }
}

fn guess(header: &str) -> Target {
    let plain: String = header.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    if ["name", "fullname", "contactname", "contact"].contains(&plain.as_str()) {
        return Target::FullName;
    }
    let field = SPELLINGS
        .iter()
        .find(|(field, spellings)| field.replace('_', "") == plain || spellings.contains(&plain.as_str()));
    field.map_or(Target::Nothing, |(field, _)| Target::Field(field))
}

fn target(name: &str) -> Option<Target> {
    match name {
        "-" | "" => return Some(Target::Nothing),
        "full_name" => return Some(Target::FullName),
        _ => {}
    }
    let shape = Shape::of::<ContactFields>();
    let field = shape.field(name).to_owned();
    // A text field of the contact, by the name that outlives the shape.
    SPELLINGS.iter().find(|(known, _)| *known == field).map(|(known, _)| Target::Field(known))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let mapping = Mapping::guess(headers(&names), &[]).unwrap();
        let targets: Vec<&str> = mapping.columns().map(|(_, target)| target.name()).collect();
        assert_eq!(
            targets,
            ["work_email", "first_name", "last_name", "job_title", "company_name", "company_domain", "-"]
        );
        assert_eq!(mapping.header("work_email"), Some("E-mail Address"));
    }

    #[test]
    fn what_is_told_stands_over_the_guess_and_must_exist() {
        let told = |header: &str, field: &str| vec![(header.to_owned(), field.to_owned())];
        let names = headers(&["Contact", "Reach"]);
        assert!(Mapping::guess(names.clone(), &[]).unwrap_err().contains("--map"));
        let mapping = Mapping::guess(names.clone(), &told("Reach", "email")).unwrap();
        let contact = mapping.contact(&headers(&["Ann van Dyke", "ann@example.com"]));
        assert_eq!(
            Value::Object(contact),
            json!({ "first_name": "Ann", "last_name": "van Dyke", "work_email": "ann@example.com" })
        );
        assert!(
            Mapping::guess(names.clone(), &told("Nope", "email")).unwrap_err().contains("no column Nope")
        );
        assert!(
            Mapping::guess(names, &told("Reach", "shoe_size")).unwrap_err().contains("no field shoe_size")
        );
    }

    #[test]
    fn cells_that_say_nothing_are_left_out() {
        let mapping = Mapping::guess(headers(&["Email", "Phone", "City"]), &[]).unwrap();
        let contact = mapping.contact(&headers(&["a@b.de", "n/a", " "]));
        assert_eq!(Value::Object(contact), json!({ "work_email": "a@b.de" }));
    }
}
