//! Tasks, as their users see them.

use g8_core::{Args, Backend, testing::TestApp};
use g8_deals::deal;
use g8_deals::task::{
    AssignTask, CompleteTask, CreateTask, CreateTaskOnContact, DeleteTask, GetTask, ListTasks,
    ListTasksOfCompany, ListTasksOfContact, ReassignTask, ReopenTask, SkipTask, UpdateTask,
};
use g8_domain::{
    ErrorKind,
    record::{Role, TaskStatus},
};
use g8_product::testing::test_app;
use g8_records::{company, contact};
use g8_signals::activity;
use g8_storage::{events, on_both};
use serde_json::{Value, json};

fn args(value: Value) -> Args {
    value.as_object().unwrap().clone()
}

async fn ann(kit: &TestApp) -> i64 {
    let contact = json!({ "work_email": "ann@x.com", "first_name": "Ann", "company_name": "Acme" });
    kit.call::<contact::CreateContact>(contact).await.unwrap().id
}

async fn told(kit: &TestApp) -> Vec<String> {
    let all = events::after(&mut &kit.app.db, kit.org, uuid::Uuid::nil(), 100).await.unwrap();
    all.into_iter().map(|event| event.name).filter(|name| name.starts_with("task.")).collect()
}

on_both! {
    async fn a_task_is_made_worked_on_and_done(test) {
        let kit = test_app(test).await;
        let id = ann(&kit).await;
        let made = json!({ "contact_id": id, "title": " Call Ann ", "priority": "high", "due_date": "2026-11-30", "type": "CALL" });
        let task = kit.call::<CreateTaskOnContact>(made).await.unwrap();
        assert_eq!((task.title.as_str(), task.priority, json!(task.priority_bucket)), ("Call Ann", 2, json!("HOT")));
        assert_eq!((task.status, task.contact_id, task.entity_label.as_deref()), (TaskStatus::Open, Some(id), Some("Ann")));
        assert_eq!(task.due_date.unwrap().to_string(), "2026-11-30T00:00:00.000000Z");
        kit.advance_seconds(60);
        let begun = kit.call::<UpdateTask>(json!({ "task_id": task.id, "status": "IN_PROGRESS", "priority": 4, "due_date": null })).await.unwrap();
        assert_eq!((begun.status, json!(begun.priority_bucket), begun.due_date), (TaskStatus::InProgress, json!("EXTRA"), None));
        assert!(begun.updated_at > task.updated_at && begun.completed_at.is_none());
        let done = kit.call::<CompleteTask>(json!({ "task_id": task.id, "disposition": "ANSWERED" })).await.unwrap();
        assert_eq!((done.status, done.completed_at), (TaskStatus::Completed, Some(kit.now())));
        for refused in [
            kit.call::<CompleteTask>(json!({ "task_id": task.id })).await.unwrap_err(),
            kit.call::<SkipTask>(json!({ "task_id": task.id })).await.unwrap_err(),
        ] {
            assert_eq!(refused.kind, ErrorKind::Rule, "{}", refused.message);
        }
        let again = kit.call::<ReopenTask>(json!({ "task_id": task.id })).await.unwrap();
        assert_eq!((again.status, again.completed_at, again.reopened_at), (TaskStatus::Open, None, Some(kit.now())));
        assert_eq!(kit.call::<ReopenTask>(json!({ "task_id": task.id })).await.unwrap_err().kind, ErrorKind::Rule);
        let skipped = kit.call::<SkipTask>(json!({ "task_id": task.id })).await.unwrap();
        assert_eq!((skipped.status, skipped.skipped_at), (TaskStatus::Skipped, Some(kit.now())));
        kit.call::<DeleteTask>(json!({ "task_id": task.id })).await.unwrap();
        assert_eq!(kit.call::<GetTask>(json!({ "task_id": task.id })).await.unwrap_err().kind, ErrorKind::NotFound);
        let expected = ["created", "updated", "updated", "completed", "updated", "updated", "deleted"];
        assert_eq!(told(&kit).await, expected.map(|what| format!("task.{what}")));
    }
}

on_both! {
    async fn tasks_are_found_by_every_published_filter(test) {
        let kit = test_app(test).await;
        let id = ann(&kit).await;
        kit.call::<CreateTaskOnContact>(json!({ "contact_id": id, "title": "Call", "priority": 1 })).await.unwrap();
        kit.call::<CreateTask>(json!({ "title": "Prüfen", "description": "the OFFER", "priority": "HOT", "entity_type": "company", "entity_id": 1 })).await.unwrap();
        let other = kit.call::<CreateTask>(json!({ "title": "Tidy up", "status": "completed" })).await.unwrap();
        assert!(other.completed_at.is_some() && other.entity_type.is_none());
        for (filter, titles) in [
            (json!({}), vec!["Tidy up", "Prüfen", "Call"]),
            (json!({ "status": "PENDING" }), vec!["Prüfen", "Call"]),
            (json!({ "status": "completed" }), vec!["Tidy up"]),
            (json!({ "priority": "HOT" }), vec!["Prüfen", "Call"]),
            (json!({ "priority": 1 }), vec!["Call"]),
            (json!({ "search": "offer" }), vec!["Prüfen"]),
            (json!({ "search": "PRÜ" }), vec!["Prüfen"]),
            (json!({ "entity_type": "contact", "entity_id": id }), vec!["Call"]),
            (json!({ "limit": 1, "offset": 1 }), vec!["Prüfen"]),
            (json!({ "created_at_after": "2200-01-01T00:00:00Z" }), vec![]),
        ] {
            let page = kit.call::<ListTasks>(filter.clone()).await.unwrap();
            assert_eq!(page.data.iter().map(|task| task.title.as_str()).collect::<Vec<_>>(), titles, "{filter}");
        }
        assert_eq!(kit.call::<ListTasksOfContact>(json!({ "contact_id": id })).await.unwrap().pagination.total, 1);
        assert_eq!(kit.call::<ListTasksOfCompany>(json!({ "company_id": 1, "status": "skipped" })).await.unwrap().pagination.total, 0);
        assert_eq!(kit.call::<ListTasks>(json!({ "limit": 500 })).await.unwrap().pagination.limit, 200);
        assert_eq!(kit.call::<ListTasks>(json!({ "entity_id": 1 })).await.unwrap_err().kind, ErrorKind::Invalid);
        let wrong = kit.call::<ListTasks>(json!({ "priority": "warm", "status": "done" })).await.unwrap_err();
        assert!(wrong.message.starts_with("2 problems"), "{}", wrong.message);
    }
}

on_both! {
    async fn a_task_is_about_records_that_are_there_and_readable(test) {
        let kit = test_app(test).await;
        let id = ann(&kit).await;
        let about = |kind: &str, id: Value| json!({ "title": "x", "records": [{ "entity_type": kind, "entity_id": id }] });
        for (kind, other, expected) in [
            ("contact", json!(99), ErrorKind::NotFound),
            ("contact", json!("01"), ErrorKind::NotFound),
            ("company", json!("nine"), ErrorKind::NotFound),
            ("team_member", json!("00000000-0000-7000-8000-000000000000"), ErrorKind::NotFound),
            ("deal", json!("00000000-0000-7000-8000-000000000000"), ErrorKind::NotFound),
            ("lead", json!(1), ErrorKind::Rule),
        ] {
            assert_eq!(kit.call::<CreateTask>(about(kind, other)).await.unwrap_err().kind, expected, "{kind}");
        }
        let blind = kit.as_key(&kit.key_with(&["tasks:read", "tasks:write"]).await);
        let refused = blind.call::<CreateTaskOnContact>(args(json!({ "contact_id": id, "title": "x" }))).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::NotFound);
        let both = json!({ "title": "x", "records": [{ "entity_type": "contact", "entity_id": id }, { "entity_type": "company", "entity_id": "1" }] });
        let task = kit.call::<CreateTask>(both).await.unwrap();
        assert_eq!((task.contact_id, task.company_id, task.links.len()), (Some(id), Some(1), 2));
        let seen = blind.call::<GetTask>(args(json!({ "task_id": task.id }))).await.unwrap();
        assert_eq!((seen.contact_id, seen.entity_label, seen.links[1].entity_label.clone()), (Some(id), None, None));
        let theirs = blind.call::<ListTasksOfContact>(args(json!({ "contact_id": id }))).await.unwrap();
        assert_eq!(theirs.data[0].entity_label, None);
        let kept = kit.call::<UpdateTask>(json!({ "task_id": task.id, "title": "y" })).await.unwrap();
        assert_eq!(kept.links.len(), 2);
        let moved = json!({ "task_id": task.id, "records": [{ "entity_type": "company", "entity_id": 1 }] });
        assert_eq!(kit.call::<UpdateTask>(moved).await.unwrap().entity_type.as_deref(), Some("company"));
        kit.call::<company::DeleteCompany>(json!({ "company_id": 1 })).await.unwrap();
        assert!(kit.call::<GetTask>(json!({ "task_id": task.id })).await.unwrap().links.is_empty());
    }
}

on_both! {
    async fn subtasks_nest_one_level_and_go_with_their_task(test) {
        let kit = test_app(test).await;
        let id = ann(&kit).await;
        let parent = kit.call::<CreateTaskOnContact>(json!({ "contact_id": id, "title": "Offer" })).await.unwrap().id;
        let part = kit.call::<CreateTask>(json!({ "title": "Draft", "parent_task_id": parent, "subtask_sort_order": 1 })).await.unwrap();
        assert_eq!(part.contact_id, Some(id), "a part is about what the whole is about");
        let other = kit.call::<CreateTask>(json!({ "title": "Loose" })).await.unwrap().id;
        for (task, above) in [(other, part.id), (parent, other), (other, other)] {
            let refused = kit.call::<UpdateTask>(json!({ "task_id": task, "parent_task_id": above })).await.unwrap_err();
            assert_eq!(refused.kind, ErrorKind::Rule, "{}", refused.message);
        }
        kit.call::<CompleteTask>(json!({ "task_id": part.id })).await.unwrap();
        let whole = kit.call::<GetTask>(json!({ "task_id": parent })).await.unwrap();
        assert_eq!((whole.subtask_count, whole.completed_subtask_count), (1, 1));
        let loose = kit.call::<UpdateTask>(json!({ "task_id": part.id, "parent_task_id": null })).await.unwrap();
        assert_eq!(loose.parent_task_id, None);
        kit.call::<UpdateTask>(json!({ "task_id": part.id, "parent_task_id": parent })).await.unwrap();
        kit.call::<DeleteTask>(json!({ "task_id": parent })).await.unwrap();
        assert_eq!(kit.call::<GetTask>(json!({ "task_id": part.id })).await.unwrap_err().kind, ErrorKind::NotFound);
        assert_eq!(kit.call::<ListTasks>(json!({})).await.unwrap().pagination.total, 1);
    }
}

on_both! {
    async fn assigning_notices_what_has_changed_meanwhile(test) {
        let kit = test_app(test).await;
        let user = kit.user("ann@example.com", Role::Member).await;
        let task = kit.call::<CreateTask>(json!({ "title": "x" })).await.unwrap();
        let (id, read) = (task.id, task.updated_at);
        kit.advance_seconds(1);
        let assigned = kit.call::<AssignTask>(json!({ "task_id": id, "agent_id": user.id, "expected_updated_at": read })).await.unwrap();
        assert_eq!((assigned.task.assignee_name.as_deref(), assigned.execution_started), (Some("Ann"), false));
        assert_eq!(kit.call::<ListTasks>(json!({ "assignee_user_id": user.id })).await.unwrap().pagination.total, 1);
        let stale = kit.call::<AssignTask>(json!({ "task_id": id, "agent_id": null, "expected_updated_at": read })).await.unwrap_err();
        assert_eq!(stale.kind, ErrorKind::Conflict);
        assert_eq!(kit.call::<AssignTask>(json!({ "task_id": id })).await.unwrap_err().kind, ErrorKind::Invalid);
        assert_eq!(kit.call::<AssignTask>(json!({ "task_id": id, "agent_id": null })).await.unwrap().task.assignee_id, None);
        let mine = kit.call::<ReassignTask>(json!({ "task_id": id, "assignee_user_id": user.id, "scope": "TASK" })).await.unwrap();
        assert_eq!(mine.assignee_id, Some(user.id));
        let nobody = json!({ "task_id": id, "assignee_user_id": "00000000-0000-7000-8000-000000000000" });
        assert_eq!(kit.call::<ReassignTask>(nobody).await.unwrap_err().kind, ErrorKind::NotFound);
        let all = json!({ "task_id": id, "assignee_user_id": user.id, "scope": "SEQUENCE" });
        assert_eq!(kit.call::<ReassignTask>(all).await.unwrap_err().kind, ErrorKind::Rule);
    }
}

on_both! {
    async fn only_a_call_goes_one_way_or_another(test) {
        let kit = test_app(test).await;
        let task = kit.call::<CreateTask>(json!({ "title": "x" })).await.unwrap().id;
        let refused = kit.call::<CompleteTask>(json!({ "task_id": task, "disposition": "NO_ANSWER" })).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Rule);
        let empty = kit.call::<UpdateTask>(json!({ "task_id": task })).await.unwrap_err();
        assert_eq!(empty.kind, ErrorKind::Invalid);
        let done = kit.call::<UpdateTask>(json!({ "task_id": task, "type": "CALL", "disposition": "NO_ANSWER", "status": "completed" })).await.unwrap();
        assert!(done.completed_at.is_some());
        assert_eq!(told(&kit).await.last().map(String::as_str), Some("task.completed"));
    }
}

on_both! {
    async fn a_task_on_a_deal_is_named_after_it_and_stands_in_its_stream(test) {
        let kit = test_app(test).await;
        let deal = kit.call::<deal::CreateDeal>(json!({ "name": "Seats" })).await.unwrap().id;
        let about = json!({ "title": "Call", "entity_type": "deal", "entity_id": deal });
        let task = kit.call::<CreateTask>(about.clone()).await.unwrap();
        assert_eq!(task.entity_label.as_deref(), Some("Seats"));
        let stream = kit.call::<activity::ListActivities>(json!({ "deal_id": deal })).await.unwrap().data;
        assert_eq!(stream.iter().map(|one| one.event_type.as_str()).collect::<Vec<_>>(), ["task.created", "deal.created"]);
        let key = kit.key_with(&["tasks:read", "tasks:write"]).await;
        let refused = kit.as_key(&key).call::<CreateTask>(about.as_object().unwrap().clone()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::NotFound, "who may not read deals does not hear that it is there");
    }
}
