//! Exports, as those who download them see them.

use super::{Create, Download, Get};
use crate::{Args, Backend, ops::contact, testing::Kit};
use g8_domain::{Kind, Result, record::TransferState};
use g8_storage::on_both;
use serde_json::{Value, json};

async fn export(kit: &Kit, args: Value) -> Result<String> {
    let begun = kit.call::<Create>(args).await?;
    let args: Args = json!({ "export_id": begun.id }).as_object().unwrap().clone();
    let early = kit.as_key(&kit.key).fetch_file::<Download>(args.clone()).await.unwrap_err();
    assert_eq!(early.kind, Kind::Rule);
    kit.drain().await;
    let done = kit.call::<Get>(json!({ "export_id": begun.id })).await.unwrap();
    assert_eq!(done.status, TransferState::Completed, "{done:?}");
    let file = kit.as_key(&kit.key).fetch_file::<Download>(args).await?;
    Ok(String::from_utf8(file.read().await?).unwrap())
}

on_both! {
    async fn what_is_filtered_comes_out_safe_for_spreadsheets(test) {
        let kit = Kit::new(test).await;
        for (email, name, country) in [("a@x.com", "=SUM(A1)", "France"), ("b@x.com", "Bea", "France"), ("c@x.com", "Cem", "Spain")] {
            let fields = json!({ "Shoe": "43" });
            let contact = json!({ "work_email": email, "first_name": name, "country": country, "custom_fields": fields, "create_missing_fields": true });
            kit.call::<contact::Assert>(contact).await.unwrap();
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
        let kit = Kit::new(test).await;
        let ctx_rows: Vec<String> = (0..2100).map(|n| format!("p{n}@x.example")).collect();
        let file = format!("email\n{}\n", ctx_rows.join("\n"));
        let begun = kit.call::<crate::ops::import::Create>(json!({})).await.unwrap();
        let args: Args = json!({ "import_id": begun.id }).as_object().unwrap().clone();
        kit.as_key(&kit.key).send_file::<crate::ops::import::Upload>(args, crate::Incoming::of(file)).await.unwrap();
        kit.drain().await;
        let out = export(&kit, json!({ "format": "jsonl" })).await.unwrap();
        let ids: Vec<i64> = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_i64().unwrap()).collect();
        assert_eq!(ids.len(), 2100);
        assert!(ids.windows(2).all(|pair| pair[0] > pair[1]));
    }
}

on_both! {
    async fn filters_are_checked_before_the_work(test) {
        let kit = Kit::new(test).await;
        let refused = kit.call::<Create>(json!({ "filters": { "shoe": 1, "page": 2 } })).await.unwrap_err();
        assert!(refused.message.contains("`filters.page` has no meaning here"), "{}", refused.message);
        let refused = kit.call::<Create>(json!({ "filters": { "shoe": 1 } })).await.unwrap_err();
        assert!(refused.message.contains("`shoe` is not a field"), "{}", refused.message);
        assert_eq!(kit.call::<Create>(json!({ "format": "vcard" })).await.unwrap_err().kind, Kind::Invalid);
    }
}
