//! An import of contacts, with its progress.

use super::Way;
use crate::Result;
use std::{fmt::Write, fs};

const ROWS: usize = 3000;

pub async fn walk(way: &Way<'_>) -> Result<String> {
    let browser = way.driver.browser().await?;
    let tab = browser.tab(&way.server.url);
    way.set_up(tab).await?;
    let file = tempfile::Builder::new().suffix(".csv").tempfile()?;
    let mut rows = "Email,First name,Company\nnot an address,Nobody,X\n".to_owned();
    for n in 0..ROWS {
        writeln!(rows, "person{n}@example.com,Person {n},Company {}", n % 50)?;
    }
    fs::write(file.path(), rows)?;
    tab.go("/imports/new").await?;
    tab.fill("file", &file.path().display().to_string()).await?;
    tab.press("Import").await?;
    // Its progress goes on by itself.
    tab.sees("Created").await?;
    tab.sees("3,000").await?;
    tab.sees("Email").await?;
    tab.go("/contacts").await?;
    tab.sees("Person").await?;
    browser.close().await?;
    Ok(String::new())
}
