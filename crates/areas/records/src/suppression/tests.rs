//! Suppressions, as their users see them.

use super::{
    GetSuppression, ListSuppressions, ReinstatePeople, SuppressPeople, SuppressPerson, UnsuppressPerson,
};
use crate::testing::test_app;
use crate::{contact, exclusion};
use g8_core::testing::TestApp;
use g8_domain::{
    ErrorKind, Ts,
    record::{Category, Channel},
};
use g8_storage::on_both;
use serde_json::json;

async fn person(kit: &TestApp, email: &str) -> i64 {
    kit.call::<contact::CreateContact>(json!({ "work_email": email })).await.unwrap().id
}

on_both! {
    async fn what_we_closed_we_open_again(test) {
        let kit = test_app(test).await;
        let id = person(&kit, "a@x.com").await;
        assert!(!kit.call::<GetSuppression>(json!({ "contact_id": id })).await.unwrap().suppressed);
        let closed = kit.call::<SuppressPerson>(json!({ "contact_id": id, "channel": "email" })).await.unwrap();
        assert_eq!((closed.suppressed, closed.channels, closed.category), (true, vec![Channel::Email], Some(Category::OrgInitiated)));
        let twice = kit.call::<SuppressPerson>(json!({ "contact_id": id, "channel": "email" })).await.unwrap();
        assert_eq!(twice.exclusions.len(), 1);
        kit.call::<SuppressPerson>(json!({ "contact_id": id })).await.unwrap();
        assert_eq!(kit.call::<GetSuppression>(json!({ "contact_id": id })).await.unwrap().channels.len(), 3);
        assert_eq!(kit.call::<ListSuppressions>(json!({ "channel": "all" })).await.unwrap().pagination.total, 1);
        let open = kit.call::<UnsuppressPerson>(json!({ "contact_id": id })).await.unwrap();
        assert_eq!((open.suppressed, open.exclusions.len()), (false, 0));
        assert!(!kit.call::<UnsuppressPerson>(json!({ "contact_id": id })).await.unwrap().suppressed, "twice is as once");
    }
}

on_both! {
    async fn what_the_contact_closed_stays_closed(test) {
        let kit = test_app(test).await;
        let id = person(&kit, "a@x.com").await;
        kit.call::<exclusion::CreateContactExclusion>(json!({ "email": "a@x.com", "reason": "UNSUBSCRIBED" })).await.unwrap();
        let refused = kit.call::<UnsuppressPerson>(json!({ "contact_id": id })).await.unwrap_err();
        assert!(refused.kind == ErrorKind::Rule && refused.message.contains("asked not to be written to"), "{}", refused.message);
        kit.call::<SuppressPerson>(json!({ "contact_id": id })).await.unwrap();
        let left = kit.call::<UnsuppressPerson>(json!({ "contact_id": id })).await.unwrap();
        assert_eq!((left.suppressed, left.category, left.exclusions.len()), (true, Some(Category::ContactInitiated), 1));
    }
}

on_both! {
    async fn a_suppressed_contact_who_is_deleted_and_added_again_is_still_suppressed(test) {
        let kit = test_app(test).await;
        let id = person(&kit, "a@x.com").await;
        kit.call::<SuppressPerson>(json!({ "contact_id": id })).await.unwrap();
        kit.call::<contact::DeleteContact>(json!({ "contact_id": id })).await.unwrap();
        assert_eq!(kit.call::<GetSuppression>(json!({ "contact_id": id })).await.unwrap_err().kind, ErrorKind::NotFound);
        let again = person(&kit, "a@x.com").await;
        assert!(kit.call::<GetSuppression>(json!({ "contact_id": again })).await.unwrap().suppressed);
    }
}

on_both! {
    async fn many_are_closed_and_opened_at_once(test) {
        let kit = test_app(test).await;
        let (a, b) = (person(&kit, "a@x.com").await, person(&kit, "b@x.com").await);
        let asked = json!({ "contact_ids": [a, b, 99, a], "emails": ["C@x.com", "c@x.com"], "message": "list" });
        let done = kit.call::<SuppressPeople>(asked.clone()).await.unwrap();
        assert_eq!((done.suppressed, done.unchanged, done.not_found), (3, 0, vec![99]));
        assert_eq!(kit.call::<SuppressPeople>(asked).await.unwrap().unchanged, 3);
        kit.call::<exclusion::CreateContactExclusion>(json!({ "email": "d@x.com", "reason": "BOUNCED" })).await.unwrap();
        let back = kit.call::<ReinstatePeople>(json!({ "contact_ids": [a, b, 99], "emails": ["c@x.com", "d@x.com"] })).await.unwrap();
        assert_eq!((back.reinstated, back.not_found, back.refused.len()), (3, vec![99], 1));
        assert_eq!(back.refused[0].email.as_deref(), Some("d@x.com"));
        assert_eq!(kit.call::<SuppressPeople>(json!({})).await.unwrap_err().kind, ErrorKind::Invalid);
        let wrong = kit.call::<SuppressPeople>(json!({ "emails": ["a@x.com", "b"] })).await.unwrap_err();
        assert!(wrong.message.contains("`emails[1]`"), "{}", wrong.message);
    }
}

on_both! {
    async fn a_longer_suppression_outlasts_a_shorter_one_and_never_the_other_way(test) {
        let kit = test_app(test).await;
        let id = person(&kit, "a@x.com").await;
        let tomorrow = kit.now().plus(Ts::DAY);
        kit.call::<SuppressPerson>(json!({ "contact_id": id, "until": tomorrow })).await.unwrap();
        kit.call::<SuppressPerson>(json!({ "contact_id": id })).await.unwrap();
        kit.call::<SuppressPerson>(json!({ "contact_id": id, "until": tomorrow })).await.unwrap();
        kit.advance_seconds(3 * 24 * 3600);
        let now = kit.call::<GetSuppression>(json!({ "contact_id": id })).await.unwrap();
        assert_eq!((now.suppressed, now.exclusions.len()), (true, 1), "for good is for good");
    }
}
