//! Imports, as those who send files see them.

mod trouble;

use super::{
    CancelImport, CreateImport, DownloadRowErrors, GetImport, ImportView, ListRowErrors, UploadImport,
};
use crate::testing::test_app;
use crate::{company, contact, list};
use g8_core::{Args, Backend, Incoming, testing::TestApp};
use g8_domain::{Error, ErrorKind, Result, record::TransferState};
use g8_storage::{events, on_both};
use serde_json::{Value, json};
use uuid::Uuid;

async fn send(kit: &TestApp, import: Uuid, file: &[u8]) -> Result<ImportView> {
    let args: Args = json!({ "import_id": import }).as_object().unwrap().clone();
    kit.as_key(&kit.key).send_file::<UploadImport>(args, Incoming::of(file.to_vec())).await
}

pub(crate) async fn import(kit: &TestApp, args: Value, file: &[u8]) -> ImportView {
    let begun = kit.call::<CreateImport>(args).await.unwrap();
    send(kit, begun.id, file).await.unwrap();
    kit.run_pending_jobs().await;
    kit.call::<GetImport>(json!({ "import_id": begun.id })).await.unwrap()
}

fn tally(import: &ImportView) -> [i64; 5] {
    [import.rows, import.created, import.updated, import.unchanged, import.refused]
}

async fn faults(kit: &TestApp, import: &ImportView) -> Vec<String> {
    let faults = kit.call::<ListRowErrors>(json!({ "import_id": import.id })).await.unwrap();
    faults
        .data
        .into_iter()
        .map(|fault| format!("{} {}: {}", fault.line, fault.column, fault.reason))
        .collect()
}

const PEOPLE: &[u8] = b"E-mail,Full name,Company,Web,Lead source\n\
    ann@acme.example,Ann van Dyke,Acme,acme.example,Fair\n\
    nonsense,Bob,Acme,acme.example,\n\
    bob@acme.example,Bob,Acme,https://www.acme.example/about,Fair\n\
    ANN@acme.example,Anne van Dyke,,,\n\
    eve@other.example,Eve,Other Inc,,\n\
    x,y\n";

on_both! {
    async fn people_are_taken_once_with_their_companies_and_bad_rows_are_told(test) {
        let kit = test_app(test).await;
        let columns = json!([{ "column": "Lead source", "field": "custom.Source" }]);
        let done = import(&kit, json!({ "columns": columns, "list_title": "Fair" }), PEOPLE).await;
        assert_eq!((done.status, tally(&done)), (TransferState::Completed, [6, 3, 1, 0, 2]), "{:?}", done.error);
        assert_eq!(faults(&kit, &done).await, [
            "3 E-mail: must be an e-mail address like ann@example.com",
            "7 : has 2 columns where the header has 5",
        ]);
        assert_eq!(done.columns.as_ref().unwrap()[1].field, "full_name");
        let found = kit.call::<contact::ListContacts>(json!({ "list_id": done.list_id, "include_custom_fields": true })).await.unwrap();
        let mut people: Vec<Value> = found.data.iter().map(|row| json!([row.work_email, row.full_name, row.company_name, row.custom_fields])).collect();
        people.sort_by_key(Value::to_string);
        assert_eq!(Value::Array(people), json!([
            ["ann@acme.example", "Anne van Dyke", "Acme", { "source": "Fair" }],
            ["bob@acme.example", "Bob", "Acme", { "source": "Fair" }],
            ["eve@other.example", "Eve", "Other Inc", {}],
        ]));
        assert_eq!(kit.call::<company::ListCompanies>(json!({})).await.unwrap().pagination.total, 2);
        let again = import(&kit, json!({ "list_id": done.list_id }), PEOPLE).await;
        assert_eq!(tally(&again)[1], 0, "nobody is new the second time");
        assert_eq!(kit.call::<contact::ListContacts>(json!({})).await.unwrap().pagination.total, 3);
        let events = events::after(&mut &kit.app.db, kit.org, Uuid::nil(), 100).await.unwrap();
        let told = |name: &str| events.iter().filter(|event| event.name == name).count();
        assert_eq!((told("contact.created"), told("company.created")), (3, 2), "each has an event of its own");
    }
}

on_both! {
    async fn a_dry_run_says_the_same_and_changes_nothing(test) {
        let kit = test_app(test).await;
        let done = import(&kit, json!({ "dry_run": true, "list_title": "Fair" }), PEOPLE).await;
        assert_eq!(tally(&done), [6, 3, 1, 0, 2]);
        assert_eq!(faults(&kit, &done).await.len(), 2);
        assert_eq!(kit.call::<contact::ListContacts>(json!({})).await.unwrap().pagination.total, 0);
        assert_eq!(kit.call::<company::ListCompanies>(json!({})).await.unwrap().pagination.total, 0);
        assert_eq!(kit.call::<list::ListLists>(json!({})).await.unwrap().pagination.total, 0);
    }
}

on_both! {
    async fn companies_json_lines_and_cards_come_in_too(test) {
        let kit = test_app(test).await;
        let firms = b"Company;Website;Employees\nAcme;https://acme.example;200\nBad;;12\n";
        let done = import(&kit, json!({ "subject": "companies" }), firms).await;
        assert_eq!((tally(&done), faults(&kit, &done).await), ([2, 1, 0, 0, 1], vec!["3 domain: or `linkedin_url` is required".to_owned()]));
        let lines = b"{\"email\":\"ann@acme.example\",\"company_domain\":\"acme.example\"}\n{\"email\":7}\n";
        let done = import(&kit, json!({ "file_name": "people.jsonl" }), lines).await;
        assert_eq!(tally(&done), [2, 1, 0, 0, 1]);
        let cards = b"BEGIN:VCARD\nVERSION:4.0\nFN:Bob\nEMAIL:bob@acme.example\nEND:VCARD\n";
        let done = import(&kit, json!({ "file_name": "phone.vcf" }), cards).await;
        assert_eq!(tally(&done), [1, 1, 0, 0, 0]);
        let acme = kit.call::<company::GetCompany>(json!({ "company_id": 1 })).await.unwrap();
        assert_eq!((acme.row.employee_count.as_deref(), acme.contact_count), (Some("200"), 1));
    }
}

on_both! {
    async fn many_rows_go_in_batches_and_a_crash_between_them_loses_and_doubles_none(test) {
        let kit = test_app(test).await;
        let mut file = "email,first name\n".to_owned();
        for n in 0..2500 {
            file.push_str(&format!("p{n}@x.example,P{n}\n"));
        }
        let begun = kit.call::<CreateImport>(json!({})).await.unwrap();
        send(&kit, begun.id, file.as_bytes()).await.unwrap();
        // The worker that had it died after the first batch: its claim ends, its note stays.
        let mut tx = kit.app.db.begin().await.unwrap();
        g8_storage::imports::start(&mut tx, kit.org, begun.id, &json!([])).await.unwrap();
        let half = g8_domain::record::ImportProgress { rows_read: 1000, created: 1000, ..Default::default() };
        g8_storage::imports::advance(&mut tx, kit.org, begun.id, &half).await.unwrap();
        tx.commit().await.unwrap();
        kit.run_pending_jobs().await;
        let done = kit.call::<GetImport>(json!({ "import_id": begun.id })).await.unwrap();
        assert_eq!((done.status, tally(&done), done.bytes_read), (TransferState::Completed, [2500, 2500, 0, 0, 0], done.bytes_total));
        assert_eq!(kit.call::<contact::ListContacts>(json!({})).await.unwrap().pagination.total, 1500);
    }
}

on_both! {
    async fn files_that_are_none_of_ours_are_refused_with_a_sentence(test) {
        let kit = test_app(test).await;
        let begin = || kit.call::<CreateImport>(json!({}));
        let why = |error: Error| error.message;
        let zip = begin().await.unwrap().id;
        assert_eq!(why(send(&kit, zip, b"PK\x03\x04rest").await.unwrap_err()), "the file is a ZIP archive or an Excel workbook; export it as CSV in UTF-8.");
        assert_eq!(why(send(&kit, zip, b"").await.unwrap_err()), "The file is empty.");
        let failed = import(&kit, json!({}), b"Shoe,Size\n1,2\n").await;
        assert_eq!(failed.status, TransferState::Failed);
        assert!(failed.error.unwrap().starts_with("no column looks like an e-mail or LinkedIn address"));
        let endless = [b"email,name\na@x.example,A\n\"".as_slice(), &vec![b'x'; 1_200_000]].concat();
        let failed = import(&kit, json!({}), &endless).await;
        assert!(failed.error.as_ref().unwrap().contains("the row after line 2 is over 1 MiB"), "{failed:?}");
        assert_eq!(failed.created, 1, "the rows before count");
        let twice = begin().await.unwrap().id;
        send(&kit, twice, PEOPLE).await.unwrap();
        assert_eq!(send(&kit, twice, PEOPLE).await.unwrap_err().kind, ErrorKind::Rule);
        kit.call::<CancelImport>(json!({ "import_id": twice })).await.unwrap();
        kit.run_pending_jobs().await;
        let cancelled = kit.call::<GetImport>(json!({ "import_id": twice })).await.unwrap();
        assert_eq!((cancelled.status, cancelled.created), (TransferState::Cancelled, 0));
        let unknown = json!({ "columns": [{ "column": "E-mail", "field": "shoe" }] });
        assert!(import(&kit, unknown, PEOPLE).await.error.unwrap().contains("there is no field shoe"));
    }
}

on_both! {
    async fn scopes_decide_whose_records_an_import_may_write(test) {
        let kit = test_app(test).await;
        let people = kit.as_key(&kit.key_with(&["contacts:write", "contacts:read"]).await);
        let args = |args: Value| args.as_object().unwrap().clone();
        let refused = people.call::<CreateImport>(args(json!({ "subject": "companies" }))).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Forbidden);
        let firms = kit.call::<CreateImport>(json!({ "subject": "companies" })).await.unwrap();
        let hidden = people.call::<GetImport>(args(json!({ "import_id": firms.id }))).await.unwrap_err();
        assert_eq!(hidden.kind, ErrorKind::Forbidden);
        let done = import(&kit, json!({}), PEOPLE).await;
        let file = people.fetch_file::<DownloadRowErrors>(args(json!({ "import_id": done.id }))).await.unwrap().read().await.unwrap();
        assert_eq!(String::from_utf8(file).unwrap().lines().count(), 3);
    }
}

on_both! {
    async fn companies_of_one_file_are_added_in_the_order_of_their_domains(test) {
        let kit = test_app(test).await;
        let rows: String = (1..9).rev().map(|n| format!("p@firm{n}.com,firm{n}.com\n")).collect();
        import(&kit, json!({}), format!("E-mail,Web\n{rows}").as_bytes()).await;
        let mut firms = kit.call::<company::ListCompanies>(json!({})).await.unwrap().data;
        firms.sort_by_key(|firm| firm.id);
        let domains: Vec<_> = firms.into_iter().filter_map(|firm| firm.domain).collect();
        let wanted: Vec<_> = (1..9).map(|n| format!("firm{n}.com")).collect();
        assert_eq!(domains, wanted, "or two files of the same companies wait for each other on PostgreSQL");
    }
}
