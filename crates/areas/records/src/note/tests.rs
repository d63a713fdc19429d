//! Notes, as their users see them.

use super::{CreateNoteOnCompany, CreateNoteOnContact, DeleteNote, ListNotesOfContact, UpdateNote};
use crate::testing::test_app;
use crate::{company, contact};
use g8_core::Backend;
use g8_domain::{ErrorKind, record::Role};
use g8_storage::on_both;
use serde_json::json;

on_both! {
    async fn notes_are_newest_first_and_carry_their_author(test) {
        let kit = test_app(test).await;
        let id = kit.call::<contact::CreateContact>(json!({ "work_email": "a@x.com" })).await.unwrap().id;
        kit.call::<CreateNoteOnContact>(json!({ "contact_id": id, "content": "one" })).await.unwrap();
        let ann = kit.user("ann@example.com", Role::Member).await;
        let key = kit.key_of(kit.org, Some(ann.id), &["contacts:write"]).await;
        let two = json!({ "contact_id": id, "content": "two" });
        let two = kit.as_key(&key).call::<CreateNoteOnContact>(two.as_object().unwrap().clone()).await.unwrap();
        assert_eq!((two.created_by, two.created_by_name.as_deref()), (Some(ann.id), Some("Ann")));
        let notes = kit.call::<ListNotesOfContact>(json!({ "contact_id": id })).await.unwrap();
        assert_eq!(notes.data.iter().map(|note| note.content.as_str()).collect::<Vec<_>>(), ["two", "one"]);
        assert_eq!(notes.data[1].created_by_name.as_deref(), Some("First key"));
    }
}

on_both! {
    async fn a_note_is_changed_only_by_who_may_change_its_record(test) {
        let kit = test_app(test).await;
        let id = kit.call::<company::CreateCompany>(json!({ "name": "Acme" })).await.unwrap().row.id;
        let note = kit.call::<CreateNoteOnCompany>(json!({ "company_id": id, "content": "one" })).await.unwrap();
        let key = kit.key_with(&["contacts:write"]).await;
        let update = json!({ "note_id": note.id, "content": "mine" });
        let refused = kit.as_key(&key).call::<UpdateNote>(update.as_object().unwrap().clone()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::NotFound);
        kit.advance_seconds(1);
        let changed = kit.call::<UpdateNote>(update).await.unwrap();
        assert!(changed.content == "mine" && changed.updated_at > changed.created_at);
        kit.call::<DeleteNote>(json!({ "note_id": note.id })).await.unwrap();
        assert_eq!(kit.call::<DeleteNote>(json!({ "note_id": note.id })).await.unwrap_err().kind, ErrorKind::NotFound);
    }
}
