//! Records that many write at once, and rows that speak of one another.

use crate::{
    company::AssertCompany,
    contact::{AssertContact, AssertContacts, CreateContact, GetContact, ListContacts, UpdateContact},
    import::tests::import,
    privacy::ErasePerson,
    testing::test_app,
};
use futures_util::future::join_all;
use g8_core::testing::TestApp;
use g8_storage::on_both;
use serde_json::json;

async fn emails(kit: &TestApp) -> Vec<String> {
    let page = kit.call::<ListContacts>(json!({ "limit": 100 })).await.unwrap();
    let mut emails: Vec<String> = page.data.into_iter().filter_map(|row| row.work_email).collect();
    emails.sort();
    emails
}

on_both! {
    async fn writes_of_different_fields_at_once_all_last(test) {
        let kit = test_app(test).await;
        let id = kit.call::<CreateContact>(json!({ "work_email": "ann@x.example" })).await.unwrap().id;
        let fields = ["first_name", "last_name", "job_title", "job_department", "city", "state", "country", "about"];
        let writes = fields.iter().map(|field| kit.call::<UpdateContact>(json!({ "contact_id": id, *field: field })));
        for written in join_all(writes).await {
            written.unwrap();
        }
        let contact = kit.call::<GetContact>(json!({ "contact_id": id })).await.unwrap();
        let shown = serde_json::to_value(contact).unwrap();
        for field in fields {
            assert_eq!(shown[field], field, "an acknowledged write is gone");
        }
    }
}

on_both! {
    async fn asserts_of_one_person_or_company_at_once_are_all_taken(test) {
        let kit = test_app(test).await;
        let people = (0..12).map(|n| kit.call::<AssertContact>(json!({ "work_email": "ann@x.example", "about": n.to_string() })));
        let done: Vec<_> = join_all(people).await.into_iter().map(|done| done.unwrap().action).collect();
        assert_eq!(done.iter().filter(|action| *action == "created").count(), 1, "{done:?}");
        let firms = (0..12).map(|n| kit.call::<AssertCompany>(json!({ "domain": "firm.example", "industry": n.to_string() })));
        assert!(join_all(firms).await.iter().all(Result::is_ok));
        let staff = (0..12).map(|n| {
            kit.call::<CreateContact>(json!({ "work_email": format!("p{n}@new.example"), "company_domain": "new.example" }))
        });
        for hired in join_all(staff).await {
            hired.unwrap();
        }
    }
}

on_both! {
    async fn a_row_that_points_to_nothing_stops_no_other_row(test) {
        let kit = test_app(test).await;
        kit.call::<CreateContact>(json!({ "work_email": "gone@x.example" })).await.unwrap();
        kit.call::<ErasePerson>(json!({ "email": "gone@x.example" })).await.unwrap();
        let rows = json!([
            { "work_email": "a@x.example", "company_id": 99_999 }, { "work_email": "b@x.example" }, { "work_email": "gone@x.example" },
        ]);
        let done = kit.call::<AssertContacts>(json!({ "contacts": rows })).await.unwrap();
        assert_eq!((done.total, done.created), (3, 1));
        assert_eq!(done.errors.iter().map(|error| error.index).collect::<Vec<_>>(), [0, 2]);
        assert_eq!(emails(&kit).await, ["b@x.example"]);
    }
}

/// What a file's rows make of the stored contact a@x.example with the LinkedIn address of y.
async fn imported(kit: &TestApp, rows: &[(&str, &str)]) -> Vec<String> {
    let linkedin = |name: &str| format!("https://www.linkedin.com/in/{name}");
    kit.call::<CreateContact>(json!({ "work_email": "a@x.example", "linkedin_url": linkedin("y") }))
        .await
        .unwrap();
    let csv: String = rows.iter().map(|(email, name)| format!("{email},{}\n", linkedin(name))).collect();
    import(kit, json!({}), format!("email,linkedin\n{csv}").as_bytes()).await;
    emails(kit).await
}

on_both! {
    async fn a_name_that_a_row_gives_up_is_the_next_rows(test) {
        let kit = test_app(test).await;
        assert_eq!(imported(&kit, &[("a@x.example", "z"), ("new@x.example", "y")]).await, ["a@x.example", "new@x.example"]);
    }

    async fn an_address_that_a_row_replaces_is_free_again(test) {
        let kit = test_app(test).await;
        let rows = [("j1@x.example", "li"), ("j2@x.example", "li"), ("j1@x.example", "other")];
        assert_eq!(imported(&kit, &rows).await, ["a@x.example", "j1@x.example", "j2@x.example"]);
    }
}

on_both! {
    async fn batches_of_the_same_people_in_two_orders_come_one_after_the_other(test) {
        let kit = test_app(test).await;
        let person = |n: u8| json!({ "work_email": format!("p{n}@x.com"), "city": "Rome" });
        let there: Vec<_> = (0..30).map(person).collect();
        let back: Vec<_> = there.iter().rev().cloned().collect();
        let (one, other) = tokio::join!(
            kit.call::<AssertContacts>(json!({ "contacts": there })),
            kit.call::<AssertContacts>(json!({ "contacts": back })),
        );
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!(one.created + other.created, 30);
        assert_eq!(kit.call::<ListContacts>(json!({})).await.unwrap().pagination.total, 30);
    }
}
