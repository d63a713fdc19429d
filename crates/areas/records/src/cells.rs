//! Records as lines of CSV (RFC 4180), safe to open in a spreadsheet.

use g8_domain::{Error, Result, value};

/// Appends a record.
pub(super) fn record(to: &mut Vec<u8>, cells: &[String]) -> Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
    writer.write_record(cells.iter().map(|text| value::cell(text).into_owned())).map_err(Error::internal)?;
    writer.flush().map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_texts_and_quotes_are_doubled() {
        let mut text = Vec::new();
        let cells = ["=1+1", "-5", "+49 211", "a \"b\", c"].map(str::to_owned);
        record(&mut text, &cells).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), "'=1+1,-5,'+49 211,\"a \"\"b\"\", c\"\r\n");
    }
}
