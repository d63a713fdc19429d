//! Custom fields, as their users see them.

use super::{CreateColumnOfCompanies, CreateColumnOfContacts, DeleteColumnOfContacts, ListColumnsOfContacts};
use crate::contact;
use crate::testing::test_app;
use g8_domain::{ErrorKind, record::Subject};
use g8_storage::{columns, on_both};
use serde_json::json;

on_both! {
    async fn values_are_written_by_title_or_slug_and_shown_when_asked_for(test) {
        let kit = test_app(test).await;
        let made = kit.call::<CreateColumnOfContacts>(json!({ "title": "Shoe Size", "data_type": "int" })).await.unwrap();
        assert_eq!((made.column.name.as_str(), made.column.is_global, made.object_id.as_str()), ("shoe_size", true, "contacts"));
        let with = |fields| json!({ "work_email": "a@x.com", "custom_fields": fields, "create_missing_fields": true });
        let id = kit.call::<contact::AssertContact>(with(json!({ "shoe size": 43, "Hobby": "Chess" }))).await.unwrap().id;
        let show = json!({ "contact_id": id, "include_custom_fields": true });
        let shown = kit.call::<contact::GetContact>(show.clone()).await.unwrap().row.custom_fields.unwrap();
        assert_eq!(json!(shown), json!({ "shoe_size": "43", "hobby": "Chess" }));
        kit.call::<contact::AssertContact>(with(json!({ "shoe_size": null }))).await.unwrap();
        let listed = kit.call::<contact::ListContacts>(json!({ "include_custom_fields": true })).await.unwrap();
        assert_eq!(json!(listed.data[0].custom_fields), json!({ "hobby": "Chess" }));
        assert_eq!(kit.call::<contact::GetContact>(json!({ "contact_id": id })).await.unwrap().row.custom_fields, None);
        kit.call::<DeleteColumnOfContacts>(json!({ "column_id": made.column.id })).await.unwrap();
        let names: Vec<String> = kit.call::<ListColumnsOfContacts>(json!({})).await.unwrap().into_iter().map(|c| c.name).collect();
        assert!(names.contains(&"work_email".to_owned()) && names.contains(&"hobby".to_owned()));
        assert!(!names.contains(&"shoe_size".to_owned()));
    }
}

on_both! {
    async fn only_the_values_of_the_records_that_are_shown_are_read(test) {
        let kit = test_app(test).await;
        for name in ["a", "b", "c"] {
            let fields = json!({ "Name": name });
            let contact = json!({ "work_email": format!("{name}@x.example"), "custom_fields": fields, "create_missing_fields": true });
            kit.call::<contact::AssertContact>(contact).await.unwrap();
        }
        let read = columns::values(&mut &kit.app.db, kit.org, Subject::Contact, &[1, 3]).await.unwrap();
        let mut read: Vec<i64> = read.into_iter().map(|value| value.record_id).collect();
        read.sort_unstable();
        assert_eq!(read, [1, 3]);
    }
}

on_both! {
    async fn a_value_of_the_wrong_type_stops_the_whole_write(test) {
        let kit = test_app(test).await;
        kit.call::<CreateColumnOfContacts>(json!({ "title": "Score", "data_type": "numeric" })).await.unwrap();
        let fields = json!({ "score": "high", "unknown": 1 });
        let refused = kit.call::<contact::AssertContact>(json!({ "work_email": "a@x.com", "custom_fields": fields })).await.unwrap_err();
        assert!(refused.message.starts_with("2 problems:"), "{}", refused.message);
        assert_eq!(kit.call::<contact::ListContacts>(json!({})).await.unwrap().pagination.total, 0);
        for taken in [json!({ "title": "SCORE" }), json!({ "title": "Work e-mail", "name": "work_email" })] {
            assert_eq!(kit.call::<CreateColumnOfContacts>(taken).await.unwrap_err().kind, ErrorKind::Conflict);
        }
        kit.call::<CreateColumnOfCompanies>(json!({ "title": "Score" })).await.unwrap();
    }
}
