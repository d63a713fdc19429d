//! Files that nobody meant, and files as they are meant: what is read of them, and how much.

use super::{Cells, Line, Mapping, Rows, Source};
use g8_domain::{
    record::{FileFormat, Subject},
    value::uncell,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
};

const FORMATS: [FileFormat; 3] = [FileFormat::Csv, FileFormat::Jsonl, FileFormat::Vcard];
/// What parsers stumble over.
const BITS: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r",
    b"\r\n",
    b"\n\n",
    b"=1+1",
    b"\xEF\xBB\xBF",
    b"\xFF",
    b"\xC3",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"{\"email\":\"a@x.com\"}",
    b"1e999",
    b"email",
    b"Name",
    b"a@x.com",
    b"BEGIN:VCARD\n",
    b"END:VCARD\n",
    b"begin:vcard\r\n",
    b"VERSION:2.1\n",
    b"N:",
    b"FN:x\n",
    b"EMAIL;TYPE=HOME:",
    b"TEL;TYPE=CELL,VOICE:tel:",
    b"ENCODING=QUOTED-PRINTABLE:=",
    b"=C3=\n",
    b"PHOTO;ENCODING=b:",
    b"\n ",
    b"\n\t",
    b"item1.",
    b"ADR:;;;;;;",
    b"'",
    b"\xE2\x80\xA8",
    b"\x0B",
    b"n/a",
    b"-",
];

/// A file put together from those, and some other bytes.
fn files() -> impl Strategy<Value = Vec<u8>> {
    let bit = prop_oneof![
        6 => proptest::sample::select(BITS).prop_map(<[u8]>::to_vec),
        1 => proptest::collection::vec(any::<u8>(), 0..8),
    ];
    proptest::collection::vec(bit, 0..200).prop_map(|bits| bits.concat())
}

/// The records of a file, up to where it cannot be read on.
fn lines(format: FileFormat, file: &[u8]) -> Result<Vec<Line>, String> {
    let source = Source::open(format, file).map_err(|error| error.to_string())?;
    let columns = source.headers().len();
    let lines: Vec<Line> = source.map_while(Result::ok).collect();
    for line in &lines {
        if let Ok(Cells::Row(cells)) = &line.cells {
            assert_eq!(cells.len(), columns);
        }
    }
    Ok(lines)
}

proptest! {
    #[test]
    fn any_file_is_read_or_refused(file in files()) {
        for format in FORMATS {
            let Ok(lines) = lines(format, &file) else { continue };
            let breaks = file.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
            prop_assert!(lines.len() <= breaks + 1, "no record comes from nothing");
            prop_assert!(lines.windows(2).all(|two| two[0].number < two[1].number || format == FileFormat::Csv));
            prop_assert!(lines.iter().all(|line| line.number as usize <= breaks + 1));
        }
    }

    #[test]
    fn any_record_is_taken_or_refused_with_reasons(file in files()) {
        for (format, subject) in FORMATS.into_iter().flat_map(|one| [(one, Subject::Contact), (one, Subject::Company)]) {
            // A table of people or companies, but for what is in it.
            let head: &[u8] = if format == FileFormat::Csv { b"email,domain,name,tags\n" } else { b"" };
            let file = [head, &file].concat();
            let Ok(source) = Source::open(format, file.as_slice()) else { continue };
            let mapping = Mapping::guess(subject, source.headers(), &[], Vec::new()).unwrap();
            for parsed in Rows::new(source, mapping, subject).map_while(Result::ok) {
                if let Err(faults) = parsed.record {
                    prop_assert!(!faults.is_empty() && faults.iter().all(|fault| !fault.reason.is_empty()));
                }
            }
        }
    }

    #[test]
    fn a_table_comes_back_as_it_was_written(
        rows in proptest::collection::vec(proptest::array::uniform3("[^\0\u{FEFF}]{0,30}"), 0..20),
        delimiter in proptest::sample::select(&b",;\t"[..]),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["email", "name", "city"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let read = lines(FileFormat::Csv, &writer.into_inner().unwrap()).unwrap();
        let read: Vec<_> = read.into_iter().map(|line| line.cells.unwrap()).collect();
        // The mark that exports put before what a spreadsheet would run goes again.
        let unmarked = |row: [String; 3]| Cells::Row(row.iter().map(|cell| uncell(cell).to_owned()).collect());
        prop_assert_eq!(read, rows.into_iter().map(unmarked).collect::<Vec<_>>());
    }

    #[test]
    fn objects_come_back_as_they_were_written(
        objects in proptest::collection::vec(proptest::collection::btree_map("[^\0]{0,12}", ".{0,30}", 1..5), 1..20),
    ) {
        let file: String = objects.iter().map(|object| format!("{}\n", json!(object))).collect();
        let read = lines(FileFormat::Jsonl, file.as_bytes()).unwrap();
        let written: Vec<Map<String, Value>> = objects
            .into_iter()
            .map(|object| object.into_iter().map(|(name, text)| (name, json!(text))).collect())
            .collect();
        prop_assert_eq!(read.into_iter().map(|line| line.cells.unwrap()).collect::<Vec<_>>(),
            written.into_iter().map(Cells::Object).collect::<Vec<_>>());
    }

    #[test]
    fn a_card_comes_back_however_it_is_folded(
        first in "[A-Za-zäöüß]{1,20}", last in "[A-Za-zäöüß]{1,20}", folds in proptest::collection::vec(1_usize..60, 0..4),
    ) {
        let mut text: Vec<char> = format!("N:{last};{first};;;").chars().collect();
        for fold in folds {
            if fold < text.len() {
                text.splice(fold..fold, "\r\n ".chars());
            }
        }
        // A fold within a fold is no fold.
        let name: String = text.into_iter().collect();
        prop_assume!(!name.contains(" \r\n") && !name.contains("\r\r") && !name.contains("\n\r") && !name.contains("\r\n\r"));
        let card = format!("BEGIN:VCARD\r\nVERSION:3.0\r\n{name}\r\nEND:VCARD\r\n");
        let read = lines(FileFormat::Vcard, card.as_bytes()).unwrap().remove(0).cells.unwrap();
        let Cells::Object(person) = read else { panic!("a card is no row") };
        prop_assert_eq!(Value::Object(person), json!({ "first_name": first, "last_name": last }));
    }
}

/// A file without end, and how much of it was read.
struct Endless {
    bytes: Vec<u8>,
    read: Rc<Cell<usize>>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let from = self.read.get();
        for (place, byte) in buffer.iter_mut().enumerate() {
            *byte = self.bytes[(from + place) % self.bytes.len()];
        }
        self.read.set(from + buffer.len());
        Ok(buffer.len())
    }
}

/// The most that is read for one record: a vCard, its last line, and what readers hold ahead.
const MOST: usize = 7 << 20;

#[test]
fn a_record_without_end_is_given_up_in_time() {
    let endings: [(FileFormat, &[u8], &[u8]); 8] = [
        (FileFormat::Csv, b"", b"x"),
        (FileFormat::Csv, b"a,b\n\"", b"x"),
        (FileFormat::Csv, b"a,b\n\"", b"x\n"),
        (FileFormat::Csv, b"a,b\n", b"x,"),
        (FileFormat::Jsonl, b"", b"["),
        (FileFormat::Jsonl, b"{\"a\":\"", b"x"),
        (FileFormat::Vcard, b"BEGIN:VCARD\n", b"NOTE:x\n"),
        (FileFormat::Vcard, b"BEGIN:VCARD\nNOTE:", b"x"),
    ];
    for (format, head, rest) in endings {
        let read = Rc::new(Cell::new(0));
        let endless = Endless { bytes: rest.to_vec(), read: Rc::clone(&read) };
        let refused = match Source::open(format, head.chain(endless)) {
            Ok(mut source) => source.find_map(Result::err),
            Err(error) => Some(error),
        };
        let what = format!("{format:?} {} {}", String::from_utf8_lossy(head), String::from_utf8_lossy(rest));
        assert!(refused.is_some_and(|error| error.to_string().contains("over ")), "{what}");
        assert!(read.get() <= MOST, "{what}: {} bytes were read", read.get());
    }
}
