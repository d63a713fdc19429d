//! Calls a server: the same operations over HTTP.
//!
//! `G8_API_URL=http://127.0.0.1:8080 G8_API_KEY=… cargo run -p g8-examples --bin call`
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use g8_client::Client;
use g8_core::Backend;
use g8_records::contact::{ContactFilter, ContactFilters, ListContacts};
use std::env;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let g8 = Client::new(&env::var("G8_API_URL")?, Some(&env::var("G8_API_KEY")?))?;
    let filter = ContactFilter { job_title: Some("vp".into()), ..ContactFilter::default() };
    let page = g8.run::<ListContacts>(ContactFilters { filter, ..ContactFilters::default() }).await?;
    println!("{} people have VP in their title", page.pagination.total);
    Ok(())
}
