//! People who do not exist: the n-th of them is always the same, so that nothing has to be remembered.

use crate::Result;
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

const STEMS: [&str; 24] = [
    "Al", "Bern", "Car", "Dor", "El", "Fran", "Ger", "Hel", "Is", "Jul", "Karl", "Leon", "Mar", "Nor", "Ol",
    "Petr", "Quent", "Ros", "Sam", "Tom", "Ulr", "Val", "Wil", "Yv",
];
const FIRST_ENDINGS: [&str; 12] = ["a", "an", "e", "el", "ette", "ia", "ie", "in", "ina", "is", "o", "us"];
const LAST_ENDINGS: [&str; 12] =
    ["ard", "berg", "ez", "feld", "ini", "ley", "mann", "ova", "sen", "sky", "ton", "well"];
const LEVELS: [&str; 6] = ["VP", "Head of", "Director of", "Manager of", "Specialist in", "Chief of"];
const FUNCTIONS: [&str; 10] = [
    "Sales",
    "Marketing",
    "Finance",
    "Engineering",
    "Support",
    "Operations",
    "Design",
    "Research",
    "Procurement",
    "Logistics",
];
const TRADES: [&str; 12] = [
    "Analytics",
    "Robotics",
    "Foods",
    "Freight",
    "Health",
    "Energy",
    "Textiles",
    "Media",
    "Tools",
    "Optics",
    "Travel",
    "Paper",
];
const PLACES: [(&str, &str); 20] = [
    ("Berlin", "Germany"),
    ("Paris", "France"),
    ("Recife", "Brazil"),
    ("Gdansk", "Poland"),
    ("Austin", "United States"),
    ("Leeds", "United Kingdom"),
    ("Malmo", "Sweden"),
    ("Sevilla", "Spain"),
    ("Torino", "Italy"),
    ("Porto", "Portugal"),
    ("Gent", "Belgium"),
    ("Utrecht", "Netherlands"),
    ("Aarhus", "Denmark"),
    ("Bergen", "Norway"),
    ("Tampere", "Finland"),
    ("Graz", "Austria"),
    ("Basel", "Switzerland"),
    ("Brno", "Czechia"),
    ("Osaka", "Japan"),
    ("Toronto", "Canada"),
];

/// One of them.
pub struct Person {
    pub first: String,
    pub last: String,
    pub email: String,
    pub job_title: String,
    pub company: String,
    pub domain: String,
    pub city: &'static str,
    pub country: &'static str,
}

impl Person {
    /// The columns that everybody who is measured stores, in the order of [`COLUMNS`].
    pub fn cells(&self) -> [&str; 8] {
        [
            &self.email,
            &self.first,
            &self.last,
            &self.job_title,
            &self.company,
            &self.domain,
            self.city,
            self.country,
        ]
    }
}

/// What [`Person::cells`] are called.
pub const COLUMNS: [&str; 8] =
    ["email", "first_name", "last_name", "job_title", "company_name", "company_domain", "city", "country"];

/// The `n`-th of `of` people; ten share a company.
pub fn person(n: u64, of: u64) -> Person {
    let mut dice = Dice(n);
    let (first, last) = (first(dice.throw()), dice.pair(&STEMS, "", &LAST_ENDINGS));
    let (company, domain) = company(dice.throw() % (of / 10).max(1));
    let (city, country) = PLACES[index(dice.throw(), PLACES.len())];
    let job_title = dice.pair(&LEVELS, " ", &FUNCTIONS);
    let email = format!("{first}.{last}{n}@{domain}").to_lowercase();
    Person { first, last, email, job_title, company, domain, city, country }
}

/// Some first name.
pub fn first(n: u64) -> String {
    Dice(n).pair(&STEMS, "", &FIRST_ENDINGS)
}

/// Some last name.
pub fn last(n: u64) -> String {
    Dice(n).pair(&STEMS, "", &LAST_ENDINGS)
}

/// Some country.
pub fn country(n: u64) -> &'static str {
    PLACES[index(n, PLACES.len())].1
}

/// Some part of a job title.
pub fn function(n: u64) -> &'static str {
    FUNCTIONS[index(n, FUNCTIONS.len())]
}

/// Name and domain of a company.
pub fn company(n: u64) -> (String, String) {
    let name = Dice(n).pair(&STEMS, "tec ", &TRADES);
    let domain = format!("{}{n}.example.com", name.to_lowercase().replace(' ', "-"));
    (format!("{name} {n}"), domain)
}

/// A number that looks thrown and is not.
pub fn scatter(n: u64) -> u64 {
    Dice(n).throw()
}

/// Writes a file of people, as `g8 import contacts` reads it.
pub fn write_csv(path: &Path, count: u64) -> Result {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "{}", COLUMNS.join(","))?;
    for n in 0..count {
        writeln!(file, "{}", person(n, count).cells().join(","))?;
    }
    Ok(file.flush()?)
}

/// The splitmix64 generator.
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn pair(&mut self, left: &[&str], between: &str, right: &[&str]) -> String {
        let (left, right) = (left[index(self.throw(), left.len())], right[index(self.throw(), right.len())]);
        format!("{left}{between}{right}")
    }
}

fn index(n: u64, len: usize) -> usize {
    usize::try_from(n % len as u64).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_the_same_each_time_differ_from_each_other_and_need_no_quotes() {
        assert_eq!(person(7, 1_000).email, person(7, 1_000).email);
        let emails: std::collections::HashSet<String> = (0..1_000).map(|n| person(n, 1_000).email).collect();
        assert_eq!(emails.len(), 1_000);
        let plain = |cell: &str| !cell.is_empty() && cell.is_ascii() && !cell.contains([',', '"', '\n']);
        assert!((0..1_000).all(|n| person(n, 1_000).cells().into_iter().all(plain)));
    }
}
