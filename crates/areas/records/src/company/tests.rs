//! Companies, as their users see them.

use super::{
    AssertCompanies, AssertCompany, CreateCompany, DeleteCompany, GetCompany, ListCompanies, UpdateCompany,
};
use crate::contact;
use crate::testing::test_app;
use g8_domain::ErrorKind;
use g8_storage::on_both;
use serde_json::json;

on_both! {
    async fn a_company_is_found_by_every_filter(test) {
        let kit = test_app(test).await;
        let acme = kit.call::<CreateCompany>(json!({
            "name": "Acme Käse", "domain": "https://acme.com", "industry": "Food", "description": "Makes CHEESE",
            "employee_count": "250", "annual_revenue": 5_000_000, "founded_year": 1999, "linkedin_followers": 12,
            "city": "Zürich", "state": "ZH", "country": "Switzerland",
        })).await.unwrap().row;
        kit.call::<CreateCompany>(json!({ "name": "Other", "employee_count": 3 })).await.unwrap();
        assert_eq!((acme.employee_count.as_deref(), acme.revenue.as_deref(), acme.founded_year), (Some("250"), Some("5000000"), Some(1999)));
        for filter in [
            json!({ "domain": "www.acme.com" }), json!({ "name": "KÄSE" }), json!({ "industry": "foo" }),
            json!({ "description": "cheese" }), json!({ "employee_count_min": 250, "employee_count_max": 250 }),
            json!({ "revenue_min": 1_000_000 }), json!({ "founded_year_max": 2000 }), json!({ "linkedin_followers_min": 12 }),
            json!({ "city": "zürich" }), json!({ "state": "ZH" }), json!({ "country": "Switzerland" }),
        ] {
            let page = kit.call::<ListCompanies>(filter.clone()).await.unwrap();
            assert_eq!(page.data, std::slice::from_ref(&acme), "{filter}");
        }
    }
}

on_both! {
    async fn companies_are_asserted_by_domain_and_forgotten_by_their_people(test) {
        let kit = test_app(test).await;
        let made = kit.call::<AssertCompany>(json!({ "domain": "acme.com", "name": "Acme" })).await.unwrap();
        let again = kit.call::<AssertCompany>(json!({ "domain": "WWW.acme.com", "city": "Rome" })).await.unwrap();
        assert_eq!((made.action.as_str(), again.action.as_str(), again.id), ("created", "updated", made.id));
        let batch = json!({ "companies": [{ "domain": "acme.com" }, { "domain": "new.com" }, { "name": "No domain" }] });
        let done = kit.call::<AssertCompanies>(batch).await.unwrap();
        assert_eq!((done.created, done.updated, done.errors.len()), (1, 1, 1));
        let ann = kit.call::<contact::CreateContact>(json!({ "work_email": "a@acme.com", "company_id": made.id })).await.unwrap().id;
        let people = kit.call::<contact::ListContactsOfCompany>(json!({ "company_id": made.id, "offset": 0 })).await.unwrap();
        assert_eq!((people.data[0].id, people.pagination.limit), (ann, 100));
        kit.call::<UpdateCompany>(json!({ "company_id": made.id, "employee_count": 12 })).await.unwrap();
        kit.call::<DeleteCompany>(json!({ "company_id": made.id })).await.unwrap();
        assert_eq!(kit.call::<GetCompany>(json!({ "company_id": made.id })).await.unwrap_err().kind, ErrorKind::NotFound);
        let ann = kit.call::<contact::GetContact>(json!({ "contact_id": ann })).await.unwrap();
        assert_eq!((ann.row.company_id, ann.company), (None, None));
    }
}

on_both! {
    async fn a_taken_domain_names_its_company(test) {
        let kit = test_app(test).await;
        let id = kit.call::<CreateCompany>(json!({ "domain": "acme.com" })).await.unwrap().row.id;
        let refused = kit.call::<CreateCompany>(json!({ "domain": "acme.com" })).await.unwrap_err();
        assert_eq!((refused.kind, &refused.data.unwrap()["company_id"]), (ErrorKind::Conflict, &json!(id)));
        assert!(kit.call::<CreateCompany>(json!({ "city": "Rome" })).await.unwrap_err().message.contains("`name`"));
        assert!(kit.call::<CreateCompany>(json!({ "name": "x", "employee_count": "many" })).await.is_err());
    }
}
