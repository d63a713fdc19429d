//! What was let in: seen, taken back, ended by what people do to their accounts.

use super::*;
use crate::{
    assistant,
    people::{password_link, reset_password, sign_out_everywhere},
    profile,
};
use g8_core::{
    Backend,
    jobs::{Sweep, enqueue},
};
use g8_domain::ErrorKind;
use g8_storage::{oauth_clients, on_both};
use serde_json::json;

async fn sweep(world: &World) {
    let mut tx = world.app().db.begin().await.unwrap();
    enqueue(world.app(), &mut tx, None, &Sweep {}).await.unwrap();
    tx.commit().await.unwrap();
    world.kit.run_pending_jobs().await;
}

on_both! {
    async fn people_see_their_own_and_administrators_all(test) {
        let world = World::new(test).await;
        let granted = world.connect(&[("scope", "contacts")]).await;
        world.enter(&granted).await.unwrap();
        let ann = world.kit.key_of(world.kit.org, world.caller().await.user.map(|user| user.id), &["*"]).await;
        let rob = world.kit.user("rob@example.com", Role::Member).await;
        let rob = world.kit.as_key(&world.kit.key_of(world.kit.org, Some(rob.id), &["*"]).await);
        let ann = world.kit.as_key(&ann);
        let none = || json!({}).as_object().unwrap().clone();
        let own = ann.call::<profile::ListOwnAssistants>(none()).await.unwrap().data;
        assert_eq!(own.len(), 1);
        let shown = &own[0];
        assert_eq!((shown.client_name.as_str(), shown.redirect_host.as_str()), ("Claude Code", "127.0.0.1"));
        assert_eq!(shown.scopes, ["contacts:read", "contacts:write"]);
        assert_eq!(shown.last_used_at, Some(world.kit.now().minute()));
        assert!(rob.call::<profile::ListOwnAssistants>(none()).await.unwrap().data.is_empty());
        let id = json!({ "assistant_id": shown.id }).as_object().unwrap().clone();
        let refused = rob.call::<profile::EndOwnAssistant>(id.clone()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::NotFound, "somebody else's is not there");
        assert_eq!(rob.call::<assistant::RevokeAssistant>(id.clone()).await.unwrap_err().kind, ErrorKind::Forbidden);
        let all = world.kit.call::<assistant::ListAssistants>(json!({})).await.unwrap().data;
        assert_eq!((all.len(), all[0].user_email.as_str()), (1, "ann@example.com"));
        ann.call::<profile::EndOwnAssistant>(id.clone()).await.unwrap();
        assert_eq!(reason(world.enter(&granted).await), "revoked_key", "at once");
        assert_eq!(why(world.refresh(&granted, &[]).await), "invalid_grant");
        assert!(world.kit.call::<assistant::ListAssistants>(json!({})).await.unwrap().data.is_empty());
        let again = world.connect(&[]).await;
        let all = world.kit.call::<assistant::ListAssistants>(json!({})).await.unwrap().data;
        world.kit.call::<assistant::RevokeAssistant>(json!({ "assistant_id": all[0].id })).await.unwrap();
        assert_eq!(reason(world.enter(&again).await), "revoked_key");
    }

    async fn a_program_gives_back_what_it_has(test) {
        let world = World::new(test).await;
        for which in ["access", "refresh"] {
            let granted = world.connect(&[]).await;
            let shown = match which {
                "access" => granted.access_token.clone(),
                _ => granted.refresh_token.clone().unwrap(),
            };
            let other = register(world.app(), Registration {
                redirect_uris: vec![CALLBACK.to_owned()], ..Registration::default()
            }, &here()).await.unwrap().client_id;
            let foreign = pairs(&[("client_id", &other), ("token", &shown)], &[]);
            revoke(world.app(), &foreign, None, &here()).await.unwrap();
            assert!(world.enter(&granted).await.is_ok(), "another program's word counts for nothing");
            let params = pairs(&[("client_id", &world.client), ("token", &shown)], &[]);
            revoke(world.app(), &params, None, &here()).await.unwrap();
            assert_eq!(reason(world.enter(&granted).await), "revoked_key");
            revoke(world.app(), &params, None, &here()).await.unwrap();
        }
        let nonsense = pairs(&[("client_id", &world.client), ("token", "nonsense")], &[]);
        revoke(world.app(), &nonsense, None, &here()).await.unwrap();
    }

    async fn an_assistant_follows_its_persons_role_and_ends_with_the_membership(test) {
        let world = World::new(test).await;
        let rob = member(&world.kit, "rob@example.com", Role::Member).await;
        let user = rob.user.as_ref().unwrap().id;
        let asked = world.ask(&[("scope", "contacts")]).await.unwrap();
        let to = decide(world.app(), &rob, &asked, (world.kit.org, true), &here()).await.unwrap();
        let granted = world.exchange(&told(&to, "code").unwrap(), &[]).await.unwrap();
        let again = json!({ "user_id": user, "role": "read_only" });
        world.kit.call::<crate::member::UpdateMember>(again).await.unwrap();
        assert_eq!(world.enter(&granted).await.unwrap().caller().scopes.names(), ["contacts:read"]);
        world.kit.call::<crate::member::RemoveMember>(json!({ "user_id": user })).await.unwrap();
        assert_eq!(reason(world.enter(&granted).await), "revoked_key");
        assert_eq!(why(world.refresh(&granted, &[]).await), "invalid_grant");
    }

    async fn a_new_password_by_link_and_signing_out_everywhere_end_assistants(test) {
        let world = World::new(test).await;
        let granted = world.connect(&[]).await;
        sign_out_everywhere(world.app(), &world.caller().await, &here()).await.unwrap();
        assert_eq!(reason(world.enter(&granted).await), "revoked_key");
        let granted = world.connect(&[]).await;
        let link = password_link(world.app(), "ann@example.com").await.unwrap();
        reset_password(world.app(), link.split_once('#').unwrap().1, "another horse").await.unwrap();
        assert_eq!(reason(world.enter(&granted).await), "revoked_key");
    }

    async fn another_address_of_the_server_is_another_resource(test) {
        let world = World::new(test).await;
        let granted = world.connect(&[]).await;
        let elsewhere = App::new(
            &[&crate::AREA],
            (
                world.app().db.clone(),
                g8_core::Clock::manual(),
                g8_core::Entropy::seeded(9),
                world.app().pepper.clone(),
            ),
            g8_core::ServiceConfig { public_url: Some("https://other.example.com".to_owned()), ..g8_core::ServiceConfig::default() },
            g8_core::Limiter::local(),
        );
        assert_eq!(reason(enter(&elsewhere, &granted.access_token, Audience::Tools).await), "invalid_key");
    }

    async fn what_is_over_is_swept(test) {
        let world = World::new(test).await;
        let old = world.connect(&[]).await;
        let unused = register(world.app(), Registration {
            redirect_uris: vec![CALLBACK.to_owned()], ..Registration::default()
        }, &here()).await.unwrap().client_id;
        let mut granted = old;
        for _ in 0..4 {
            world.kit.advance_seconds(30 * 86_400);
            granted = world.refresh(&granted, &[]).await.unwrap();
        }
        sweep(&world).await;
        let left = async |id: &str| oauth_clients::get(&mut &world.app().db, id).await.unwrap().is_some();
        assert!(!left(&unused).await && left(&world.client).await, "who is let in stays known");
        assert!(world.enter(&granted).await.is_ok());
        world.kit.advance_seconds(100 * 86_400);
        sweep(&world).await;
        assert!(!left(&world.client).await);
    }
}
