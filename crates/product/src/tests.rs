//! That the areas fit together.

use crate::AREAS;
use g8_core::registry::{faults, undeclared};
use g8_storage::on_both;

#[test]
fn nothing_stands_against_the_areas() {
    assert_eq!(faults(AREAS), Vec::<String>::new());
}

on_both! {
    async fn every_table_that_names_contacts_is_shown_and_erased_by_an_area(test) {
        let tables = test.db.tables_with("contact_id").await.unwrap();
        assert!(tables.contains(&"list_contacts".to_owned()), "{tables:?}");
        assert_eq!(undeclared(AREAS, &tables), Vec::<String>::new());
    }
}
