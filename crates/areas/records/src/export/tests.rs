//! Exports, as those who download them see them.

use super::{CreateExport, DownloadExport, ExportJob, GetExport};
use crate::contact;
use crate::testing::test_app;
use g8_core::{Args, Backend, jobs::enqueue, testing::TestApp};
use g8_domain::{
    ErrorKind, Result,
    record::{self, TransferState},
};
use g8_storage::{exports, files, on_both};
use serde_json::{Value, json};

async fn export(kit: &TestApp, args: Value) -> Result<String> {
    let begun = kit.call::<CreateExport>(args).await?;
    let args: Args = json!({ "export_id": begun.id }).as_object().unwrap().clone();
    let early = kit.as_key(&kit.key).fetch_file::<DownloadExport>(args.clone()).await.unwrap_err();
    assert_eq!(early.kind, ErrorKind::Rule);
    kit.run_pending_jobs().await;
    let done = kit.call::<GetExport>(json!({ "export_id": begun.id })).await.unwrap();
    assert_eq!(done.status, TransferState::Completed, "{done:?}");
    let file = kit.as_key(&kit.key).fetch_file::<DownloadExport>(args).await?;
    Ok(String::from_utf8(file.read().await?).unwrap())
}

on_both! {
    async fn what_is_filtered_comes_out_safe_for_spreadsheets(test) {
        let kit = test_app(test).await;
        for (email, name, country) in [("a@x.com", "=SUM(A1)", "France"), ("b@x.com", "Bea", "France"), ("c@x.com", "Cem", "Spain")] {
            let fields = json!({ "Shoe": "43" });
            let contact = json!({ "work_email": email, "first_name": name, "country": country, "custom_fields": fields, "create_missing_fields": true });
            kit.call::<contact::AssertContact>(contact).await.unwrap();
        }
        let table = export(&kit, json!({ "filters": { "country": "France" } })).await.unwrap();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[0].starts_with("id,first_name,") && lines[0].ends_with(",shoe"), "{}", lines[0]);
        assert!(lines[1].contains("Bea") && lines[2].contains("'=SUM(A1)"));
        let all = export(&kit, json!({ "format": "jsonl" })).await.unwrap();
        let first: Value = serde_json::from_str(all.lines().next().unwrap()).unwrap();
        assert_eq!((&first["first_name"], &first["custom_fields"]["shoe"]), (&json!("Cem"), &json!("43")));
        assert_eq!(export(&kit, json!({ "subject": "companies" })).await.unwrap().lines().count(), 1);
    }
}

on_both! {
    async fn more_than_a_piece_comes_out_whole_and_in_order(test) {
        let kit = test_app(test).await;
        let ctx_rows: Vec<String> = (0..2100).map(|n| format!("p{n}@x.example")).collect();
        let file = format!("email\n{}\n", ctx_rows.join("\n"));
        let begun = kit.call::<crate::import::CreateImport>(json!({})).await.unwrap();
        let args: Args = json!({ "import_id": begun.id }).as_object().unwrap().clone();
        kit.as_key(&kit.key).send_file::<crate::import::UploadImport>(args, g8_core::Incoming::of(file)).await.unwrap();
        kit.run_pending_jobs().await;
        let out = export(&kit, json!({ "format": "jsonl" })).await.unwrap();
        let ids: Vec<i64> = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_i64().unwrap()).collect();
        assert_eq!(ids.len(), 2100);
        assert!(ids.windows(2).all(|pair| pair[0] > pair[1]));
    }
}

on_both! {
    async fn what_was_exported_can_be_imported_as_it_is(test) {
        let kit = test_app(test).await;
        let there = json!({
            "work_email": "a@x.example", "mobile_phone": "+49 211 7", "first_name": "=Ann", "last_name": "'=B",
            "personal_emails": ["p@x.example", "q@x.example"], "custom_fields": { "Shoe Size": "-x" }, "create_missing_fields": true,
        });
        kit.call::<contact::AssertContact>(there).await.unwrap();
        for format in ["csv", "jsonl"] {
            let file = export(&kit, json!({ "format": format })).await.unwrap();
            let begun = kit.call::<crate::import::CreateImport>(json!({ "format": format })).await.unwrap();
            let args: Args = json!({ "import_id": begun.id }).as_object().unwrap().clone();
            kit.as_key(&kit.key).send_file::<crate::import::UploadImport>(args, g8_core::Incoming::of(file.clone())).await.unwrap();
            kit.run_pending_jobs().await;
            let done = kit.call::<crate::import::GetImport>(json!({ "import_id": begun.id })).await.unwrap();
            assert_eq!((done.unchanged, done.refused), (1, 0), "{file}\n{:?}", done.columns);
            let (shown, with) = (json!({ "contact_id": 1, "include_custom_fields": true }), json!({ "shoe_size": "-x" }));
            assert_eq!(json!(kit.call::<contact::GetContact>(shown).await.unwrap().row.custom_fields), with);
            let columns = done.columns.unwrap();
            assert!(columns.iter().any(|column| column.field == "custom.shoe_size"), "{columns:?}");
        }
    }
}

on_both! {
    async fn a_field_that_is_new_half_way_makes_no_column(test) {
        let kit = test_app(test).await;
        for n in 0..3 {
            kit.call::<contact::CreateContact>(json!({ "work_email": format!("p{n}@x.example") })).await.unwrap();
        }
        let begun = kit.call::<CreateExport>(json!({})).await.unwrap();
        // A server wrote the first line and one row, and died.
        let mut half = exports::get(&mut &kit.app.db, kit.org, begun.id).await.unwrap().unwrap();
        half.columns = Some(json!([]));
        (half.state, half.last_id) = (TransferState::Running, Some(3));
        let mut tx = kit.app.db.begin().await.unwrap();
        assert!(exports::advance(&mut tx, &half).await.unwrap());
        files::put(&mut tx, half.file_id, 0, b"the first line\r\n".to_vec()).await.unwrap();
        tx.commit().await.unwrap();
        kit.call::<crate::column::CreateColumnOfContacts>(json!({ "title": "Late" })).await.unwrap();
        kit.run_pending_jobs().await;
        let rest = files::get(&mut &kit.app.db, half.file_id, 1).await.unwrap().unwrap().bytes;
        let fresh = export(&kit, json!({})).await.unwrap();
        let width = |line: &str| line.split(',').count();
        let rest = String::from_utf8(rest).unwrap();
        assert_eq!(rest.lines().count(), 2);
        assert!(rest.lines().all(|line| width(line) + 1 == width(fresh.lines().nth(1).unwrap())), "{rest}");
    }
}

on_both! {
    async fn an_export_whose_job_is_dead_has_failed(test) {
        let kit = test_app(test).await;
        let begun = kit.call::<CreateExport>(json!({})).await.unwrap();
        let stored = exports::get(&mut &kit.app.db, kit.org, begun.id).await.unwrap().unwrap();
        let broken = record::Export { id: kit.org, filters: json!({ "shoe": 1 }), ..stored };
        let mut tx = kit.app.db.begin().await.unwrap();
        exports::insert(&mut tx, &broken).await.unwrap();
        enqueue(&kit.app, &mut tx, Some(kit.org), &ExportJob { id: broken.id }).await.unwrap();
        tx.commit().await.unwrap();
        for _ in 0..10 {
            kit.run_pending_jobs().await;
            kit.advance_seconds(5000);
        }
        let failed = kit.call::<GetExport>(json!({ "export_id": broken.id })).await.unwrap();
        assert_eq!(failed.status, TransferState::Failed);
        assert!(failed.error.unwrap().contains("the server tried several times"));
    }
}

on_both! {
    async fn filters_are_checked_before_the_work(test) {
        let kit = test_app(test).await;
        let refused = kit.call::<CreateExport>(json!({ "filters": { "shoe": 1, "page": 2 } })).await.unwrap_err();
        assert!(refused.message.contains("`filters.page` has no meaning here"), "{}", refused.message);
        let refused = kit.call::<CreateExport>(json!({ "filters": { "shoe": 1 } })).await.unwrap_err();
        assert!(refused.message.contains("`shoe` is not a field"), "{}", refused.message);
        assert_eq!(kit.call::<CreateExport>(json!({ "format": "vcard" })).await.unwrap_err().kind, ErrorKind::Invalid);
    }
}
