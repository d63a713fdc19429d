//! Programs that register themselves.

use super::*;
use base64::engine::general_purpose::STANDARD;
use g8_domain::record::ClientAuth;
use g8_storage::on_both;

fn asks(uris: &[&str], method: Option<&str>) -> Registration {
    Registration {
        redirect_uris: uris.iter().map(|uri| (*uri).to_owned()).collect(),
        token_endpoint_auth_method: method.map(str::to_owned),
        ..Registration::default()
    }
}

on_both! {
    async fn what_cannot_be_is_refused(test) {
        let world = World::new(test).await;
        let many = [CALLBACK; 11];
        for (asks, error) in [
            (asks(&[], None), "invalid_redirect_uri"),
            (asks(&many, None), "invalid_redirect_uri"),
            (asks(&["http://example.com/cb"], None), "invalid_redirect_uri"),
            (asks(&[CALLBACK, "javascript:alert(1)"], None), "invalid_redirect_uri"),
            (asks(&[CALLBACK], Some("private_key_jwt")), "invalid_client_metadata"),
            (Registration { grant_types: Some(vec!["implicit".to_owned()]), ..asks(&[CALLBACK], None) }, "invalid_client_metadata"),
            (Registration { response_types: Some(vec!["token".to_owned()]), ..asks(&[CALLBACK], None) }, "invalid_client_metadata"),
        ] {
            assert_eq!(register(world.app(), asks, &here()).await.unwrap_err().code, error);
        }
        let cursor = ["http://localhost:8787/callback", "cursor://anysphere.cursor-mcp/oauth/callback"];
        assert!(register(world.app(), asks(&cursor, Some("none")), &here()).await.is_ok());
    }

    async fn a_name_is_shown_as_text_that_cannot_play_tricks(test) {
        let world = World::new(test).await;
        let named = async |name: &str| {
            let asks = Registration { client_name: Some(name.to_owned()), ..asks(&[CALLBACK], None) };
            register(world.app(), asks, &here()).await.unwrap().client_name
        };
        assert_eq!(named("<b>Claude</b>\n\u{202e}x\u{200b}").await, "<b>Claude</b>x");
        assert_eq!(named(" \u{7} ").await, "A program without a name");
        assert_eq!(named(&"x".repeat(5000)).await.len(), 100);
    }

    async fn a_secret_that_was_asked_for_must_be_shown(test) {
        let mut world = World::new(test).await;
        for method in ["client_secret_basic", "client_secret_post"] {
            let made = register(world.app(), asks(&[CALLBACK], Some(method)), &here()).await.unwrap();
            assert_eq!(made.token_endpoint_auth_method, ClientAuth::from_word(method).unwrap());
            let secret = made.client_secret.unwrap();
            world.client = made.client_id.clone();
            let code = world.code(&[]).await;
            assert_eq!(why(world.exchange(&code, &[]).await), "invalid_client");
            let wrong = register(world.app(), asks(&[CALLBACK], Some(method)), &here()).await.unwrap();
            let wrong = wrong.client_secret.unwrap();
            assert_eq!(why(world.exchange(&code, &[("client_secret", &wrong)]).await), "invalid_client");
            if method == "client_secret_post" {
                assert!(world.exchange(&code, &[("client_secret", &secret)]).await.is_ok());
                continue;
            }
            let header = format!("Basic {}", STANDARD.encode(format!("{}:{secret}", made.client_id)));
            let params = pairs(&[
                ("grant_type", "authorization_code"), ("code", &code),
                ("redirect_uri", CALLBACK), ("code_verifier", VERIFIER),
            ], &[]);
            let shown = async |header: &str| token(world.app(), &params, Some(header.as_bytes()), &here()).await;
            for header in ["Basic", "Basic !!!", "Bearer x", &format!("Basic {}", STANDARD.encode("no colon"))] {
                assert_eq!(why(shown(header).await), "invalid_client", "{header}");
            }
            assert!(shown(&header).await.is_ok());
        }
    }

    async fn one_address_and_all_together_register_so_many(test) {
        let world = World::new(test).await;
        let from = |address: &str| Origin { address: Some(address.to_owned()), ..here() };
        let mut made = 0;
        let refused = loop {
            match register(world.app(), asks(&[CALLBACK], None), &from("198.51.100.7")).await {
                Ok(_) => made += 1,
                Err(fault) => break fault,
            }
        };
        assert_eq!((made, refused.status), (20, 429));
        assert!(refused.retry_after.is_some());
        assert!(register(world.app(), asks(&[CALLBACK], None), &from("198.51.100.8")).await.is_ok());
        let mut made = 0;
        for address in 10..100 {
            made += u32::from(register(world.app(), asks(&[CALLBACK], None), &from(&format!("203.0.113.{address}"))).await.is_ok());
        }
        assert!(made < 60, "{made}");
    }
}
