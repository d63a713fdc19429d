//! What is kept how long.

mod clock_jump;

use g8_core::{Registry, jobs::begin};
use g8_product::{AREAS, testing::test_app};
use g8_records::{column, company, contact, list};
use g8_storage::{lists, on_both};
use serde_json::json;

on_both! {
    async fn what_was_kept_long_enough_goes_and_nothing_else(test) {
        let kit = test_app(test).await;
        for email in ["old@x.com", "kept@x.com"] {
            kit.call::<contact::CreateContact>(json!({ "work_email": email, "company_name": "Acme" })).await.unwrap();
        }
        kit.call::<contact::DeleteContact>(json!({ "contact_id": 1 })).await.unwrap();
        begin(&kit.app).await.unwrap();
        kit.advance_seconds(89 * 24 * 3600);
        kit.run_pending_jobs().await;
        assert!(kit.db.db.dump().await.unwrap().contains("old@x.com"));
        kit.advance_seconds(2 * 24 * 3600);
        kit.run_pending_jobs().await;
        let left = kit.db.db.dump().await.unwrap();
        assert!(!left.contains("old@x.com") && left.contains("kept@x.com") && left.contains("Acme"));
        assert!(!left.contains("contact.created") && left.contains("contact.create"), "events go, the audit log stays");
    }
}

on_both! {
    async fn hidden_lists_and_fields_go_with_all_that_is_in_them(test) {
        let kit = test_app(test).await;
        let fields = json!({ "Hobby": "Zither", "Shoe": "43" });
        let person = json!({ "work_email": "a@x.com", "custom_fields": fields, "create_missing_fields": true });
        kit.call::<contact::AssertContact>(person).await.unwrap();
        for title in ["Gone", "Kept"] {
            let list = kit.call::<list::CreateList>(json!({ "title": title })).await.unwrap().id;
            kit.call::<list::AddContactsToList>(json!({ "list_id": list, "contact_ids": [1] })).await.unwrap();
            kit.call::<column::CreateColumnOfContacts>(json!({ "title": format!("Only {title}"), "list_id": list })).await.unwrap();
        }
        let firm = kit.call::<company::CreateCompany>(json!({ "name": "Acme" })).await.unwrap().row.id;
        let firms = kit.call::<list::CreateList>(json!({ "title": "Firms", "type": "companies" })).await.unwrap().id;
        kit.call::<company::DeleteCompany>(json!({ "company_id": firm })).await.unwrap();
        let mut tx = kit.app.db.begin().await.unwrap();
        let late = lists::add_companies(&mut tx, kit.org, firms, vec![firm], kit.now()).await.unwrap();
        assert!(late.is_empty(), "what is deleted comes on no list");
        // An older release put it there.
        tx.change("INSERT INTO list_companies (list_id, company_id, added_at) VALUES ($1, $2, 0)", vec![firms.into(), firm.into()]).await.unwrap();
        tx.commit().await.unwrap();
        kit.call::<list::DeleteList>(json!({ "list_id": 1 })).await.unwrap();
        kit.call::<column::DeleteColumnOfContacts>(json!({ "column_id": 1 })).await.unwrap();
        begin(&kit.app).await.unwrap();
        kit.advance_seconds(91 * 24 * 3600);
        kit.run_pending_jobs().await;
        let left = kit.db.db.dump().await.unwrap();
        for gone in ["Gone", "Zither", "Hobby", "Acme"] {
            assert!(!left.contains(gone), "{gone} is left");
        }
        for kept in ["Kept", "Only Kept", "43", "Firms"] {
            assert!(left.contains(kept), "{kept} is gone");
        }
        assert_eq!(kit.call::<list::ListContactsOfList>(json!({ "list_id": 2 })).await.unwrap().pagination.total, 1);
    }
}

#[test]
fn servers_that_start_together_begin_what_comes_again_in_one_order() {
    let order = || Registry::new(AREAS).jobs().map(|kind| kind.name).collect::<Vec<_>>();
    assert_eq!(order(), order(), "on PostgreSQL each would wait for a row of the other");
}
