//! Contacts, as their users see them.

use super::{
    AssertContact, AssertContacts, CreateContact, DeleteContact, GetCompanyOfContact, GetContact,
    ListContacts, UpdateContact,
};
use crate::testing::test_app;
use g8_core::{Backend, testing::TestApp};
use g8_domain::ErrorKind;
use g8_storage::{events, on_both};
use serde_json::{Value, json};
use uuid::Uuid;

async fn create(kit: &TestApp, contact: Value) -> i64 {
    kit.call::<CreateContact>(contact).await.unwrap().id
}

async fn found(kit: &TestApp, filter: Value) -> Vec<i64> {
    kit.call::<ListContacts>(filter).await.unwrap().data.iter().map(|row| row.id).collect()
}

on_both! {
    async fn a_contact_is_found_by_every_filter_in_any_case(test) {
        let kit = test_app(test).await;
        let anna = create(&kit, json!({
            "work_email": "Anna@Example.com", "first_name": "Änna", "last_name": "MÜLLER", "job_title": "VP Sales",
            "seniority_level": "VP", "job_department": "Vertrieb", "city": "Köln", "state": "NRW", "country": "Germany",
            "company_domain": "https://www.example.com/about",
        })).await;
        create(&kit, json!({ "work_email": "bob@other.org", "first_name": "Bob", "city": "50% off_land" })).await;
        for filter in [
            json!({ "email": "ANNA@example.com" }), json!({ "name": "änna müll" }), json!({ "name": "Müller" }),
            json!({ "job_title": "sales" }), json!({ "seniority": "VP" }), json!({ "job_department": "VERTRIEB" }),
            json!({ "city": "köl" }), json!({ "state": "NRW" }), json!({ "country": "Germany" }),
            json!({ "company_name": "EXAMPLE" }), json!({ "company_id": 1 }),
        ] {
            assert_eq!(found(&kit, filter.clone()).await, [anna], "{filter}");
        }
        assert_eq!(found(&kit, json!({ "city": "%" })).await.len(), 1, "a percent sign is no wildcard");
        assert_eq!(found(&kit, json!({ "country": "germany", "name": "Bob" })).await, [0; 0]);
    }
}

on_both! {
    async fn a_duplicate_names_the_contact_that_has_the_address(test) {
        let kit = test_app(test).await;
        let id = create(&kit, json!({ "work_email": "ann@example.com", "linkedin_url": "linkedin.com/in/Ann" })).await;
        for twin in [json!({ "work_email": "ANN@example.com" }), json!({ "linkedin_url": "https://de.linkedin.com/in/ann/" })] {
            let refused = kit.call::<CreateContact>(twin).await.unwrap_err();
            assert_eq!(refused.kind, ErrorKind::Conflict);
            assert_eq!(refused.data.unwrap()["contact_id"], id);
        }
        let nobody = kit.call::<CreateContact>(json!({ "first_name": "Nobody" })).await.unwrap_err();
        assert_eq!(nobody.message, "`work_email` or `linkedin_url` is required.");
        let several = kit.call::<CreateContact>(json!({ "work_email": "x", "linkedin_url": "y", "company_domain": "z" })).await;
        assert!(several.unwrap_err().message.starts_with("3 problems:"));
    }
}

on_both! {
    async fn an_update_keeps_what_it_does_not_name_and_null_clears(test) {
        let kit = test_app(test).await;
        let id = create(&kit, json!({ "work_email": "ann@example.com", "first_name": "Ann", "city": "Bonn" })).await;
        kit.advance_seconds(5);
        kit.call::<UpdateContact>(json!({ "contact_id": id, "city": null, "job_title": " CEO " })).await.unwrap();
        let ann = kit.call::<GetContact>(json!({ "contact_id": id })).await.unwrap();
        assert_eq!((ann.row.first_name.as_deref(), ann.row.city, ann.row.job_title.as_deref()), (Some("Ann"), None, Some("CEO")));
        assert_eq!(ann.row.updated_at, kit.now());
        assert!(ann.created_at < ann.row.updated_at);
        assert_eq!(kit.call::<UpdateContact>(json!({ "contact_id": id })).await.unwrap_err().kind, ErrorKind::Invalid);
        let bob = create(&kit, json!({ "work_email": "bob@example.com" })).await;
        let stolen = kit.call::<UpdateContact>(json!({ "contact_id": bob, "work_email": "ann@example.com" })).await;
        assert_eq!(stolen.unwrap_err().kind, ErrorKind::Conflict);
    }
}

on_both! {
    async fn an_assert_matches_by_address_then_by_linkedin(test) {
        let kit = test_app(test).await;
        let new = kit.call::<AssertContact>(json!({ "work_email": "ann@a.com", "linkedin_url": "linkedin.com/in/ann" })).await.unwrap();
        let moved = kit.call::<AssertContact>(json!({ "work_email": "ann@b.com", "linkedin_url": "linkedin.com/in/ann" })).await.unwrap();
        assert_eq!((new.action.as_str(), moved.action.as_str(), moved.id), ("created", "updated", new.id));
        assert_eq!(found(&kit, json!({ "email": "ann@b.com" })).await, [new.id]);
        create(&kit, json!({ "work_email": "bob@b.com" })).await;
        let torn = kit.call::<AssertContact>(json!({ "work_email": "bob@b.com", "linkedin_url": "linkedin.com/in/ann" })).await;
        assert_eq!(torn.unwrap_err().kind, ErrorKind::Conflict, "one is Bob, the other Ann");
    }
}

on_both! {
    async fn a_bad_row_of_a_batch_stops_no_other(test) {
        let kit = test_app(test).await;
        let batch = json!({ "contacts": [
            { "work_email": "a@x.com" }, { "work_email": "nonsense", "nmae": "b" }, { "work_email": "A@x.com", "city": "Rome" },
        ]});
        let done = kit.call::<AssertContacts>(batch).await.unwrap();
        assert_eq!((done.total, done.created, done.updated), (3, 1, 1));
        assert_eq!(done.errors.len(), 1);
        assert_eq!((done.errors[0].index, done.errors[0].issues[0].field.as_str()), (1, "nmae"));
        let too_many: Vec<Value> = (0..101).map(|n| json!({ "work_email": format!("p{n}@x.com") })).collect();
        let refused = kit.call::<AssertContacts>(json!({ "contacts": too_many })).await.unwrap_err();
        assert_eq!(refused.message, "`contacts` must have at most 100 elements.");
    }
}

on_both! {
    async fn a_deleted_contact_is_gone_and_its_address_free(test) {
        let kit = test_app(test).await;
        let id = create(&kit, json!({ "work_email": "ann@example.com" })).await;
        kit.call::<DeleteContact>(json!({ "contact_id": id })).await.unwrap();
        for gone in [kit.call::<GetContact>(json!({ "contact_id": id })).await.map(drop), kit.call::<DeleteContact>(json!({ "contact_id": id })).await.map(drop)] {
            assert_eq!(gone.unwrap_err().kind, ErrorKind::NotFound);
        }
        assert!(create(&kit, json!({ "work_email": "ann@example.com" })).await > id);
    }
}

on_both! {
    async fn the_employer_is_found_or_added_once(test) {
        let kit = test_app(test).await;
        let ann = create(&kit, json!({ "work_email": "ann@x.com", "company_domain": "acme.com", "company_name": "Acme" })).await;
        let bob = create(&kit, json!({ "work_email": "bob@x.com", "company_name": "ACME" })).await;
        let of = async |id: i64| kit.call::<GetCompanyOfContact>(json!({ "contact_id": id })).await.unwrap();
        assert_eq!(of(ann).await.row, of(bob).await.row);
        assert_eq!(of(ann).await.contact_count, 2);
        let nowhere = kit.call::<CreateContact>(json!({ "work_email": "eve@x.com", "company_id": 99 })).await.unwrap_err();
        assert_eq!(nowhere.kind, ErrorKind::NotFound);
    }
}

on_both! {
    async fn every_change_leaves_its_event_and_a_refused_one_leaves_none(test) {
        let kit = test_app(test).await;
        let id = create(&kit, json!({ "work_email": "ann@example.com" })).await;
        kit.call::<UpdateContact>(json!({ "contact_id": id, "city": "Bonn" })).await.unwrap();
        kit.call::<CreateContact>(json!({ "work_email": "ann@example.com", "company_name": "Never" })).await.unwrap_err();
        let events = events::after(&mut &kit.app.db, kit.org, Uuid::nil(), 10).await.unwrap();
        let names: Vec<&str> = events.iter().map(|event| event.name.as_str()).collect();
        assert_eq!(names, ["contact.created", "contact.updated"]);
        assert_eq!((events[1].subject.as_str(), &events[1].data["city"]), (&*format!("contact:{id}"), &json!("Bonn")));
    }
}

on_both! {
    async fn pages_by_number_and_by_cursor_agree_and_a_cursor_stays_put(test) {
        let kit = test_app(test).await;
        for n in 0..7 {
            create(&kit, json!({ "work_email": format!("p{n}@x.com") })).await;
        }
        let first = kit.call::<ListContacts>(json!({ "limit": 3 })).await.unwrap();
        assert_eq!((first.pagination.total, first.pagination.has_next), (7, true));
        let cursor = first.pagination.next_cursor.unwrap();
        assert_eq!(found(&kit, json!({ "limit": 3, "cursor": cursor })).await, found(&kit, json!({ "limit": 3, "page": 2 })).await);
        create(&kit, json!({ "work_email": "late@x.com" })).await;
        assert_eq!(found(&kit, json!({ "limit": 3, "cursor": cursor })).await, [4, 3, 2]);
        let last = kit.call::<ListContacts>(json!({ "limit": 3, "page": 3 })).await.unwrap().pagination;
        assert_eq!((last.has_next, last.next_cursor), (false, None));
        assert_eq!(kit.call::<ListContacts>(json!({ "limit": 5000 })).await.unwrap().pagination.limit, 200);
        let elsewhere = kit.as_key(&kit.stranger().await);
        for foreign in [json!({ "cursor": cursor }), json!({ "cursor": "AAAA" }), json!({ "cursor": "ä" })] {
            let refused = elsewhere.call::<ListContacts>(foreign.as_object().unwrap().clone()).await.unwrap_err();
            assert!(refused.message.starts_with("`cursor` is not one this list gave out"), "{}", refused.message);
        }
    }
}
