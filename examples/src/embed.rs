//! Embeds the product: opens a database in a folder of its own and runs operations in this process.
//!
//! `cargo run -p g8-examples --bin embed`
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use g8_config::{Overrides, Settings};
use g8_core::{Backend, Embedded, admin};
use g8_product::open;
use g8_records::contact::{ContactFilter, ContactFilters, CreateContact, ListContacts};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join(format!("g8-embed-{}", std::process::id()));
    let settings =
        Settings::load(Overrides { data_dir: Some(folder.clone()), ..Overrides::default() }, None)?;
    let app = open(&settings).await?;
    let (_, key) = admin::first_start(&app).await?.ok_or("the folder was empty")?;

    let g8 = Embedded::new(app, Some(key.reveal()), "embedded");
    let mut ann = g8_core::Args::new();
    ann.insert("work_email".into(), "ann@example.com".into());
    ann.insert("first_name".into(), "Ann".into());
    let made = g8.call::<CreateContact>(ann).await?;
    let filter = ContactFilter { name: Some("ann".into()), ..ContactFilter::default() };
    let page = g8.run::<ListContacts>(ContactFilters { filter, ..ContactFilters::default() }).await?;
    println!("contact {} was made; {} found", made.id, page.pagination.total);
    Ok(std::fs::remove_dir_all(folder)?)
}
