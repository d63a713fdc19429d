//! Custom fields by their published routes.

use super::{
    CreateField, CreateFields, DeleteField, GetFieldValue, ListFields, SetFieldValue, SetFieldValues,
};
use crate::testing::test_app;
use crate::{column, contact, search};
use g8_core::Backend;
use g8_domain::{ErrorKind, record::DataType};
use g8_storage::on_both;
use serde_json::{Value, json};

on_both! {
    async fn a_value_is_written_read_and_cleared_within_its_type(test) {
        let kit = test_app(test).await;
        let field = kit.call::<CreateField>(json!({ "title": "Renewal", "data_type": "date" })).await.unwrap().column;
        let (field, ann) = (field.id.unwrap(), kit.call::<contact::CreateContact>(json!({ "work_email": "a@x.com" })).await.unwrap().id);
        let set = |value: Value| json!({ "column_id": field, "record_id": ann, "value": value });
        kit.call::<SetFieldValue>(set(json!("2026-12-01"))).await.unwrap();
        let get = json!({ "column_id": field, "record_id": ann });
        assert_eq!(kit.call::<GetFieldValue>(get.clone()).await.unwrap().value.as_deref(), Some("2026-12-01"));
        let refused = kit.call::<SetFieldValue>(set(json!("soon"))).await.unwrap_err();
        assert!(refused.message.contains("must fit the field's type, date"), "{}", refused.message);
        kit.call::<SetFieldValue>(set(Value::Null)).await.unwrap();
        assert_eq!(kit.call::<GetFieldValue>(get).await.unwrap().value, None);
        for missing in [json!({ "column_id": 99, "record_id": ann }), json!({ "column_id": field, "record_id": 99 })] {
            assert_eq!(kit.call::<SetFieldValue>(missing).await.unwrap_err().kind, ErrorKind::NotFound);
        }
        kit.call::<DeleteField>(json!({ "column_id": field })).await.unwrap();
        let names: Vec<String> = kit.call::<ListFields>(json!({})).await.unwrap().into_iter().map(|field| field.name).collect();
        assert!(!names.contains(&"renewal".to_owned()) && names.contains(&"work_email".to_owned()));
    }
}

on_both! {
    async fn a_batch_is_made_as_a_whole_and_values_are_written_as_a_whole(test) {
        let kit = test_app(test).await;
        let made = kit.call::<CreateFields>(json!({ "fields": [{ "title": "A" }, { "title": "B", "data_type": "int" }, { "title": "a" }] })).await.unwrap();
        assert_eq!((made.total_created, made.total_already_existed), (2, 1));
        let clash = kit.call::<CreateFields>(json!({ "fields": [{ "title": "New" }, { "title": "B" }] })).await.unwrap_err();
        assert_eq!((clash.kind, clash.message.as_str()), (ErrorKind::Conflict, "`fields[1]` is there already, as int; name another."));
        assert_eq!(kit.call::<CreateFields>(json!({ "fields": [{ "title": "New" }] })).await.unwrap().total_created, 1);
        let ann = kit.call::<contact::CreateContact>(json!({ "work_email": "a@x.com" })).await.unwrap().id;
        let (a, b) = (made.results[0].id, made.results[1].id);
        let values = |number: &str| json!({ "values": [
            { "column_id": a, "record_id": ann, "value": "x" }, { "column_id": b, "record_id": ann, "value": number },
        ] });
        assert_eq!(kit.call::<SetFieldValues>(values("many")).await.unwrap_err().kind, ErrorKind::Invalid);
        assert_eq!(kit.call::<GetFieldValue>(json!({ "column_id": a, "record_id": ann })).await.unwrap().value, None);
        assert_eq!(kit.call::<SetFieldValues>(values("3")).await.unwrap().updated, 2);
    }
}

on_both! {
    async fn fields_of_companies_need_the_scopes_of_companies(test) {
        let kit = test_app(test).await;
        let narrow = kit.as_key(&kit.key_with(&["contacts:*"]).await);
        let args = json!({ "title": "X", "entity": "companies" }).as_object().unwrap().clone();
        assert_eq!(narrow.call::<CreateField>(args).await.unwrap_err().kind, ErrorKind::Forbidden);
    }
}

on_both! {
    async fn what_others_publish_is_taken_and_means_nothing(test) {
        let kit = test_app(test).await;
        let enrichment = json!({ "provider": "somebody" });
        let made = kit.call::<CreateField>(json!({ "title": "Size", "data_type": "number", "enrichment": enrichment })).await.unwrap();
        assert_eq!((made.column.data_type, made.enrichment), (DataType::Numeric, None));
        let fields = json!([{ "title": "Size", "data_type": "numeric", "enrichment": null }, { "title": "Hat", "enrichment": enrichment }]);
        let batch = kit.call::<CreateFields>(json!({ "fields": fields })).await.unwrap();
        assert_eq!((batch.total_created, batch.total_already_existed), (1, 1));
        let column = json!({ "title": "Coat", "enrichment": enrichment, "created_by": "Ann" });
        kit.call::<column::CreateColumnOfContacts>(column).await.unwrap();
        let typo = kit.call::<CreateField>(json!({ "title": "Shoe", "enrichmnt": {} })).await.unwrap_err();
        assert!(typo.message.contains("is not a field of this request"), "{}", typo.message);
        let search = json!({ "filters": [{ "field": "country", "operator": "exists", "value": [] }], "list_title": "All", "page": 2, "limit": "x" });
        kit.call::<search::SaveContactSearch>(search.clone()).await.unwrap();
        kit.call::<search::SaveCompanySearch>(search).await.unwrap();
    }
}
