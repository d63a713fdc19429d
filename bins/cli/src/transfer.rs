//! How far the work on a file is.

use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// How far it is: on a terminal only, and not when nobody wants to know.
pub struct Bar(Option<ProgressBar>);

impl Bar {
    pub fn new(bytes: u64, quiet: bool) -> Self {
        if quiet {
            return Self(None);
        }
        let bar = ProgressBar::new(bytes);
        let style =
            if bytes > 0 { "{bar:30} {percent}%  {msg}  {elapsed}" } else { "{spinner} {msg}  {elapsed}" };
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        Self(Some(bar))
    }

    pub fn at(&self, bytes: i64, rows: i64) {
        if let Some(bar) = &self.0 {
            bar.set_position(u64::try_from(bytes).unwrap_or_default());
            bar.set_message(format!("{rows} rows"));
        }
    }

    pub fn end(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

/// Between two looks at how far it is.
#[expect(clippy::disallowed_methods, reason = "a person waits for another program's work")]
pub async fn pause() {
    tokio::time::sleep(Duration::from_millis(400)).await;
}
