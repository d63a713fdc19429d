//! Erasing a person while others write about them.

use futures_util::future::join_all;
use g8_core::{Args, Backend, Embedded};
use g8_product::testing::test_app;
use g8_records::{contact, note, privacy::ErasePerson};
use g8_storage::on_both;
use serde_json::{Value, json};

fn args(value: Value) -> Args {
    value.as_object().unwrap().clone()
}

on_both! {
    async fn nothing_of_an_erased_person_is_written_by_who_writes_at_once(test) {
        let kit = test_app(test).await;
        // Nothing is asked for twice here, as the tests' callers do: the second answer may be gone.
        let caller = Embedded::new(kit.app.clone(), Some(&kit.key), "embedded");
        for round in 0..4 {
            let email = format!("gone{round}@x.example");
            let id = kit.call::<contact::CreateContact>(json!({ "work_email": email })).await.unwrap().id;
            let city = |n: i64| args(json!({ "contact_id": id, "city": n.to_string() }));
            let writes = (0..6).map(|n| caller.call::<contact::UpdateContact>(city(n)));
            let note = || args(json!({ "contact_id": id, "content": format!("about {email}") }));
            let notes = (0..6).map(|_| caller.call::<note::CreateNoteOnContact>(note()));
            let erasing = kit.call::<ErasePerson>(json!({ "email": email }));
            let (_, _, erased) = tokio::join!(join_all(writes), join_all(notes), erasing);
            assert_eq!(erased.unwrap().erased, 1);
            let tables = kit.app.db.tables().await.unwrap();
            let rows = tables.iter().flat_map(|(table, rows)| rows.lines().map(move |row| (table, row)));
            let left: Vec<_> = rows.filter(|(_, row)| row.contains(&email)).collect();
            assert!(left.is_empty(), "{left:?}");
        }
    }
}
