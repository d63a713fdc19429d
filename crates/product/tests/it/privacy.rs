//! What a person may ask for, and what is left of them.

use g8_core::{Args, Backend, Incoming, PersonalData, testing::TestApp};
use g8_deals::task;
use g8_domain::{ErrorKind, record::TransferState};
use g8_product::testing::test_app;
use g8_records::privacy::{ErasePerson, ExportPerson, ReadmitPerson};
use g8_records::{contact, exclusion, export, import, list, note, search};
use g8_storage::on_both;
use serde_json::json;
use std::fs;

const NAME: &str = "Quintessa Zwölfer";
const EMAIL: &str = "quintessa@zwoelfer.example";

/// What tells of her, in lower case.
const TRACES: [&str; 5] = ["quintessa", "zwölfer", "zwoelfer", "zitherspiel", "q@home.example"];

/// Tables in which something of her stands, and which no area declares as holding personal data.
async fn undeclared(kit: &TestApp) -> Vec<String> {
    let declared: Vec<&str> = kit
        .app
        .registry
        .areas()
        .iter()
        .filter_map(|area| match area.person {
            PersonalData::Kept(kept) => Some(kept.tables),
            PersonalData::None => None,
        })
        .flatten()
        .copied()
        .collect();
    let tables = kit.db.db.tables().await.unwrap();
    let there = |table: &&str| tables.iter().any(|(name, _)| name == *table);
    assert_eq!(declared.iter().find(|table| !there(table)), None, "is declared, and is no table");
    let tells = |rows: &str| TRACES.iter().any(|trace| rows.to_lowercase().contains(trace));
    let telling = tables.iter().filter(|(_, rows)| tells(rows)).map(|(name, _)| name.clone());
    telling.filter(|name| !declared.contains(&name.as_str())).collect()
}

async fn person(kit: &TestApp) -> i64 {
    let fields = json!({ "Hobby": "Zitherspiel" });
    let contact = json!({
        "work_email": EMAIL, "first_name": "Quintessa", "last_name": "Zwölfer", "personal_emails": ["q@home.example"],
        "linkedin_url": "https://www.linkedin.com/in/quintessa-zwoelfer", "custom_fields": fields, "create_missing_fields": true,
    });
    let id = kit.call::<contact::AssertContact>(contact).await.unwrap().id;
    kit.call::<note::CreateNoteOnContact>(json!({ "contact_id": id, "content": "Quintessa likes tea" }))
        .await
        .unwrap();
    let call = kit
        .call::<task::CreateTaskOnContact>(json!({ "contact_id": id, "title": "Call Quintessa" }))
        .await
        .unwrap();
    let part = json!({ "title": "Ask Quintessa for a date", "parent_task_id": call.id });
    kit.call::<task::CreateTask>(part).await.unwrap();
    kit.call::<task::UpdateTask>(json!({ "task_id": call.id, "records": [] })).await.unwrap();
    let records = json!([{ "entity_type": "contact", "entity_id": id }]);
    kit.call::<task::UpdateTask>(json!({ "task_id": call.id, "records": records })).await.unwrap();
    for reason in ["OTHER", "BAD_TIMING"] {
        let message = format!("Quintessa {id} is away");
        let asked = json!({ "email": EMAIL, "reason": reason, "message": message });
        if let Ok(made) = kit.call::<exclusion::CreateContactExclusion>(asked).await
            && reason == "OTHER"
        {
            // What is left of it is only in the events.
            kit.call::<exclusion::DeleteContactExclusion>(json!({ "exclusion_id": made.id })).await.unwrap();
        }
    }
    id
}

on_both! {
    async fn everything_that_is_kept_is_shown(test) {
        let kit = test_app(test).await;
        person(&kit).await;
        for who in [
            json!({ "email": EMAIL.to_uppercase() }), json!({ "email": "q@home.example" }), json!({ "contact_id": 1 })] {
            let dossier = kit.call::<ExportPerson>(who).await.unwrap();
            let kept = &dossier.contacts[0];
            assert_eq!(kept.contact.row.full_name.as_deref(), Some(NAME));
            assert_eq!((json!(kept.custom_fields), kept.notes[0].content.as_str()), (json!({ "hobby": "Zitherspiel" }), "Quintessa likes tea"));
            assert!(kept.events.iter().any(|event| event.name == "task.created"));
            assert_eq!(kept.tasks.len(), 2);
            assert_eq!(dossier.exclusions.len(), 1);
        }
        assert_eq!(kit.call::<ExportPerson>(json!({ "email": "nobody@x.com" })).await.unwrap_err().kind, ErrorKind::NotFound);
        assert_eq!(kit.call::<ExportPerson>(json!({})).await.unwrap_err().kind, ErrorKind::Invalid);
    }
}

on_both! {
    async fn nothing_is_left_of_an_erased_person_and_no_import_brings_them_back(test) {
        let kit = test_app(test).await;
        let id = person(&kit).await;
        kit.call::<contact::DeleteContact>(json!({ "contact_id": id })).await.unwrap();
        person(&kit).await;
        let file = kit.call::<export::CreateExport>(json!({ "filters": { "email": EMAIL } })).await.unwrap().id;
        kit.run_pending_jobs().await;
        // One that has not begun, and a search for the person that is still to be saved.
        kit.call::<export::CreateExport>(json!({ "filters": { "email": EMAIL } })).await.unwrap();
        let criteria = json!([{ "field": "work_email", "operator": "any_of", "value": [EMAIL] }]);
        let saved = kit.call::<search::SaveContactSearch>(json!({ "filters": criteria, "list_title": "Two" })).await.unwrap();
        assert_eq!(undeclared(&kit).await, Vec::<String>::new(), "tables with personal data that no area declares");
        let erased = kit.call::<ErasePerson>(json!({ "email": EMAIL })).await.unwrap();
        assert_eq!((erased.erased, erased.kept_out), (2, true), "the deleted record goes, too");
        for (table, rows) in kit.db.db.tables().await.unwrap() {
            let rows = rows.to_lowercase();
            assert_eq!(TRACES.iter().find(|trace| rows.contains(**trace)), None, "is left in {table}");
        }
        for entry in fs::read_dir(kit.db.folder.path()).unwrap() {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            assert!(!text.contains("quintessa") && !text.contains("zitherspiel"), "a trace is left in a file");
        }
        assert_eq!(kit.call::<export::GetExport>(json!({ "export_id": file })).await.unwrap().status, TransferState::Failed);
        kit.run_pending_jobs().await;
        assert_eq!(kit.call::<list::GetList>(json!({ "list_id": saved.list_id })).await.unwrap().status, "completed");
        let refused = kit.call::<contact::CreateContact>(json!({ "work_email": EMAIL })).await.unwrap_err();
        assert!(refused.message.contains("belongs to a person who asked to be erased"), "{}", refused.message);
        let begun = kit.call::<import::CreateImport>(json!({})).await.unwrap();
        let args: Args = json!({ "import_id": begun.id }).as_object().unwrap().clone();
        let rows = format!("email,name,personal emails\n{EMAIL},Q,\nother@x.com,O,\nnew@x.com,Q,q@home.example\n");
        kit.as_key(&kit.key).send_file::<import::UploadImport>(args, Incoming::of(rows)).await.unwrap();
        kit.run_pending_jobs().await;
        let done = kit.call::<import::GetImport>(json!({ "import_id": begun.id })).await.unwrap();
        assert_eq!((done.created, done.refused), (1, 2));
        let other = kit.call::<contact::ListContacts>(json!({})).await.unwrap().data[0].id;
        let private = json!(["q@home.example"]);
        let new = kit.call::<contact::AssertContact>(json!({ "work_email": "new@x.com", "personal_emails": private })).await.unwrap_err();
        let known = kit.call::<contact::UpdateContact>(json!({ "contact_id": other, "personal_emails": private })).await.unwrap_err();
        for refused in [new, known] {
            assert!(refused.message.contains("`personal_emails` belongs to a person"), "{}", refused.message);
        }
        kit.call::<ReadmitPerson>(json!({ "email": EMAIL })).await.unwrap();
        kit.call::<contact::CreateContact>(json!({ "work_email": EMAIL })).await.unwrap();
    }
}

on_both! {
    async fn another_organization_has_its_own_people(test) {
        let kit = test_app(test).await;
        person(&kit).await;
        let stranger = kit.as_key(&kit.stranger().await);
        let who = || json!({ "email": EMAIL }).as_object().unwrap().clone();
        assert_eq!(stranger.call::<ExportPerson>(who()).await.unwrap_err().kind, ErrorKind::NotFound);
        assert_eq!(stranger.call::<ErasePerson>(who()).await.unwrap().erased, 0);
        assert_eq!(kit.call::<contact::ListContacts>(json!({ "email": EMAIL })).await.unwrap().pagination.total, 1);
        kit.call::<contact::UpdateContact>(json!({ "contact_id": 1, "city": "Bonn" })).await.unwrap();
    }
}

async fn import(kit: &TestApp, rows: String) -> uuid::Uuid {
    let id = kit.call::<import::CreateImport>(json!({})).await.unwrap().id;
    let args: Args = json!({ "import_id": id }).as_object().unwrap().clone();
    kit.as_key(&kit.key).send_file::<import::UploadImport>(args, Incoming::of(rows)).await.unwrap();
    id
}

fn many(count: usize) -> String {
    let rows: Vec<String> = (0..count).map(|n| format!("p{n}@x.example\n")).collect();
    format!("email\n{}{EMAIL}\n", rows.concat())
}

on_both! {
    async fn an_import_that_runs_meanwhile_brings_nobody_back(test) {
        let kit = test_app(test).await;
        let id = import(&kit, many(5000)).await;
        let erased = async {
            while kit.call::<import::GetImport>(json!({ "import_id": id })).await.unwrap().rows == 0 {
                tokio::task::yield_now().await;
            }
            kit.call::<ErasePerson>(json!({ "email": EMAIL })).await.unwrap();
        };
        tokio::join!(kit.run_pending_jobs(), erased);
        assert_eq!(kit.call::<import::GetImport>(json!({ "import_id": id })).await.unwrap().rows, 5001);
        assert_eq!(kit.call::<contact::ListContacts>(json!({ "email": EMAIL })).await.unwrap().pagination.total, 0);
    }
}

on_both! {
    async fn an_export_that_runs_meanwhile_is_not_finished(test) {
        let kit = test_app(test).await;
        import(&kit, many(4500)).await;
        kit.run_pending_jobs().await;
        let id = kit.call::<export::CreateExport>(json!({})).await.unwrap().id;
        let look = async || kit.call::<export::GetExport>(json!({ "export_id": id })).await.unwrap();
        let erased = async {
            while look().await.rows == 0 {
                tokio::task::yield_now().await;
            }
            kit.call::<ErasePerson>(json!({ "email": EMAIL })).await.unwrap();
        };
        tokio::join!(kit.run_pending_jobs(), erased);
        assert_eq!(look().await.status, TransferState::Failed);
        assert!(!kit.db.db.dump().await.unwrap().to_lowercase().contains("quintessa"));
    }
}

on_both! {
    async fn records_that_share_only_a_name_of_theirs_go_together(test) {
        let kit = test_app(test).await;
        let url = "https://www.linkedin.com/in/quintessa";
        for (email, private) in [("old@zwoelfer.example", "q@home.example"), (EMAIL, "r@home.example")] {
            let contact = json!({ "work_email": email, "linkedin_url": url, "personal_emails": [private] });
            let id = kit.call::<contact::AssertContact>(contact).await.unwrap().id;
            kit.call::<contact::DeleteContact>(json!({ "contact_id": id })).await.unwrap();
        }
        kit.call::<contact::CreateContact>(json!({ "work_email": "q@home.example" })).await.unwrap();
        // Who only shares a private address is somebody else.
        kit.call::<contact::CreateContact>(json!({ "work_email": "b@x.example", "personal_emails": ["r@home.example"] })).await.unwrap();
        assert_eq!(kit.call::<ErasePerson>(json!({ "email": EMAIL })).await.unwrap().erased, 3);
        assert_eq!(kit.call::<contact::ListContacts>(json!({})).await.unwrap().pagination.total, 1);
    }
}

on_both! {
    async fn who_may_not_read_all_of_it_is_told_which_scope_is_missing(test) {
        let kit = test_app(test).await;
        person(&kit).await;
        let some = kit.key_with(&["contacts:read", "tasks:read", "deals:read"]).await;
        let who = json!({ "email": EMAIL }).as_object().unwrap().clone();
        let refused = kit.as_key(&some).call::<ExportPerson>(who).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Forbidden);
        assert!(refused.message.contains("exclusions:read"), "{}", refused.message);
    }
}
