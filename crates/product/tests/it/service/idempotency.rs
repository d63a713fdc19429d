//! Requests that are sent twice.

use crate::webhook::receiver::{Receiver, Reply};
use g8_core::{Action, Args, Credential, Origin, testing::TestApp};
use g8_deals::task;
use g8_domain::{Error, ErrorKind};
use g8_identity::key;
use g8_product::testing::{configured_app, test_app};
use g8_records::{contact, exclusion, list};
use g8_signals::webhook;
use g8_storage::on_both;
use serde_json::{Value, json};

/// An answer, and whether it was stored.
#[derive(Debug)]
struct Sent<T> {
    output: T,
    replayed: bool,
}

async fn send<O: g8_core::Operation>(
    kit: &TestApp,
    key: &str,
    args: Value,
) -> Result<Sent<O::Output>, Error> {
    send_as::<O>(kit, &kit.key, (key, args)).await
}

async fn send_as<O: g8_core::Operation>(
    kit: &TestApp,
    token: &str,
    (key, args): (&str, Value),
) -> Result<Sent<O::Output>, Error> {
    let header = format!("Bearer {token}");
    let entry =
        kit.app.enter(Credential { authorization: Some(header.as_bytes()), ..Credential::default() }).await?;
    let origin = Origin { idempotency_key: Some(key.to_owned()), ..Origin::default() };
    let args: Args = args.as_object().unwrap().clone();
    let done = kit.app.call(Action::of::<O>(), (entry, origin), None, |_| Ok(args)).await?;
    Ok(Sent { output: done.read()?, replayed: done.replayed })
}

on_both! {
    async fn the_second_request_is_answered_like_the_first_and_changes_nothing(test) {
        let kit = test_app(test).await;
        let first = send::<list::CreateList>(&kit, "one", json!({ "title": "Fair" })).await.unwrap();
        let second = send::<list::CreateList>(&kit, "one", json!({ "title": "Fair" })).await.unwrap();
        assert_eq!((first.replayed, second.replayed), (false, true));
        assert_eq!(json!(first.output), json!(second.output));
        send::<list::CreateList>(&kit, "two", json!({ "title": "Fair" })).await.unwrap();
        assert_eq!(kit.call::<list::ListLists>(json!({})).await.unwrap().pagination.total, 2);
        let other = send::<list::CreateList>(&kit, "one", json!({ "title": "Other" })).await.unwrap_err();
        assert_eq!((other.kind, other.message.as_str()), (ErrorKind::Rule, "This Idempotency-Key was used with other arguments or by another API key; send a new one."));
        // The same key names another request to another operation, and is forgotten after a day.
        send::<contact::CreateContact>(&kit, "one", json!({ "work_email": "a@x.com" })).await.unwrap();
        kit.advance_seconds(24 * 3600);
        assert!(!send::<list::CreateList>(&kit, "one", json!({ "title": "Other" })).await.unwrap().replayed);
    }
}

on_both! {
    async fn duplicates_at_the_same_time_have_one_effect_and_one_answer(test) {
        let kit = test_app(test).await;
        let sent = (0..8).map(|_| send::<list::CreateList>(&kit, "same", json!({ "title": "Fair" })));
        let done = futures_util::future::join_all(sent).await;
        let ids: Vec<i64> = done.iter().map(|done| done.as_ref().unwrap().output.id).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(done.iter().filter(|done| !done.as_ref().unwrap().replayed).count(), 1);
        assert_eq!(kit.call::<list::ListLists>(json!({})).await.unwrap().pagination.total, 1);
    }
}

on_both! {
    async fn what_failed_may_be_tried_again_with_the_same_key(test) {
        let kit = test_app(test).await;
        let args = json!({ "work_email": "a@x.com", "list_id": 1 });
        assert_eq!(send::<contact::CreateContact>(&kit, "k", args.clone()).await.unwrap_err().kind, ErrorKind::NotFound);
        kit.call::<list::CreateList>(json!({ "title": "Fair" })).await.unwrap();
        assert!(!send::<contact::CreateContact>(&kit, "k", args).await.unwrap().replayed);
    }
}

on_both! {
    async fn a_secret_is_not_stored_to_be_shown_again(test) {
        let kit = test_app(test).await;
        send::<key::CreateKey>(&kit, "k", json!({ "name": "CRM" })).await.unwrap();
        let again = send::<key::CreateKey>(&kit, "k", json!({ "name": "CRM" })).await.unwrap_err();
        assert!(again.message.contains("shown once"), "{}", again.message);
        assert_eq!(kit.call::<key::ListKeys>(json!({})).await.unwrap().pagination.total, 2);
    }
}

on_both! {
    async fn the_same_key_on_another_path_is_another_request(test) {
        let kit = test_app(test).await;
        for title in ["One", "Two"] {
            kit.call::<task::CreateTask>(json!({ "title": title })).await.unwrap();
        }
        let tasks = kit.call::<task::ListTasks>(json!({})).await.unwrap().data;
        for task in &tasks {
            let done = send::<task::CompleteTask>(&kit, "k", json!({ "task_id": task.id })).await.unwrap();
            assert!(!done.replayed && done.output.id == task.id);
        }
        let again = send::<task::CompleteTask>(&kit, "k", json!({ "task_id": tasks[0].id })).await.unwrap();
        assert!(again.replayed && again.output.id == tasks[0].id);
    }
}

on_both! {
    async fn what_one_api_key_was_answered_another_does_not_hear(test) {
        let kit = test_app(test).await;
        let args = json!({ "title": "Fair" });
        send::<list::CreateList>(&kit, "k", args.clone()).await.unwrap();
        let other = kit.key_with(&["lists:write"]).await;
        let refused = send_as::<list::CreateList>(&kit, &other, ("k", args)).await.unwrap_err();
        assert_eq!((refused.kind, refused.message.contains("by another API key")), (ErrorKind::Rule, true));
        assert_eq!(kit.call::<list::ListLists>(json!({})).await.unwrap().pagination.total, 1);
    }
}

on_both! {
    async fn a_key_with_an_upload_is_refused_in_place_of_being_ignored(test) {
        let kit = test_app(test).await;
        let refused = send::<exclusion::ImportExclusions>(&kit, "k", json!({})).await.unwrap_err();
        assert_eq!(refused.message, "`Idempotency-Key` does not go with a file; send the file without it.");
    }
}

on_both! {
    async fn what_was_begun_and_never_ended_is_not_done_again(test) {
        let kit = configured_app(test, |config| config.limits.request_seconds = 1).await;
        let receiver = Receiver::new().await;
        let made = kit.call::<webhook::CreateWebhook>(json!({ "url": receiver.url, "events": ["contact.created"] })).await.unwrap();
        let args = json!({ "webhook_id": made.webhook.id });
        receiver.replies(&[Reply::Never]);
        let cut_off = send::<webhook::TestWebhook>(&kit, "k", args.clone());
        assert!(tokio::time::timeout(std::time::Duration::from_millis(900), cut_off).await.is_err());
        assert_eq!(receiver.count(), 1);
        let refused = send::<webhook::TestWebhook>(&kit, "k", args).await.unwrap_err();
        assert_eq!((refused.kind, receiver.count()), (ErrorKind::Conflict, 1));
        assert!(refused.message.contains("whether it was done is not known"), "{}", refused.message);
    }
}

on_both! {
    async fn a_webhook_is_tested_once_for_all_who_ask_with_one_key(test) {
        let (kit, receiver) = (test_app(test).await, Receiver::new().await);
        let made = kit.call::<webhook::CreateWebhook>(json!({ "url": receiver.url, "events": ["contact.created"] })).await.unwrap();
        let sent = (0..6).map(|_| send::<webhook::TestWebhook>(&kit, "k", json!({ "webhook_id": made.webhook.id })));
        let done = futures_util::future::join_all(sent).await;
        assert!(done.iter().all(|done| done.as_ref().unwrap().output.delivered));
        assert_eq!(done.iter().filter(|done| !done.as_ref().unwrap().replayed).count(), 1);
        assert_eq!(receiver.count(), 1);
    }
}

on_both! {
    async fn a_malformed_key_is_refused_and_one_on_a_read_is_ignored(test) {
        let kit = test_app(test).await;
        for key in ["", "a b", &"x".repeat(256), "ä"] {
            let refused = send::<list::CreateList>(&kit, key, json!({ "title": "Fair" })).await.unwrap_err();
            assert!(refused.message.starts_with("`Idempotency-Key` must be 1 to 255"), "{}", refused.message);
        }
        assert!(!send::<list::ListLists>(&kit, "ä", json!({})).await.unwrap().replayed);
    }
}
