//! What is asked, and who is told what is wrong with it.

use super::*;
use g8_domain::ErrorKind;
use g8_storage::on_both;

fn page(turned: Result<AuthorizationRequest, AuthorizeError>) -> String {
    match turned {
        Err(AuthorizeError::Page(error)) => error.message,
        other => panic!("{other:?}"),
    }
}

fn away(turned: Result<AuthorizationRequest, AuthorizeError>) -> String {
    match turned {
        Err(AuthorizeError::Away(to)) => {
            assert!(to.starts_with(CALLBACK), "{to}");
            assert_eq!(told(&to, "iss").as_deref(), Some(URL), "{to}");
            assert_eq!(told(&to, "state").as_deref(), Some("s t&te"), "{to}");
            assert_eq!(told(&to, "code"), None);
            told(&to, "error").unwrap()
        }
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn a_stranger_or_a_foreign_address_is_told_to_the_person_alone(test) {
        let world = World::new(test).await;
        for other in [
            [("client_id", "nobody")],
            [("client_id", "")],
            [("client_id", "http://g8.example.com/x")],
            [("redirect_uri", "")],
            [("redirect_uri", "https://evil.example/callback")],
            [("redirect_uri", "http://127.0.0.1:4711/other")],
            [("redirect_uri", "http://localhost:4711/callback")],
            [("redirect_uri", "http://127.0.0.1:4711@evil.example/callback")],
        ] {
            page(world.ask(&other).await);
        }
    }

    async fn other_faults_are_told_to_the_program_with_state_and_issuer(test) {
        let world = World::new(test).await;
        for (other, error) in [
            (("response_type", "token"), "unsupported_response_type"),
            (("response_type", ""), "invalid_request"),
            (("response_mode", "form_post"), "invalid_request"),
            (("code_challenge", ""), "invalid_request"),
            (("code_challenge", "short"), "invalid_request"),
            (("code_challenge_method", "plain"), "invalid_request"),
            (("code_challenge_method", ""), "invalid_request"),
            (("resource", "https://g8.example.com/api"), "invalid_target"),
            (("resource", "https://evil.example/mcp"), "invalid_target"),
            (("resource", "https://g8.example.com/mcp//"), "invalid_target"),
            (("scope", "contacts:read moon:walk"), "invalid_scope"),
            (("prompt", "none"), "interaction_required"),
        ] {
            assert_eq!(away(world.ask(&[other]).await), error, "{other:?}");
        }
    }

    async fn what_programs_send_by_habit_is_borne(test) {
        let world = World::new(test).await;
        let long = "x".repeat(2000);
        for other in [
            ("resource", "https://g8.example.com/mcp/"),
            ("resource", ""),
            ("scope", " offline_access"),
            ("scope", "claudeai openid"),
            ("scope", "Contacts tasks:*"),
            ("state", long.as_str()),
            ("state", ""),
            ("response_mode", "query"),
            ("redirect_uri", "http://127.0.0.1:65000/callback"),
            ("redirect_uri", "http://127.0.0.1/callback"),
        ] {
            assert!(world.ask(&[other]).await.is_ok(), "{other:?}");
        }
    }

    async fn a_name_that_comes_twice_is_refused(test) {
        drop(test);
        let twice = Params::read(b"client_id=a&client_id=b");
        assert_eq!(twice.unwrap_err().code, "invalid_request");
        assert!(Params::read(b"resource=a&resource=b").is_ok());
        assert!(Params::read(format!("state={}", "x".repeat(5000)).as_bytes()).is_err());
        assert!(Params::read("a=1&".repeat(60).as_bytes()).is_err());
    }

    async fn the_page_says_who_where_to_what_and_for_whom(test) {
        let world = World::new(test).await;
        let other = admin::create_org(world.app(), "Other").await.unwrap();
        admin::create_user(world.app(), other.id, "ann@example.com", "Ann", None, Role::ReadOnly).await.unwrap();
        let caller = world.caller().await;
        let shown = async |scope: &str| {
            consent(world.app(), &caller, &world.ask(&[("scope", scope)]).await.unwrap()).await.unwrap()
        };
        let page = shown("contacts:read contacts:write offline_access").await;
        assert_eq!((page.program.as_str(), page.self_registered), ("Claude Code", true));
        assert_eq!(page.goes_to, Destination::Loopback("127.0.0.1".to_owned()));
        let lines = vec!["Read contacts", "Create, update and delete contacts"];
        assert_eq!(page.groups, [Group { name: "contacts".to_owned(), lines }]);
        let places: Vec<_> = page.places.iter().map(|place| (place.role, place.current, place.before)).collect();
        assert_eq!(places, [(Role::Admin, true, false), (Role::ReadOnly, false, false)]);
        let all = shown("").await;
        assert!(all.groups.iter().all(|group| group.name != "api_keys" && group.name != "members"));
        assert!(all.groups.len() > 5 && !all.everything);
        assert!(shown("full_access").await.everything);
        world.connect(&[("scope", "contacts")]).await;
        assert!(shown("contacts:read").await.places[0].before, "she has agreed to more already");
        assert!(!shown("tasks:read").await.places[0].before, "not to that");
    }

    async fn only_a_person_who_is_signed_in_can_agree_and_only_for_where_they_are(test) {
        let world = World::new(test).await;
        let asked = world.ask(&[]).await.unwrap();
        let key = enter(world.app(), &world.kit.key, Audience::Api).await.unwrap().caller().clone();
        let refused = decide(world.app(), &key, &asked, (world.kit.org, true), &here()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Forbidden);
        let granted = world.connect(&[]).await;
        let assistant = world.enter(&granted).await.unwrap().caller().clone();
        let refused = decide(world.app(), &assistant, &asked, (world.kit.org, true), &here()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Forbidden, "no assistant lets in another");
        let other = admin::create_org(world.app(), "Other").await.unwrap();
        let ann = world.caller().await;
        let refused = decide(world.app(), &ann, &asked, (other.id, true), &here()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::NotFound);
        let denied = decide(world.app(), &ann, &asked, (world.kit.org, false), &here()).await.unwrap();
        assert_eq!(told(&denied, "error").as_deref(), Some("access_denied"));
        assert_eq!(told(&denied, "iss").as_deref(), Some(URL));
    }

    async fn nobody_agrees_to_more_than_their_role_allows(test) {
        let world = World::new(test).await;
        let reader = member(&world.kit, "rob@example.com", Role::ReadOnly).await;
        let asked = world.ask(&[("scope", "contacts:read contacts:write api_keys:write")]).await.unwrap();
        let to = decide(world.app(), &reader, &asked, (world.kit.org, true), &here()).await.unwrap();
        let granted = world.exchange(&told(&to, "code").unwrap(), &[]).await.unwrap();
        assert_eq!(granted.scope, "contacts:read");
        let asked = world.ask(&[("scope", "api_keys:write")]).await.unwrap();
        let refused = decide(world.app(), &reader, &asked, (world.kit.org, true), &here()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Rule);
    }

    async fn the_metadata_is_what_programs_look_for(test) {
        let world = World::new(test).await;
        let told = metadata(world.app());
        assert_eq!(told["issuer"], URL);
        assert_eq!(told["token_endpoint"], "https://g8.example.com/oauth/token");
        assert_eq!(told["code_challenge_methods_supported"], serde_json::json!(["S256"]));
        assert_eq!(told["client_id_metadata_document_supported"], true);
        assert_eq!(told["authorization_response_iss_parameter_supported"], true);
        let scopes = told["scopes_supported"].to_string();
        assert!(scopes.contains("contacts:read") && !scopes.contains("api_keys") && !scopes.contains("offline"));
    }
}
