//! vCards (RFC 6350, and 2.1 and 3.0 as phones and mail programs write them).

use super::{Cells, Line, json::JsonLines, source::bad};
use calcard::{
    Entry, Parser,
    vcard::{VCard, VCardEntry, VCardParameterValue, VCardProperty, VCardType, VCardValue},
};
use g8_core::Args;
use serde_json::{Value, json};
use std::io::{self, Read};

/// Longest card that is read, in bytes; a card with a picture can be some hundred kilobytes.
const MAX_CARD: usize = 4 * 1024 * 1024;

/// Reads a file card by card.
pub struct Cards<R>(JsonLines<R>);

impl<R: Read> Cards<R> {
    pub fn new(file: R) -> Self {
        Self(JsonLines::new(file))
    }

    pub fn offset(&self) -> u64 {
        self.0.offset()
    }

    /// The text of the next card, and the line it starts on.
    fn card(&mut self) -> io::Result<Option<(u64, Vec<u8>)>> {
        let (mut start, mut card) = (0, Vec::new());
        while let Some(line) = self.0.text()? {
            let begins = line.trim_ascii().eq_ignore_ascii_case(b"BEGIN:VCARD");
            if card.is_empty() && !begins {
                return bad(&format!("line {} is outside any vCard", self.0.number()));
            }
            if card.is_empty() {
                start = self.0.number();
            }
            card.extend_from_slice(&line);
            if line.trim_ascii().eq_ignore_ascii_case(b"END:VCARD") {
                return Ok(Some((start, card)));
            }
            if card.len() > MAX_CARD {
                return bad(&format!("the vCard on line {start} is over 4 MiB"));
            }
        }
        if card.is_empty() { Ok(None) } else { bad(&format!("the vCard on line {start} has no end")) }
    }
}

impl<R: Read> Iterator for Cards<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        let (number, text) = match self.card() {
            Ok(card) => card?,
            Err(error) => return Some(Err(error)),
        };
        let text = String::from_utf8_lossy(&text);
        let cells = match Parser::new(&text).entry() {
            Entry::VCard(card) => Ok(Cells::Object(person(&card))),
            _ => Err("is not a vCard that can be read".to_owned()),
        };
        Some(Ok(Line { number, cells }))
    }
}

/// A card as a contact's fields.
fn person(card: &VCard) -> Args {
    let mut person = Args::new();
    let mut emails = Vec::new();
    for entry in &card.entries {
        let texts: Vec<&str> = entry.values.iter().flat_map(texts).collect();
        let first = texts.first().copied().unwrap_or_default().trim();
        let fields: &[(&str, &str)] = match &entry.name {
            VCardProperty::Fn => &[("full_name", first)],
            VCardProperty::N => {
                &[("last_name", first), ("first_name", texts.get(1).copied().unwrap_or_default())]
            }
            VCardProperty::Title => &[("job_title", first)],
            VCardProperty::Org => {
                &[("company_name", first), ("job_department", texts.get(1).copied().unwrap_or_default())]
            }
            VCardProperty::Note => &[("about", first)],
            VCardProperty::Tel if is(entry, &VCardType::Cell) => &[("mobile_phone", first)],
            VCardProperty::Tel if !is(entry, &VCardType::Fax) => &[("direct_phone", first)],
            VCardProperty::Url if first.to_lowercase().contains("linkedin.com") => &[("linkedin_url", first)],
            VCardProperty::Url => &[("company_domain", first)],
            // Post box, extension, street, city, state, code, country (RFC 6350 §6.3.1).
            VCardProperty::Adr => &[
                ("city", texts.get(3).copied().unwrap_or_default()),
                ("state", texts.get(4).copied().unwrap_or_default()),
                ("country", texts.get(6).copied().unwrap_or_default()),
            ],
            VCardProperty::Email => {
                emails.push((is(entry, &VCardType::Home), first));
                &[]
            }
            _ => &[],
        };
        for (field, text) in fields.iter().filter(|(_, text)| !text.trim().is_empty()) {
            let text = text.trim().strip_prefix("tel:").unwrap_or(text.trim());
            person.entry(*field).or_insert_with(|| json!(text));
        }
    }
    if person.contains_key("first_name") || person.contains_key("last_name") {
        person.remove("full_name");
    }
    addresses(&mut person, emails);
    person
}

/// The first address that is not called a home address is the work one; the others are private.
fn addresses(person: &mut Args, mut emails: Vec<(bool, &str)>) {
    emails.retain(|(_, address)| !address.is_empty());
    emails.sort_by_key(|(home, _)| *home);
    let mut addresses = emails.into_iter().map(|(_, address)| address);
    if let Some(work) = addresses.next() {
        person.insert("work_email".to_owned(), json!(work));
    }
    let others: Vec<Value> = addresses.map(Value::from).collect();
    if !others.is_empty() {
        person.insert("personal_emails".to_owned(), Value::Array(others));
    }
}

fn texts(value: &VCardValue) -> Vec<&str> {
    match value {
        VCardValue::Text(text) => vec![text.as_str()],
        VCardValue::Component(parts) => parts.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Whether a `TYPE` of the entry is this.
fn is(entry: &VCardEntry, kind: &VCardType) -> bool {
    entry.params.iter().any(|param| matches!(&param.value, VCardParameterValue::Type(one) if one == kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phones_cards_become_people() {
        let file = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:van Dyke;Ann;;;\r\nFN:Ann van Dyke\r\nORG:Acme GmbH;Sales\r\n\
                    TITLE:VP Sales\r\nEMAIL;TYPE=HOME:ann@home.example\r\nEMAIL;TYPE=WORK:ann@acme.example\r\n\
                    TEL;TYPE=CELL:+49 170 1\r\nTEL;TYPE=WORK:+49 211 2\r\nADR;TYPE=WORK:;;Weg 1;Düsseldorf;NRW;40210;Germany\r\n\
                    URL:https://www.linkedin.com/in/ann\r\nNOTE:Met at the\r\n  fair\r\nEND:VCARD\r\n\
                    BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bob\r\nEND:VCARD\r\n";
        let lines: Vec<Line> = Cards::new(file.as_bytes()).map(Result::unwrap).collect();
        let Ok(Cells::Object(ann)) = &lines[0].cells else { panic!("{lines:?}") };
        assert_eq!(
            Value::Object(ann.clone()),
            json!({
                "last_name": "van Dyke", "first_name": "Ann", "company_name": "Acme GmbH", "job_department": "Sales",
                "job_title": "VP Sales", "mobile_phone": "+49 170 1", "direct_phone": "+49 211 2",
                "city": "Düsseldorf", "state": "NRW", "country": "Germany",
                "linkedin_url": "https://www.linkedin.com/in/ann", "about": "Met at the fair",
                "work_email": "ann@acme.example", "personal_emails": ["ann@home.example"],
            })
        );
        assert_eq!(lines[1].number, 16);
        let why = |file: &str| Cards::new(file.as_bytes()).next().unwrap().unwrap_err().to_string();
        assert!(why("Hello\n").contains("outside any vCard"));
        assert!(why("BEGIN:VCARD\nFN:x\n").contains("has no end"));
    }
}
