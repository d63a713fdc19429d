//! Roles, as members feel them.

use g8_core::Backend;
use g8_domain::{ErrorKind, record::Role};
use g8_identity::me;
use g8_identity::member::{Input as All, ListMembers, RemoveMember, UpdateMember};
use g8_product::testing::test_app;
use g8_records::contact;
use g8_storage::on_both;
use serde_json::{Map, Value, json};

fn args(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

on_both! {
    async fn another_role_holds_from_the_next_request_on(test) {
        let kit = test_app(test).await;
        let root = kit.user("root@example.com", Role::Admin).await;
        let ann = kit.user("ann@example.com", Role::Member).await;
        let key = kit.key_of(kit.org, Some(ann.id), &["*"]).await;
        let create = || args(json!({ "work_email": "b@example.com" }));
        kit.as_key(&key).call::<contact::CreateContact>(create()).await.unwrap();
        kit.call::<UpdateMember>(json!({ "user_id": ann.id, "role": "read_only" })).await.unwrap();
        assert_eq!(kit.as_key(&key).call::<contact::CreateContact>(create()).await.unwrap_err().kind, ErrorKind::Forbidden);
        let names = kit.run::<ListMembers>(All {}).await.unwrap();
        assert_eq!(names.iter().map(|member| member.role).collect::<Vec<_>>(), [Role::Admin, Role::ReadOnly]);
        let last = kit.call::<UpdateMember>(json!({ "user_id": root.id, "role": "member" })).await.unwrap_err();
        assert_eq!(last.kind, ErrorKind::Rule, "somebody must be able to administer");
        let last = kit.call::<RemoveMember>(json!({ "user_id": root.id })).await.unwrap_err();
        assert_eq!(last.kind, ErrorKind::Rule);
        kit.call::<RemoveMember>(json!({ "user_id": ann.id })).await.unwrap();
        let gone = kit.as_key(&key).run::<me::ShowMe>(me::Input {}).await.unwrap_err();
        assert_eq!(gone.kind, ErrorKind::Unauthorized);
    }
}
