//! Who changed what stands in the audit log, in the transaction of the change.

use g8_product::testing::test_app;
use g8_records::list;
use g8_storage::{audit, on_both};
use serde_json::json;

on_both! {
    async fn a_change_leaves_its_entry_and_a_refused_one_leaves_none(test) {
        let kit = test_app(test).await;
        kit.call::<list::CreateList>(json!({ "title": "Fair" })).await.unwrap();
        kit.call::<list::CreateList>(json!({ "title": " " })).await.unwrap_err();
        kit.call::<list::ListLists>(json!({})).await.unwrap();
        let entries = audit::latest(&mut &kit.app.db, kit.org, 10).await.unwrap();
        let told: Vec<(&str, &str)> = entries.iter().map(|entry| (entry.operation.as_str(), entry.door.as_str())).collect();
        assert_eq!(told, [("list.create", "embedded")]);
        assert!(entries[0].request_id.starts_with("req_") && entries[0].at == kit.now());
    }
}
