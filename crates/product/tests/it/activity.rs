//! The stream, as its readers see it.

use g8_core::{Args, Backend, testing::TestApp};
use g8_deals::task;
use g8_domain::{ErrorKind, Page};
use g8_product::testing::test_app;
use g8_records::{contact, exclusion, list};
use g8_signals::activity::{GetActivity, ListActivities, ListActivitiesOfCompany, ListActivitiesOfContact};
use g8_storage::on_both;
use serde_json::{Value, json};

fn args(value: Value) -> Args {
    value.as_object().unwrap().clone()
}

fn names(page: &Page<g8_signals::activity::ActivityView>) -> Vec<&str> {
    page.data.iter().map(|one| one.event_type.as_str()).collect()
}

async fn history(kit: &TestApp) -> i64 {
    let contact = json!({ "work_email": "ann@x.com", "first_name": "Ann", "company_name": "Acme" });
    let id = kit.call::<contact::CreateContact>(contact).await.unwrap().id;
    kit.advance_seconds(1);
    kit.call::<contact::UpdateContact>(json!({ "contact_id": id, "city": "Rome" })).await.unwrap();
    kit.advance_seconds(1);
    kit.call::<task::CreateTaskOnContact>(json!({ "contact_id": id, "title": "Call" })).await.unwrap();
    kit.advance_seconds(1);
    kit.call::<contact::CreateContact>(json!({ "work_email": "bob@y.com" })).await.unwrap();
    id
}

on_both! {
    async fn a_record_shows_what_happened_to_it_and_around_it(test) {
        let kit = test_app(test).await;
        let id = history(&kit).await;
        let of_ann = kit.call::<ListActivitiesOfContact>(json!({ "contact_id": id })).await.unwrap();
        assert_eq!(names(&of_ann), ["task.created", "contact.updated", "contact.created"]);
        assert_eq!(of_ann.pagination.total, 3);
        let last = &of_ann.data[0];
        assert_eq!((last.subject.as_str(), last.summary.as_str()), ("Task created", "Task created by First key"));
        assert_eq!((last.contact_id, last.activity_type.as_str(), last.activity_subtype.as_str()), (Some(id), "task", "created"));
        assert_eq!((json!(last.payload.resource_type), last.payload.person_id), (json!("TASK"), Some(id)));
        assert_eq!(last.payload.task_id.as_deref(), last.metadata["id"].as_str());
        assert_eq!(last.metadata["title"], "Call");
        let of_acme = kit.call::<ListActivitiesOfCompany>(json!({ "company_id": 1 })).await.unwrap();
        assert_eq!(names(&of_acme), ["contact.updated", "contact.created", "company.created"]);
        assert_eq!((of_acme.data[0].contact_id, of_acme.data[0].company_id), (Some(id), Some(1)));
        let all = kit.call::<ListActivities>(json!({})).await.unwrap();
        assert_eq!(all.data.len(), 5);
        let one = kit.call::<GetActivity>(json!({ "activity_id": last.id })).await.unwrap();
        assert_eq!((one.contact_id, one.event_type.as_str()), (Some(id), "task.created"));
        let nobody = json!({ "activity_id": "00000000-0000-7000-8000-000000000000" });
        assert_eq!(kit.call::<GetActivity>(nobody).await.unwrap_err().kind, ErrorKind::NotFound);
        assert_eq!(kit.call::<ListActivitiesOfContact>(json!({ "contact_id": 99 })).await.unwrap_err().kind, ErrorKind::NotFound);
    }
}

on_both! {
    async fn every_filter_narrows_the_stream(test) {
        let kit = test_app(test).await;
        let start = kit.now();
        let id = history(&kit).await;
        for (filter, expected) in [
            (json!({ "activity_type": "contact" }), vec!["contact.created", "contact.updated", "contact.created"]),
            (json!({ "event_type": "contact_created" }), vec!["contact.created", "contact.created"]),
            (json!({ "activity_type": "UPDATED" }), vec!["contact.updated"]),
            (json!({ "resource_type": "TASK" }), vec!["task.created"]),
            (json!({ "resource_type": "MEETING" }), vec![]),
            (json!({ "resource_type": "TASK", "activity_type": "updated" }), vec![]),
            (json!({ "channel": "EMAIL" }), vec![]),
            (json!({ "person_id": id, "company_id": 1, "event_type": "contact.created" }), vec!["contact.created"]),
            (json!({ "contact_id": id, "company_id": 2 }), vec![]),
            (json!({ "deal_id": "00000000-0000-7000-8000-000000000000" }), vec![]),
            (json!({ "since": start.plus(1_500_000) }), vec!["contact.created", "task.created"]),
            (json!({ "until": start.plus(1) }), vec!["contact.created", "company.created"]),
            (json!({ "contact_id": id, "since": start, "until": start.plus(1_500_000) }), vec!["contact.updated"]),
        ] {
            assert_eq!(names(&kit.call::<ListActivities>(filter.clone()).await.unwrap()), expected, "{filter}");
        }
        assert_eq!(kit.call::<ListActivities>(json!({ "activity_type": "shoes" })).await.unwrap_err().kind, ErrorKind::Invalid);
    }
}

on_both! {
    async fn a_cursor_goes_through_the_whole_stream_once(test) {
        let kit = test_app(test).await;
        let id = history(&kit).await;
        for filter in [json!({}), json!({ "contact_id": id }), json!({ "activity_type": "created" })] {
            let whole = kit.call::<ListActivities>(filter.clone()).await.unwrap();
            let (mut seen, mut cursor) = (Vec::new(), Value::Null);
            loop {
                let mut asked = filter.clone();
                asked["limit"] = json!(1);
                if cursor.is_string() {
                    asked["cursor"] = cursor;
                }
                let page = kit.call::<ListActivities>(asked).await.unwrap();
                seen.extend(page.data.iter().map(|one| one.id));
                cursor = json!(page.pagination.next_cursor);
                if !cursor.is_string() {
                    break;
                }
            }
            assert_eq!(seen, whole.data.iter().map(|one| one.id).collect::<Vec<_>>(), "{filter}");
        }
    }
}

on_both! {
    async fn who_may_not_read_a_record_sees_ids_and_names_of_fields(test) {
        let kit = test_app(test).await;
        let id = history(&kit).await;
        kit.call::<exclusion::CreateContactExclusion>(json!({ "email": "ann@x.com", "reason": "OTHER" })).await.unwrap();
        let fair = kit.call::<list::CreateList>(json!({ "title": "Fair of Ann" })).await.unwrap().id;
        kit.call::<list::AddContactsToList>(json!({ "list_id": fair, "contact_ids": [id] })).await.unwrap();
        let blind = kit.as_key(&kit.key_with(&["activities:read"]).await);
        let seen = blind.call::<ListActivities>(args(json!({}))).await.unwrap();
        let text = serde_json::to_string(&seen).unwrap();
        for secret in ["ann@x.com", "Rome", "Acme", "Ann", "Call"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        let updated = seen.data.iter().find(|one| one.event_type == "contact.updated").unwrap();
        assert_eq!((updated.metadata["id"].clone(), updated.contact_id), (json!(id), Some(id)));
        assert!(updated.metadata["fields"].as_array().unwrap().contains(&json!("city")));
        let reader = kit.as_key(&kit.key_with(&["activities:read", "contacts:read"]).await);
        let seen = reader.call::<ListActivities>(args(json!({ "contact_id": id }))).await.unwrap();
        let text = serde_json::to_string(&seen).unwrap();
        assert!(text.contains("Rome") && !text.contains("Call"), "{text}");
        let stranger = kit.as_key(&kit.stranger().await);
        assert_eq!(stranger.call::<ListActivities>(args(json!({ "contact_id": id }))).await.unwrap().pagination.total, 0);
    }
}
