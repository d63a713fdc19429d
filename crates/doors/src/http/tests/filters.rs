//! The language of search in a query string, as a browser or curl writes it.

use super::{StatusCode, Web};
use g8_storage::on_both;
use serde_json::{Value, json};

/// `[{"field": …}]` as a query.
fn query(filters: &Value) -> String {
    let bytes = filters.to_string().into_bytes();
    let escaped: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
    format!("filters={escaped}")
}

on_both! {
    async fn every_list_of_people_and_companies_takes_conditions(test) {
        let web = Web::new(test).await;
        for (email, country, title) in [("ann@acme.example", "Côte d'Ivoire", "VP & Co"), ("bob@acme.example", "France", "Clerk")] {
            let person = json!({ "work_email": email, "country": country, "job_title": title, "company_domain": "acme.example", "company_name": "Acme" });
            assert_eq!(web.post("/api/v1/contacts", person).await.status, StatusCode::CREATED);
        }
        web.post("/api/v1/companies", json!({ "name": "Bolt", "domain": "bolt.example", "industry": "Tools" })).await;
        let people = web.post("/api/v1/lists", json!({ "title": "People" })).await.body["data"]["id"].clone();
        let firms = web.post("/api/v1/lists", json!({ "title": "Firms", "type": "companies" })).await.body["data"]["id"].clone();
        web.post(&format!("/api/v1/lists/{people}/contacts"), json!({ "contact_ids": [1, 2] })).await;
        web.post(&format!("/api/v1/lists/{firms}/companies"), json!({ "company_ids": [1, 2] })).await;
        let about = json!([
            { "field": "country", "operator": "any_of", "value": ["Côte d'Ivoire"] },
            { "field": "job_title", "operator": "contains", "value": ["p & c"] },
        ]);
        for path in ["contacts".to_owned(), format!("lists/{people}/contacts"), "companies/1/contacts".to_owned()] {
            let found = web.get(&format!("/api/v1/{path}?{}&limit=5", query(&about))).await.body;
            let emails: Vec<&str> = found["data"].as_array().unwrap().iter().filter_map(|row| row["work_email"].as_str()).collect();
            assert_eq!((emails, &found["pagination"]["total"]), (vec!["ann@acme.example"], &json!(1)), "{path}: {found}");
        }
        let about = json!([{ "field": "industry", "operator": "is_empty", "value": [] }]);
        for path in ["companies".to_owned(), format!("lists/{firms}/companies")] {
            let found = web.get(&format!("/api/v1/{path}?{}", query(&about))).await.body;
            assert_eq!((&found["data"][0]["name"], &found["pagination"]["total"]), (&json!("Acme"), &json!(1)), "{path}: {found}");
        }
        let unknown = query(&json!([{ "field": "shoe", "operator": "any_of", "value": ["x"] }]));
        let broken = "filters=%5B%7B";
        for (path, wrong, status) in [
            (format!("lists/{people}/contacts"), unknown.as_str(), StatusCode::UNPROCESSABLE_ENTITY),
            ("companies/1/contacts".to_owned(), broken, StatusCode::BAD_REQUEST),
        ] {
            let refused = web.get(&format!("/api/v1/{path}?{wrong}")).await;
            assert_eq!(refused.status, status, "{}", refused.body);
            assert!(refused.body["message"].as_str().unwrap().contains("`filters"), "{}", refused.body);
        }
    }
}
