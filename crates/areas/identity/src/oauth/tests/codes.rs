//! Codes: once, in time, by whom they were given to.

use super::*;
use g8_domain::record::Via;
use g8_storage::on_both;

on_both! {
    async fn from_consent_to_the_tools_and_nowhere_else(test) {
        let world = World::new(test).await;
        let to = world.allow(&[("scope", "contacts")]).await;
        assert!(to.starts_with(CALLBACK));
        assert_eq!(told(&to, "state").as_deref(), Some("s t&te"));
        assert_eq!(told(&to, "iss").as_deref(), Some(URL));
        let granted = world.exchange(&told(&to, "code").unwrap(), &[]).await.unwrap();
        assert_eq!((granted.token_type, granted.expires_in), ("Bearer", 3600));
        assert_eq!(granted.scope, "contacts:read contacts:write");
        let entry = world.enter(&granted).await.unwrap();
        let caller = entry.caller();
        assert_eq!((caller.key.via, caller.org.id), (Via::Assistant, world.kit.org));
        assert_eq!(caller.user.as_ref().map(|user| user.email.as_str()), Some("ann@example.com"));
        assert_eq!(caller.scopes.names(), ["contacts:read", "contacts:write"]);
        let rest = enter(world.app(), &granted.access_token, Audience::Api).await;
        assert_eq!(reason(rest), "oauth_token_not_accepted");
        for wrong in [granted.refresh_token.as_deref().unwrap(), "g8_access_nonsense"] {
            assert_eq!(reason(enter(world.app(), wrong, Audience::Tools).await), "invalid_key");
        }
        let told = operations(&world.kit).await;
        assert!(told.iter().any(|it| it == "assistant.allow") && told.iter().any(|it| it == "assistant.connect"));
    }

    async fn a_code_in_wrong_hands_is_used_up(test) {
        let world = World::new(test).await;
        let other = register(world.app(), Registration {
            redirect_uris: vec![CALLBACK.to_owned()], ..Registration::default()
        }, &here()).await.unwrap().client_id;
        let long = "x".repeat(129);
        for (with, error) in [
            (("code_verifier", "another-verifier-that-is-long-enough-0123456789"), "invalid_grant"),
            (("code_verifier", ""), "invalid_grant"),
            (("code_verifier", long.as_str()), "invalid_grant"),
            (("redirect_uri", "http://127.0.0.1:4712/callback"), "invalid_grant"),
            (("redirect_uri", ""), "invalid_grant"),
            (("client_id", other.as_str()), "invalid_grant"),
            (("resource", "https://g8.example.com/api/v1"), "invalid_target"),
        ] {
            let code = world.code(&[]).await;
            assert_eq!(why(world.exchange(&code, &[with]).await), error, "{with:?}");
            assert_eq!(why(world.exchange(&code, &[]).await), "invalid_grant", "{with:?}");
        }
        let code = world.code(&[]).await;
        assert_eq!(why(world.exchange(&code, &[("client_id", "nobody")]).await), "invalid_client");
        assert_eq!(why(world.exchange(&code, &[("grant_type", "password")]).await), "unsupported_grant_type");
        let tampered = format!("{}x", &code[..code.len() - 1]);
        assert_eq!(why(world.exchange(&tampered, &[]).await), "invalid_grant");
        assert!(world.exchange(&code, &[]).await.is_ok(), "none of those touched it");
    }

    async fn a_code_lives_for_a_minute(test) {
        let world = World::new(test).await;
        let code = world.code(&[]).await;
        world.kit.advance_seconds(60);
        assert_eq!(why(world.exchange(&code, &[]).await), "invalid_grant");
    }

    async fn a_second_use_ends_what_came_of_the_first(test) {
        let world = World::new(test).await;
        let code = world.code(&[]).await;
        let granted = world.exchange(&code, &[]).await.unwrap();
        let untouched = world.connect(&[]).await;
        world.enter(&granted).await.unwrap();
        assert_eq!(why(world.exchange(&code, &[]).await), "invalid_grant");
        assert_eq!(reason(world.enter(&granted).await), "revoked_key");
        assert_eq!(why(world.refresh(&granted, &[]).await), "invalid_grant");
        assert!(world.enter(&untouched).await.is_ok());
        assert!(operations(&world.kit).await.iter().any(|it| it == "assistant.end_reused"));
    }

    async fn of_two_at_once_one_is_first(test) {
        let world = World::new(test).await;
        let code = world.code(&[]).await;
        let (one, two) = tokio::join!(world.exchange(&code, &[]), world.exchange(&code, &[]));
        let granted = match (one, two) {
            (Ok(granted), Err(_)) | (Err(_), Ok(granted)) => granted,
            other => panic!("{other:?}"),
        };
        assert_eq!(reason(world.enter(&granted).await), "revoked_key", "the other one ended it");
    }

    async fn somebody_who_left_in_between_lets_nobody_in(test) {
        let world = World::new(test).await;
        let rob = member(&world.kit, "rob@example.com", Role::Member).await;
        let asked = world.ask(&[]).await.unwrap();
        let to = decide(world.app(), &rob, &asked, (world.kit.org, true), &here()).await.unwrap();
        admin::remove_user(world.app(), world.kit.org, rob.user.unwrap().id).await.unwrap();
        assert_eq!(why(world.exchange(&told(&to, "code").unwrap(), &[]).await), "invalid_grant");
    }

    async fn the_command_line_gets_a_personal_key(test) {
        let world = World::new(test).await;
        let own = [("client_id", COMMAND_LINE), ("resource", ""), ("device", "Ann's\u{202e} laptop")];
        let asked = world.ask(&own).await.unwrap();
        let page = consent(world.app(), &world.caller().await, &asked).await.unwrap();
        assert_eq!(page.makes_key.as_deref(), Some("g8 on Ann's laptop"));
        let code = world.code(&own).await;
        let granted = world.exchange(&code, &[("client_id", COMMAND_LINE), ("resource", "")]).await.unwrap();
        assert!(granted.access_token.starts_with("g8_live_") && granted.refresh_token.is_none());
        assert_eq!(granted.email.as_deref(), Some("ann@example.com"));
        let entry = enter(world.app(), &granted.access_token, Audience::Api).await.unwrap();
        assert_eq!((entry.caller().key.via, Some(entry.caller().key.id)), (Via::Key, granted.api_key_id));
        let params = pairs(&[("client_id", COMMAND_LINE), ("token", &granted.access_token)], &[]);
        revoke(world.app(), &params, None, &here()).await.unwrap();
        assert_eq!(reason(enter(world.app(), &granted.access_token, Audience::Api).await), "revoked_key");
        let kept = pairs(&[("client_id", COMMAND_LINE), ("token", &world.kit.key)], &[]);
        revoke(world.app(), &kept, None, &here()).await.unwrap();
        assert!(enter(world.app(), &world.kit.key, Audience::Api).await.is_ok(), "not a key that it was given");
    }
}
