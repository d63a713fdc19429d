//! Search, as those who look for somebody see it.

use super::{SaveCompanySearch, SaveContactSearch, SearchCompanies, SearchContacts};
use crate::testing::test_app;
use crate::{column, company, contact, list};
use g8_core::{Backend, testing::TestApp};
use g8_domain::ErrorKind;
use g8_storage::on_both;
use serde_json::{Value, json};

async fn people(test: g8_storage::testing::TestDb) -> TestApp {
    let kit = test_app(test).await;
    kit.call::<company::CreateCompany>(json!({ "name": "Acme Straße", "domain": "acme.example", "industry": "Machines", "employee_count": 200 })).await.unwrap();
    kit.call::<company::CreateCompany>(
        json!({ "name": "Bolt", "domain": "bolt.example", "employee_count": 3 }),
    )
    .await
    .unwrap();
    for (email, first, title, country, domain, score, since) in [
        ("ann@acme.example", "Änne", "VP Sales", "Germany", "acme.example", json!(7), json!("2026-01-05")),
        ("bob@bolt.example", "Bob", "Head of Sales", "France", "bolt.example", json!(12), json!(null)),
        ("eve@acme.example", "Eve", "Engineer", "Germany", "acme.example", json!(null), json!("2026-03-01")),
    ] {
        let made = kit.call::<super::super::field::CreateFields>(json!({ "fields": [{ "title": "Score", "data_type": "int" }, { "title": "Since", "data_type": "date" }, { "title": "Place", "data_type": "text" }] })).await.unwrap();
        assert_eq!(made.results.len(), 3);
        let contact = json!({
            "work_email": email, "first_name": first, "last_name": "O'Neil", "job_title": title, "country": country, "company_domain": domain,
            "personal_emails": [format!("{}@home.example", &email[..3])], "custom_fields": { "score": score, "since": since, "place": if first == "Änne" { json!("Österreich") } else { json!(null) } },
        });
        kit.call::<contact::AssertContact>(contact).await.unwrap();
    }
    kit
}

async fn found(kit: &TestApp, filters: Value) -> Vec<String> {
    let page = kit
        .call::<SearchContacts>(json!({ "filters": filters }))
        .await
        .unwrap_or_else(|error| panic!("{filters}: {error}"));
    let mut names: Vec<String> =
        page.data.into_iter().map(|row| row.row.work_email.unwrap()[..3].to_owned()).collect();
    names.sort();
    assert_eq!(i64::try_from(names.len()).unwrap(), page.pagination.total, "{filters}");
    names
}

on_both! {
    async fn each_operator_finds_whom_it_says(test) {
        let kit = people(test).await;
        for (field, operator, value, expected) in [
            ("country", "any_of", json!(["Germany", "Spain"]), "ann eve"),
            ("country", "none_of", json!(["Germany"]), "bob"),
            ("first_name", "contains", json!(["ÄNN"]), "ann"),
            ("first_name", "any_of", json!(["änne", "BOB"]), "ann bob"),
            ("country", "contains", json!(["GERM"]), "ann eve"),
            ("custom.place", "contains", json!(["österreich"]), "ann"),
            ("custom.place", "contains", json!(["ÖSTERREICH"]), "ann"),
            ("custom.place", "contains", json!(["Österreich", "pö"]), "ann"),
            ("job_title", "contains", json!(["sales"]), "ann bob"),
            ("job_title", "contains", json!(["sales", "engin"]), "ann bob eve"),
            ("job_title", "contains", json!(["of"]), "bob"),
            ("last_name", "contains", json!(["o'n"]), "ann bob eve"),
            ("company_name", "contains", json!(["STRASSE", "straße"]), "ann eve"),
            ("company_employee_count", "between", json!(["200", 1000]), "ann eve"),
            ("company_industry", "is_empty", json!([]), "bob"),
            ("company_domain", "any_of", json!(["https://www.bolt.example/"]), "bob"),
            ("personal_emails", "any_of", json!(["ann@home.example", "x@y.z"]), "ann"),
            ("personal_emails", "all_of", json!(["ann@home.example", "x@y.z"]), ""),
            ("work_email", "contains", json!(["@ACME"]), "ann eve"),
            ("gender", "is_empty", json!([]), "ann bob eve"),
            ("skills", "any_of", json!(["rust"]), ""),
            ("custom.score", "between", json!([8, 20]), "bob"),
            ("custom.score", "any_of", json!(["7"]), "ann"),
            ("custom.score", "is_empty", json!([]), "eve"),
            ("custom.score", "none_of", json!([12]), "ann eve"),
            ("custom.since", "between", json!(["2026-01-01", "2026-02-01"]), "ann"),
            ("custom.since", "exists", json!([]), "ann eve"),
        ] {
            let names = found(&kit, json!([{ "field": field, "operator": operator, "value": value }])).await.join(" ");
            assert_eq!(names, expected, "{field} {operator} {value}");
        }
        let both = json!([
            { "field": "country", "operator": "any_of", "value": ["Germany"] },
            { "field": "job_title", "operator": "contains", "value": ["sales"] },
            { "field": "company_name", "operator": "contains", "value": ["acme"] },
        ]);
        assert_eq!(found(&kit, both.clone()).await, ["ann"]);
        // The same language on the list, beside its own filters.
        let listed = kit.call::<contact::ListContacts>(json!({ "filters": both, "email": "ann@acme.example" })).await.unwrap();
        assert_eq!(listed.pagination.total, 1);
        let firms = kit.call::<SearchCompanies>(json!({ "filters": [{ "field": "industry", "operator": "contains", "value": ["achin"] }] })).await.unwrap();
        assert_eq!((firms.pagination.total, firms.data[0].contact_count), (1, 2));
    }
}

on_both! {
    async fn what_cannot_be_asked_is_refused_all_at_once(test) {
        let kit = people(test).await;
        let filters = json!([
            { "field": "shoe", "operator": "any_of", "value": ["x"] },
            { "field": "country", "operator": "like", "value": ["x"] },
            { "field": "country", "operator": "between", "value": ["a", "b"] },
            { "field": "company_revenue", "operator": "between", "value": [1] },
            { "field": "company_revenue", "operator": "any_of", "value": ["much"] },
            { "field": "country", "operator": "any_of" },
        ]);
        let refused = kit.call::<SearchContacts>(json!({ "filters": filters })).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Rule);
        for part in [
            "6 problems", "`filters[0].field` must be a custom field", "`filters[1].operator` must be one of",
            "`filters[2].value` holds no numbers", "`filters[3].value` needs two values", "`filters[4].value` holds numbers",
            "`filters[5].value` needs a value",
        ] {
            assert!(refused.message.contains(part), "{part} is missing in: {}", refused.message);
        }
        assert_eq!(kit.call::<SearchContacts>(json!({ "filters": [] })).await.unwrap_err().kind, ErrorKind::Invalid);
        let many = vec!["x"; 101];
        let one = json!({ "field": "country", "operator": "contains", "value": many });
        let refused = kit.call::<SearchContacts>(json!({ "filters": [one, one] })).await.unwrap_err();
        assert!(refused.message.contains("`filters` has 202 values in all"), "{}", refused.message);
    }
}

on_both! {
    async fn a_search_is_saved_to_a_list_behind_the_answer(test) {
        let kit = people(test).await;
        let search = json!([{ "field": "country", "operator": "any_of", "value": ["Germany"] }]);
        let dry = kit.call::<SaveContactSearch>(json!({ "filters": search, "title": "Germans", "dry_run": true })).await.unwrap();
        assert_eq!((dry.list_id, dry.estimated_total), (None, 2));
        let saved = kit.call::<SaveContactSearch>(json!({ "filters": search, "list_title": "Germans" })).await.unwrap();
        assert_eq!((saved.status.as_str(), saved.estimated_total), ("processing", 2));
        let list = json!({ "list_id": saved.list_id });
        assert_eq!(kit.call::<list::GetList>(list.clone()).await.unwrap().status, "processing");
        kit.run_pending_jobs().await;
        let filled = kit.call::<list::GetList>(list).await.unwrap();
        assert_eq!((filled.status.as_str(), filled.total), ("completed", 2));
        let one = kit.call::<SaveContactSearch>(json!({ "filters": search, "list_title": "One", "max_results": 1 })).await.unwrap();
        kit.run_pending_jobs().await;
        assert_eq!(kit.call::<list::GetList>(json!({ "list_id": one.list_id })).await.unwrap().total, 1);
    }
}

on_both! {
    async fn a_search_for_companies_is_saved_to_a_list(test) {
        let kit = people(test).await;
        let search = json!([{ "field": "industry", "operator": "is_empty", "value": [] }]);
        let saved = kit.call::<SaveCompanySearch>(json!({ "filters": search, "list_title": "All" })).await.unwrap();
        kit.run_pending_jobs().await;
        let filled = kit.call::<list::GetList>(json!({ "list_id": saved.list_id })).await.unwrap();
        assert_eq!((filled.status.as_str(), filled.total), ("completed", saved.estimated_total));
    }
}

on_both! {
    async fn totals_follow_every_change(test) {
        let kit = people(test).await;
        let total = async || kit.call::<contact::ListContacts>(json!({})).await.unwrap().pagination.total;
        assert_eq!(total().await, 3);
        kit.call::<contact::DeleteContact>(json!({ "contact_id": 1 })).await.unwrap();
        assert_eq!(total().await, 2);
        assert_eq!(found(&kit, json!([{ "field": "job_title", "operator": "contains", "value": ["sales"] }])).await, ["bob"]);
        kit.call::<contact::UpdateContact>(json!({ "contact_id": 3, "job_title": "Sales Engineer" })).await.unwrap();
        assert_eq!(found(&kit, json!([{ "field": "job_title", "operator": "contains", "value": ["sales"] }])).await, ["bob", "eve"]);
        assert_eq!(kit.as_key(&kit.stranger().await).run::<contact::ListContacts>(contact::ContactFilters::default()).await.unwrap().pagination.total, 0);
    }
}

on_both! {
    async fn a_list_whose_search_cannot_be_saved_waits_for_nobody(test) {
        let kit = people(test).await;
        let search = json!([{ "field": "custom.score", "operator": "any_of", "value": [7] }]);
        let saved = kit.call::<SaveContactSearch>(json!({ "filters": search, "list_title": "Sevens" })).await.unwrap();
        let fields = kit.call::<column::ListColumnsOfContacts>(json!({})).await.unwrap();
        let score = fields.iter().find(|field| field.name == "score").unwrap().id;
        kit.call::<column::DeleteColumnOfContacts>(json!({ "column_id": score })).await.unwrap();
        for _ in 0..10 {
            kit.run_pending_jobs().await;
            kit.advance_seconds(5000);
        }
        assert_eq!(kit.call::<list::GetList>(json!({ "list_id": saved.list_id })).await.unwrap().status, "completed");
    }
}
