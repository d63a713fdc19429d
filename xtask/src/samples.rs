//! Contact exports as people really have them, from a seeded generator.

use crate::{Result, run::root};
use encoding_rs::WINDOWS_1252;
use rand::{RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use std::{fs, path::PathBuf};

const FIRST: &[&str] = &[
    "Ann", "Ben", "Chloé", "Dörte", "Émile", "Fatima", "Grzegorz", "Håkon", "Inês", "Jürgen", "Kōji", "Lars",
    "María", "Noël", "Óscar", "Priya", "Quentin", "Renée", "Søren", "Théo", "Uma", "Věra", "Wei", "Xavier",
    "Yusuf", "Zoë",
];
const LAST: &[&str] = &[
    "Müller",
    "O'Brien",
    "García",
    "Smith",
    "Nguyễn",
    "Ødegård",
    "Le Goff",
    "van der Berg",
    "Schmidt",
    "Kowalski",
    "Rossi",
    "Dubois",
    "Silva",
    "Andersson",
    "Brown",
    "Papadopoulos",
    "Novák",
    "Tanaka",
    "Okafor",
    "Weiß",
];
const TITLES: &[&str] = &[
    "VP Sales",
    "Head of Marketing",
    "CEO",
    "Account Executive",
    "CTO, Co-Founder",
    "Director \"Growth\"",
    "Revenue Operations Manager",
    "Leiter Vertrieb",
    "Sales Development Representative",
    "n/a",
];
const TRADES: &[&str] =
    &["Analytics", "Robotics", "Foods", "Logistics", "Health", "Energy", "Textiles", "Media"];
const FORMS: &[&str] = &["GmbH", "Ltd", "Inc.", "S.A.", "AB", "& Co, KG"];
const PLACES: &[(&str, &str)] = &[
    ("München", "Germany"),
    ("Paris", "France"),
    ("São Paulo", "Brazil"),
    ("Kraków", "Poland"),
    ("Austin", "United States"),
    ("London", "United Kingdom"),
    ("Göteborg", "Sweden"),
    ("Madrid", "Spain"),
];
const SOURCES: &[&str] = &["Trade fair", "Webinar", "Referral", ""];

/// A file of the samples.
struct Sample {
    name: &'static str,
    rows: usize,
    delimiter: char,
    headers: &'static [&'static str],
    bytes: fn(String) -> Vec<u8>,
}

const SAMPLES: &[Sample] = &[
    Sample {
        name: "contacts-export.csv",
        rows: 5_200,
        delimiter: ',',
        headers: &[
            "First Name ",
            "LAST NAME",
            "E-mail Address",
            "Job title",
            "Company / Account",
            "Web site?",
            "Mobile",
            "LinkedIn Profile",
            "City",
            "Country/Region",
            "Lead source",
        ],
        bytes: |text| [b"\xEF\xBB\xBF", text.replace('\n', "\r\n").as_bytes()].concat(),
    },
    Sample {
        name: "contacts-export-windows-1252.csv",
        rows: 400,
        delimiter: ';',
        headers: &[
            "Vorname", "Nachname", "E-Mail", "Position", "Firma", "Webseite", "Mobil", "LinkedIn", "Ort",
            "Land", "Quelle",
        ],
        bytes: |text| WINDOWS_1252.encode(&text).0.into_owned(),
    },
];

/// Writes the samples.
pub fn write() -> Result {
    for sample in SAMPLES {
        fs::write(path(sample), generate(sample)).map_err(|cause| format!("{}: {cause}", sample.name))?;
    }
    Ok(())
}

/// Fails unless the samples are what the generator writes.
pub fn check() -> Result {
    for sample in SAMPLES {
        if fs::read(path(sample)).ok() != Some(generate(sample)) {
            return Err(format!(
                "docs/samples/{} is not what the generator writes; run cargo xtask samples",
                sample.name
            ));
        }
    }
    Ok(())
}

fn path(sample: &Sample) -> PathBuf {
    root().join("docs/samples").join(sample.name)
}

fn generate(sample: &Sample) -> Vec<u8> {
    let mut rng = StdRng::seed_from_u64(2026);
    let mut lines = vec![line(sample, sample.headers)];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for number in 0..sample.rows {
        let row = match rng.random_range(0..100) {
            // Somebody met twice, written differently.
            0..4 if !rows.is_empty() => again(&rows[rng.random_range(0..rows.len())]),
            _ => person(number, &mut rng),
        };
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        lines.push(match rng.random_range(0..200) {
            // A row cut off, and one with a delimiter too many.
            0 => line(sample, &cells[..4]),
            1 => line(sample, &[cells.as_slice(), &["?"]].concat()),
            _ => line(sample, &cells),
        });
        rows.push(row);
    }
    (sample.bytes)(lines.concat())
}

fn pick<'a, T: ?Sized>(from: &[&'a T], rng: &mut StdRng) -> &'a T {
    from.choose(rng).copied().unwrap_or(from[0])
}

fn person(number: usize, rng: &mut StdRng) -> Vec<String> {
    let (first, last) = (pick(FIRST, rng), pick(LAST, rng));
    let trade = pick(TRADES, rng);
    let company = rng.random_range(1..400);
    let name = format!("{trade} {company} {}", pick(FORMS, rng));
    let site = format!("{}{company}.example.com", trade.to_lowercase());
    let (city, country) = PLACES.choose(rng).copied().unwrap_or(PLACES[0]);
    let email = match rng.random_range(0..100) {
        0 => format!("{} at {site}", ascii(first)),
        1 => format!("{}@", ascii(first)),
        _ => format!("{}.{}{number}@{site}", ascii(first), ascii(last)),
    };
    let website = match rng.random_range(0..10) {
        0 => String::new(),
        1..4 => format!("https://www.{site}/en?utm_source=list"),
        _ => site.clone(),
    };
    let linkedin = match rng.random_range(0..4) {
        0 => format!("https://www.linkedin.com/in/{}-{}-{number}/", ascii(first), ascii(last)),
        _ => String::new(),
    };
    let phone = format!(
        "+{} {:03} {:07}",
        rng.random_range(1..99),
        rng.random_range(0..999),
        rng.random_range(0..9_999_999)
    );
    let cells = [
        first,
        last,
        &email,
        pick(TITLES, rng),
        &name,
        &website,
        &phone,
        &linkedin,
        city,
        country,
        pick(SOURCES, rng),
    ];
    cells.iter().map(ToString::to_string).collect()
}

/// The same person as another list has them.
fn again(row: &[String]) -> Vec<String> {
    let mut row = row.to_vec();
    row[2] = format!(" {} ", row[2].to_uppercase());
    row[3] = "Managing Director".to_owned();
    row
}

fn ascii(name: &str) -> String {
    name.to_lowercase().chars().filter(char::is_ascii_lowercase).collect()
}

fn line(sample: &Sample, cells: &[&str]) -> String {
    let quoted: Vec<String> = cells.iter().map(|cell| quote(cell, sample.delimiter)).collect();
    quoted.join(&sample.delimiter.to_string()) + "\n"
}

fn quote(cell: &str, delimiter: char) -> String {
    if cell.contains([delimiter, '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
