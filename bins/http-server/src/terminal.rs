//! What the administrator is told.

use serde_json::Value;
use std::io::{self, Write};

/// Why a command did not do it.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// One line on standard error.
pub fn say_error(failure: &Failure) {
    let _ = writeln!(io::stderr(), "g8-server: {}", failure.to_string().replace('\n', " "));
}

/// Prints records as JSON, or a line each.
pub fn show(records: &[Value], json: bool, single: bool) -> Result<(), Failure> {
    if json {
        return match records {
            [one] if single => print(&format!("{one:#}")),
            all => print(&format!("{:#}", Value::Array(all.to_vec()))),
        };
    }
    let line = |record: &Value| {
        let cells = record.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        cells.map(|(name, value)| format!("{name}={}", text(value))).collect::<Vec<_>>().join("  ")
    };
    print(&records.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// One text on standard output.
pub fn print(text: &str) -> Result<(), Failure> {
    writeln!(io::stdout(), "{text}")?;
    Ok(())
}
