//! Refresh tokens: each once, with a little patience.

use super::*;
use g8_storage::on_both;

on_both! {
    async fn each_gives_the_next_and_access_ends_by_itself(test) {
        let world = World::new(test).await;
        let first = world.connect(&[]).await;
        world.kit.advance_seconds(3600);
        assert_eq!(reason(world.enter(&first).await), "expired_key");
        let second = world.refresh(&first, &[]).await.unwrap();
        assert!(second.refresh_token != first.refresh_token && second.access_token != first.access_token);
        world.enter(&second).await.unwrap();
        for _ in 0..4 {
            world.kit.advance_seconds(30 * 86_400);
        }
        assert_eq!(why(world.refresh(&second, &[]).await), "invalid_grant", "sixty days unused are the end");
    }

    async fn an_assistant_in_use_stays_let_in(test) {
        let world = World::new(test).await;
        let mut granted = world.connect(&[]).await;
        for _ in 0..4 {
            world.kit.advance_seconds(59 * 86_400);
            granted = world.refresh(&granted, &[]).await.unwrap();
        }
        assert!(world.enter(&granted).await.is_ok());
    }

    async fn one_that_comes_back_shortly_after_is_believed(test) {
        let world = World::new(test).await;
        let first = world.connect(&[]).await;
        let lost = world.refresh(&first, &[]).await.unwrap();
        world.kit.advance_seconds(119);
        let again = world.refresh(&first, &[]).await.unwrap();
        for granted in [&lost, &again] {
            assert!(world.enter(granted).await.is_ok(), "who asked first is not disconnected");
        }
        world.kit.advance_seconds(3600);
        assert!(world.refresh(&lost, &[]).await.is_ok() && world.refresh(&again, &[]).await.is_ok());
    }

    async fn later_than_that_it_is_a_copy_and_everything_ends(test) {
        let world = World::new(test).await;
        let first = world.connect(&[]).await;
        let second = world.refresh(&first, &[]).await.unwrap();
        world.kit.advance_seconds(120);
        assert_eq!(why(world.refresh(&first, &[]).await), "invalid_grant");
        assert_eq!(reason(world.enter(&second).await), "revoked_key");
        assert_eq!(why(world.refresh(&second, &[]).await), "invalid_grant");
        assert!(operations(&world.kit).await.iter().any(|it| it == "assistant.end_reused"));
    }

    async fn an_older_generation_is_a_copy_at_once(test) {
        let world = World::new(test).await;
        let first = world.connect(&[]).await;
        let second = world.refresh(&first, &[]).await.unwrap();
        let third = world.refresh(&second, &[]).await.unwrap();
        assert_eq!(why(world.refresh(&first, &[]).await), "invalid_grant", "its heir was used");
        assert_eq!(reason(world.enter(&third).await), "revoked_key");
    }

    async fn several_at_once_all_go_on(test) {
        let world = World::new(test).await;
        let first = world.connect(&[]).await;
        let (a, b, c) =
            tokio::join!(world.refresh(&first, &[]), world.refresh(&first, &[]), world.refresh(&first, &[]));
        let all = [a.unwrap(), b.unwrap(), c.unwrap()];
        world.kit.advance_seconds(3600);
        for granted in &all {
            let next = world.refresh(granted, &[]).await.unwrap();
            assert!(world.enter(&next).await.is_ok());
        }
    }

    async fn patience_is_not_a_mint(test) {
        let world = World::new(test).await;
        let first = world.connect(&[]).await;
        for _ in 0..20 {
            world.refresh(&first, &[]).await.unwrap();
        }
        assert_eq!(why(world.refresh(&first, &[]).await), "invalid_grant");
    }

    async fn less_may_be_asked_for_and_never_more(test) {
        let world = World::new(test).await;
        let first = world.connect(&[("scope", "contacts tasks:read")]).await;
        let less = world.refresh(&first, &[("scope", "contacts:read offline_access")]).await.unwrap();
        assert_eq!(less.scope, "contacts:read");
        assert_eq!(world.enter(&less).await.unwrap().caller().scopes.names(), ["contacts:read"]);
        for scope in ["deals:read", "*", "moon:walk"] {
            assert_eq!(why(world.refresh(&less, &[("scope", scope)]).await), "invalid_scope", "{scope}");
        }
        let all = world.refresh(&less, &[]).await.unwrap();
        assert_eq!(all.scope, "contacts:read contacts:write tasks:read");
    }

    async fn only_by_its_own_program_for_its_own_resource(test) {
        let world = World::new(test).await;
        let first = world.connect(&[]).await;
        let other = register(world.app(), Registration {
            redirect_uris: vec![CALLBACK.to_owned()], ..Registration::default()
        }, &here()).await.unwrap().client_id;
        assert_eq!(why(world.refresh(&first, &[("client_id", &other)]).await), "invalid_grant");
        assert_eq!(why(world.refresh(&first, &[("resource", "https://g8.example.com/x")]).await), "invalid_target");
        assert_eq!(why(world.refresh(&first, &[("refresh_token", &first.access_token)]).await), "invalid_grant");
        let tampered = format!("{}x", first.refresh_token.as_deref().unwrap().split_at(40).0);
        assert_eq!(why(world.refresh(&first, &[("refresh_token", &tampered)]).await), "invalid_grant");
        assert!(world.refresh(&first, &[]).await.is_ok(), "none of those used it up");
    }
}
