//! Imports that meet with trouble: of the file, of the server, of whoever changes their mind.

use super::{faults, import, send, tally};
use crate::testing::test_app;
use crate::{
    column, contact,
    import::{CancelImport, CreateImport, GetImport, ImportView, UploadImport},
};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use g8_core::{Args, Backend, Incoming, testing::TestApp};
use g8_domain::{
    ErrorKind,
    record::{ImportProgress, TransferState},
};
use g8_storage::{files, imports, on_both};
use serde_json::json;
use uuid::Uuid;

async fn look(kit: &TestApp, id: Uuid) -> ImportView {
    kit.call::<GetImport>(json!({ "import_id": id })).await.unwrap()
}

async fn contacts(kit: &TestApp) -> i64 {
    kit.call::<contact::ListContacts>(json!({})).await.unwrap().pagination.total
}

fn people(many: usize) -> String {
    let rows: Vec<String> = (0..many).map(|n| format!("p{n}@x.example,P{n}\n")).collect();
    format!("email,first name\n{}", rows.concat())
}

on_both! {
    async fn a_server_that_cannot_read_its_own_file_tries_again_and_says_when_it_gives_up(test) {
        let kit = test_app(test).await;
        let begun = kit.call::<CreateImport>(json!({})).await.unwrap();
        send(&kit, begun.id, people(3).as_bytes()).await.unwrap();
        let file = imports::get(&mut &kit.app.db, kit.org, begun.id).await.unwrap().unwrap().file_id.unwrap();
        let piece = files::get(&mut &kit.app.db, file, 0).await.unwrap().unwrap();
        let mut tx = kit.app.db.begin().await.unwrap();
        files::delete(&mut tx, file).await.unwrap();
        tx.commit().await.unwrap();
        kit.run_pending_jobs().await;
        assert!(!look(&kit, begun.id).await.status.is_over(), "it is tried again");
        let mut tx = kit.app.db.begin().await.unwrap();
        files::put(&mut tx, file, 0, piece.bytes).await.unwrap();
        tx.commit().await.unwrap();
        kit.advance_seconds(10);
        kit.run_pending_jobs().await;
        let done = look(&kit, begun.id).await;
        assert_eq!((done.status, tally(&done)), (TransferState::Completed, [3, 3, 0, 0, 0]));

        let hopeless = kit.call::<CreateImport>(json!({})).await.unwrap();
        send(&kit, hopeless.id, people(3).as_bytes()).await.unwrap();
        let file = imports::get(&mut &kit.app.db, kit.org, hopeless.id).await.unwrap().unwrap().file_id.unwrap();
        let mut tx = kit.app.db.begin().await.unwrap();
        files::delete(&mut tx, file).await.unwrap();
        tx.commit().await.unwrap();
        for _ in 0..10 {
            kit.run_pending_jobs().await;
            kit.advance_seconds(5000);
        }
        let failed = look(&kit, hopeless.id).await;
        assert_eq!(failed.status, TransferState::Failed);
        assert!(failed.error.unwrap().contains("the server tried several times"));
    }
}

on_both! {
    async fn a_custom_field_that_cannot_be_is_refused_at_once_or_with_its_row(test) {
        let kit = test_app(test).await;
        let columns = json!([
            { "column": "A", "field": "custom.Work email" }, { "column": "B", "field": "custom.!!!" }, { "column": "C", "field": "custom.Fine" },
        ]);
        let refused = kit.call::<CreateImport>(json!({ "columns": columns })).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Invalid);
        for part in ["2 problems", "`columns[0].field` makes the name work_email", "`columns[1].field` must contain a letter"] {
            assert!(refused.message.contains(part), "{part}: {}", refused.message);
        }
        let lines = concat!(
            "{\"email\":\"a@x.example\",\"custom_fields\":{\"Work email\":\"x\"}}\n",
            "{\"email\":\"b@x.example\",\"custom_fields\":{\"Hobby\":\"Chess\"}}\n",
            "{\"email\":\"c@x.example\",\"a\\u0000b\":\"x\"}\n",
            "{\"email\":\"d@x.example\",\"custom_fields\":{\"Hobby\":\"a\\u0000b\"}}\n",
        );
        let done = import(&kit, json!({ "format": "jsonl" }), lines.as_bytes()).await;
        assert_eq!((done.status, tally(&done)), (TransferState::Completed, [4, 1, 0, 0, 3]), "{:?}", done.error);
        assert_eq!(faults(&kit, &done).await, [
            "1 custom_fields.Work email: makes the name work_email, which another field has; choose another",
            "3 : has a name with NUL characters",
            "4 custom_fields.Hobby: must not contain NUL characters",
        ]);
        let csv = "email,Note\na@x.example,a\0b\n";
        let columns = json!([{ "column": "Note", "field": "custom.Note" }]);
        let done = import(&kit, json!({ "columns": columns }), csv.as_bytes()).await;
        assert_eq!((done.status, tally(&done)), (TransferState::Completed, [1, 0, 0, 0, 1]), "{:?}", done.error);
        let nul = json!({ "work_email": "n@x.example", "custom_fields": { "a\0b": "x" }, "create_missing_fields": true });
        assert_eq!(kit.call::<contact::AssertContact>(nul).await.unwrap_err().kind, ErrorKind::Invalid);
        let names: Vec<String> =
            kit.call::<column::ListColumnsOfContacts>(json!({})).await.unwrap().into_iter().filter_map(|column| column.id.map(|_| column.name)).collect();
        assert_eq!(names, ["hobby", "note"]);
    }
}

on_both! {
    async fn what_a_cancelled_import_has_not_counted_it_has_not_written(test) {
        let kit = test_app(test).await;
        let begun = kit.call::<CreateImport>(json!({})).await.unwrap();
        send(&kit, begun.id, people(12_000).as_bytes()).await.unwrap();
        let change_of_mind = async {
            while look(&kit, begun.id).await.rows == 0 {
                tokio::task::yield_now().await;
            }
            kit.call::<CancelImport>(json!({ "import_id": begun.id })).await.unwrap();
        };
        tokio::join!(kit.run_pending_jobs(), change_of_mind);
        let done = look(&kit, begun.id).await;
        assert_eq!(done.status, TransferState::Cancelled);
        assert_eq!((contacts(&kit).await, done.created < 12_000), (done.created, true));
    }
}

on_both! {
    async fn nothing_behind_an_endless_line_is_taken(test) {
        let kit = test_app(test).await;
        let long = "x".repeat(1_200_000);
        let lines = format!("{{\"email\":\"a@x.example\"}}\n{long}\n{{\"email\":\"b@x.example\"}}\n");
        let done = import(&kit, json!({ "format": "jsonl" }), lines.as_bytes()).await;
        assert_eq!((done.status, done.error.as_deref()), (TransferState::Failed, Some("line 2 is over 1 MiB")));
        assert_eq!((done.created, contacts(&kit).await), (1, 1));
    }
}

on_both! {
    async fn a_file_whose_every_line_names_other_fields_is_stopped(test) {
        let kit = test_app(test).await;
        let lines: Vec<String> = (0..1100).map(|n| format!("{{\"email\":\"p{n}@x.example\",\"field {n}\":1}}\n")).collect();
        let done = import(&kit, json!({ "format": "jsonl" }), lines.concat().as_bytes()).await;
        assert_eq!(done.status, TransferState::Failed);
        assert!(done.error.unwrap().contains("over 1000 names of fields"));
        assert_eq!((done.created, done.columns.unwrap().len()), (999, 1000));
    }
}

on_both! {
    async fn a_dry_run_that_was_broken_off_says_the_same_in_the_end(test) {
        let kit = test_app(test).await;
        let begun = kit.call::<CreateImport>(json!({ "dry_run": true })).await.unwrap();
        // Everybody comes twice, far apart.
        let file = people(1200) + people(1200).split_once('\n').unwrap().1;
        send(&kit, begun.id, file.as_bytes()).await.unwrap();
        let mut tx = kit.app.db.begin().await.unwrap();
        imports::start(&mut tx, kit.org, begun.id, &json!([])).await.unwrap();
        let half = ImportProgress { rows_read: 1000, created: 1000, ..ImportProgress::default() };
        imports::advance(&mut tx, kit.org, begun.id, &half).await.unwrap();
        tx.commit().await.unwrap();
        kit.run_pending_jobs().await;
        assert_eq!(tally(&look(&kit, begun.id).await), [2400, 1200, 1200, 0, 0]);
    }
}

on_both! {
    async fn imports_that_are_open_are_few_and_wait_for_a_day(test) {
        let kit = test_app(test).await;
        let begin = async || kit.call::<CreateImport>(json!({})).await;
        let first = begin().await.unwrap();
        for _ in 1..10 {
            begin().await.unwrap();
        }
        let refused = begin().await.unwrap_err();
        assert!(refused.message.contains("10 imports are not over"), "{}", refused.message);
        g8_core::jobs::begin(&kit.app).await.unwrap();
        kit.advance_seconds(25 * 3600);
        kit.run_pending_jobs().await;
        let late = look(&kit, first.id).await;
        assert_eq!((late.status, late.error.as_deref()), (TransferState::Failed, Some("its file did not come within a day")));
        begin().await.unwrap();
    }
}

on_both! {
    async fn of_two_files_for_one_import_the_later_is_taken_and_nothing_of_the_other_is_kept(test) {
        let kit = test_app(test).await;
        let begun = kit.call::<CreateImport>(json!({})).await.unwrap();
        let (rest, waits) = tokio::sync::oneshot::channel::<Bytes>();
        let first = Bytes::from("email\n".to_owned() + &"a@x.example\n".repeat(100_000));
        let chunks = stream::iter([Ok(first)]).chain(stream::once(async { Ok(waits.await.unwrap()) })).boxed();
        let args: Args = json!({ "import_id": begun.id }).as_object().unwrap().clone();
        let slow = kit.as_key(&kit.key);
        let slow = slow.send_file::<UploadImport>(args, Incoming { chunks, length: None });
        let quick = async {
            while look(&kit, begun.id).await.bytes_total == 0 {
                tokio::task::yield_now().await;
            }
            let taken = send(&kit, begun.id, people(3).as_bytes()).await;
            rest.send(Bytes::from("b@x.example\n")).unwrap();
            taken
        };
        let (slow, quick) = tokio::join!(slow, quick);
        assert!(slow.unwrap_err().message.contains("from another request meanwhile"));
        quick.unwrap();
        kit.run_pending_jobs().await;
        assert_eq!(tally(&look(&kit, begun.id).await), [3, 3, 0, 0, 0]);
        assert!(!kit.db.db.dump().await.unwrap().contains("a@x.example"));
    }
}
