//! The life of a key, as its holder sees it.

use super::{CreateKey, ListKeys, RevokeKey, RotateKey};
use crate::me::{Input as Nothing, ShowMe};
use crate::testing::test_app;
use g8_core::{Backend, admin, testing::TestApp};
use g8_domain::{
    Error, ErrorKind,
    record::{KeyKind, Role},
};
use g8_storage::on_both;
use serde_json::json;

fn reason(error: &Error) -> String {
    error.data.as_ref().unwrap()["reason"].as_str().unwrap().to_owned()
}

async fn why_refused(kit: &TestApp, key: &str) -> String {
    reason(&kit.as_key(key).run::<ShowMe>(Nothing {}).await.unwrap_err())
}

on_both! {
    async fn a_revoked_key_stops_at_its_next_request(test) {
        let kit = test_app(test).await;
        let made = kit.call::<CreateKey>(json!({ "name": "CRM sync", "scopes": ["contacts"] })).await.unwrap();
        assert_eq!(made.key.scopes, ["contacts:read", "contacts:write"]);
        assert_eq!(made.key.areas, ["contacts"]);
        kit.as_key(&made.token).run::<ShowMe>(Nothing {}).await.unwrap();
        kit.call::<RevokeKey>(json!({ "api_key_id": made.key.id })).await.unwrap();
        assert_eq!(why_refused(&kit, &made.token).await, "revoked_key");
        let again = kit.call::<RevokeKey>(json!({ "api_key_id": made.key.id })).await.unwrap_err();
        assert_eq!(again.kind, ErrorKind::NotFound);
    }
}

on_both! {
    async fn a_key_ends_with_its_days(test) {
        let kit = test_app(test).await;
        let made = kit.call::<CreateKey>(json!({ "name": "Short", "expires_in_days": 1 })).await.unwrap();
        kit.advance_seconds(86_399);
        kit.as_key(&made.token).run::<ShowMe>(Nothing {}).await.unwrap();
        kit.advance_seconds(1);
        assert_eq!(why_refused(&kit, &made.token).await, "expired_key");
        for days in [0, 366] {
            let refused = kit.call::<CreateKey>(json!({ "name": "x", "expires_in_days": days })).await.unwrap_err();
            assert!(refused.message.contains("`expires_in_days`"), "{}", refused.message);
        }
    }
}

on_both! {
    async fn a_key_cannot_make_a_broader_one(test) {
        let kit = test_app(test).await;
        let narrow = kit.key_with(&["api_keys:write", "contacts:read"]).await;
        let narrow = kit.as_key(&narrow);
        let wide = json!({ "name": "x", "scopes": ["contacts:read", "full_access"] });
        let refused = narrow.call::<CreateKey>(wide.as_object().unwrap().clone()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Forbidden);
        let rotated = json!({ "api_key_id": kit.run::<ShowMe>(Nothing {}).await.unwrap().id });
        let refused = narrow.call::<RotateKey>(rotated.as_object().unwrap().clone()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Forbidden, "rotating the owner's key would hand it over");
        let same = narrow.call::<CreateKey>(json!({ "name": "x" }).as_object().unwrap().clone()).await.unwrap();
        assert_eq!(same.key.scopes, ["api_keys:write", "contacts:read"]);
    }
}

on_both! {
    async fn rotation_can_overlap(test) {
        let kit = test_app(test).await;
        let old = kit.call::<CreateKey>(json!({ "name": "Job", "expires_in_days": 30 })).await.unwrap();
        let args = json!({ "api_key_id": old.key.id, "grace_period_seconds": 60 });
        let new = kit.call::<RotateKey>(args).await.unwrap();
        assert_eq!((new.key.name.as_str(), new.key.expires_at), ("Job", old.key.expires_at));
        kit.as_key(&old.token).run::<ShowMe>(Nothing {}).await.unwrap();
        kit.advance_seconds(60);
        assert_eq!(why_refused(&kit, &old.token).await, "expired_key");
        kit.as_key(&new.token).run::<ShowMe>(Nothing {}).await.unwrap();
        kit.call::<RotateKey>(json!({ "api_key_id": new.key.id })).await.unwrap();
        assert_eq!(why_refused(&kit, &new.token).await, "revoked_key");
    }
}

on_both! {
    async fn a_personal_key_dies_with_the_membership(test) {
        let kit = test_app(test).await;
        let ann = kit.user("ann@example.com", Role::ReadOnly).await;
        let token = kit.key_of(kit.org, Some(ann.id), &["*"]).await;
        let me = kit.as_key(&token).run::<ShowMe>(Nothing {}).await.unwrap();
        assert_eq!((me.kind, me.email.as_deref()), (KeyKind::Personal, Some("ann@example.com")));
        assert!(!me.scopes.iter().any(|scope| scope == "contacts:write"), "the role cuts the key down");
        admin::remove_user(&kit.app, kit.org, ann.id).await.unwrap();
        assert_eq!(why_refused(&kit, &token).await, "revoked_key");
        kit.user("ann@example.com", Role::Member).await;
        assert_eq!(why_refused(&kit, &token).await, "revoked_key", "it does not come back with them");
    }
}

on_both! {
    async fn secrets_are_neither_listed_nor_stored(test) {
        let kit = test_app(test).await;
        let made = kit.call::<CreateKey>(json!({ "name": "Secret" })).await.unwrap();
        let listed = serde_json::to_string(&kit.call::<ListKeys>(json!({})).await.unwrap()).unwrap();
        assert!(listed.contains(&made.key.key_prefix) && !listed.contains(&made.token));
        let stored = format!("{:?}", admin::list_keys(&kit.app, kit.org).await.unwrap());
        assert!(!stored.contains(&made.token));
    }
}
