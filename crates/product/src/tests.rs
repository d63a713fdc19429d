//! That the areas fit together.

use crate::AREAS;
use g8_core::registry::{faults, undeclared};
use g8_storage::on_both;

/// Columns that tell of a person, whatever the table is called.
const TELLING: [&str; 14] = [
    "contact_id",
    "email",
    "work_email",
    "personal_emails",
    "linkedin_url",
    "phone",
    "mobile_phone",
    "first_name",
    "full_name",
    "entity_id",
    "sender",
    "recipient",
    "from_address",
    "to_address",
];
/// Tables of companies, and of those who work with the product, not of those they write to.
const OF_OTHERS: [&str; 3] = ["companies", "links", "users"];

#[test]
fn nothing_stands_against_the_areas() {
    assert_eq!(faults(AREAS), Vec::<String>::new());
}

on_both! {
    async fn every_table_that_names_contacts_is_shown_and_erased_by_an_area(test) {
        let mut tables = Vec::new();
        for column in TELLING {
            tables.extend(test.db.tables_with(column).await.unwrap());
        }
        assert!(tables.contains(&"list_contacts".to_owned()), "{tables:?}");
        tables.retain(|table| !OF_OTHERS.contains(&table.as_str()));
        tables.sort();
        tables.dedup();
        assert_eq!(undeclared(AREAS, &tables), Vec::<String>::new());
    }
}
