//! Signing in, as people live it.

mod oidc;

use super::*;
use crate::testing::test_app;
use g8_core::{App, Audience, Backend, Caller, Credential, Entry, Origin, admin, testing::TestApp};
use g8_domain::{Error, ErrorKind, record::Role};
use g8_storage::on_both;
use serde_json::Value;

const PASSWORD: &str = "correct horse";

fn here() -> Origin {
    Origin { door: "console", address: Some("192.0.2.1".to_owned()), ..Origin::default() }
}

fn ann() -> Account {
    Account { email: "Ann@Example.com".to_owned(), name: "Ann".to_owned(), password: PASSWORD.to_owned() }
}

fn code(link: &str) -> String {
    link.split_once('#').unwrap().1.to_owned()
}

/// An installation whose owner is Ann, signed in.
async fn owned(kit: &TestApp) -> Signed {
    let link = setup_link(&kit.app).await.unwrap().unwrap();
    set_up(&kit.app, &code(&link), &ann(), &here()).await.unwrap()
}

async fn enter(app: &App, signed: &Signed) -> Result<Entry, Error> {
    let shown = format!("Bearer {}", signed.token.reveal());
    let authorization = Some(shown.as_bytes());
    app.enter(Credential { authorization, audience: Audience::Console, ..Credential::default() }).await
}

async fn caller(app: &App, signed: &Signed) -> Caller {
    enter(app, signed).await.unwrap().caller().clone()
}

async fn sign(kit: &TestApp, password: &str) -> Result<Signed, Error> {
    match sign_in(&kit.app, "ann@example.com", password, &here()).await? {
        SignInStep::Done(signed) => Ok(*signed),
        SignInStep::Code(_) => Err(Error::rule("asks for a code")),
    }
}

on_both! {
    async fn the_setup_link_makes_one_owner(test) {
        let kit = test_app(test).await;
        let old = setup_link(&kit.app).await.unwrap().unwrap();
        let link = setup_link(&kit.app).await.unwrap().unwrap();
        assert!(set_up(&kit.app, &code(&old), &ann(), &here()).await.is_err(), "a newer one replaces it");
        let faults = set_up(&kit.app, &code(&link), &Account::default(), &here()).await.err().unwrap();
        assert_eq!(faults.data.unwrap()["issues"].as_array().map(Vec::len), Some(3), "all faults at once");
        let signed = set_up(&kit.app, &code(&link), &ann(), &here()).await.unwrap();
        let owner = caller(&kit.app, &signed).await;
        assert_eq!((owner.role, owner.org.id), (Some(Role::Admin), kit.org));
        assert!(set_up(&kit.app, &code(&link), &ann(), &here()).await.is_err(), "it works once");
        assert_eq!(setup_link(&kit.app).await.unwrap(), None);
    }

    async fn a_session_ends_by_sign_out_by_idleness_and_by_age(test) {
        let kit = test_app(test).await;
        owned(&kit).await;
        let (one, other) = (sign(&kit, PASSWORD).await.unwrap(), sign(&kit, PASSWORD).await.unwrap());
        sign_out(&kit.app, &caller(&kit.app, &one).await, &here()).await.unwrap();
        assert_eq!(enter(&kit.app, &one).await.err().unwrap().kind, ErrorKind::Unauthorized);
        assert!(enter(&kit.app, &other).await.is_ok());
        for _ in 0..5 {
            kit.advance_seconds(5 * 86_400);
            assert!(enter(&kit.app, &other).await.is_ok(), "in use");
        }
        kit.advance_seconds(5 * 86_400);
        assert!(enter(&kit.app, &other).await.is_err(), "thirty days are the end");
        let idle = sign(&kit, PASSWORD).await.unwrap();
        enter(&kit.app, &idle).await.unwrap();
        kit.advance_seconds(7 * 86_400 + 60);
        assert!(enter(&kit.app, &idle).await.is_err(), "a week unused");
    }

    async fn a_session_opens_the_console_and_nothing_else(test) {
        let kit = test_app(test).await;
        let signed = owned(&kit).await;
        for audience in [Audience::Api, Audience::Tools] {
            let shown = format!("Bearer {}", signed.token.reveal());
            let credential = Credential { authorization: Some(shown.as_bytes()), audience, ..Credential::default() };
            assert_eq!(kit.app.enter(credential).await.err().unwrap().kind, ErrorKind::Unauthorized);
        }
        let shown = format!("Bearer {}", kit.key);
        let authorization = Some(shown.as_bytes());
        let key = Credential { authorization, audience: Audience::Console, ..Credential::default() };
        assert_eq!(kit.app.enter(key).await.err().unwrap().kind, ErrorKind::Unauthorized);
    }

    async fn wrong_passwords_say_nothing_and_are_counted(test) {
        let kit = test_app(test).await;
        owned(&kit).await;
        let wrong = sign(&kit, "battery staple").await.err().unwrap();
        let nobody = sign_in(&kit.app, "nobody@example.com", PASSWORD, &here()).await.err().unwrap();
        assert_eq!((wrong.kind, &wrong.message), (ErrorKind::Unauthorized, &nobody.message));
        for _ in 0..9 {
            assert_eq!(sign(&kit, "battery staple").await.err().unwrap().kind, ErrorKind::Unauthorized);
        }
        let full = sign(&kit, PASSWORD).await.err().unwrap();
        assert_eq!(full.kind, ErrorKind::TooMany, "even the right one waits now");
        let elsewhere = Origin { address: Some("198.51.100.7".to_owned()), ..here() };
        let SignInStep::Done(_) = sign_in(&kit.app, "ann@example.com", PASSWORD, &elsewhere).await.unwrap() else {
            panic!("an attacker must not lock the owner out");
        };
        kit.advance_seconds(61);
        assert!(sign(&kit, PASSWORD).await.is_ok());
    }

    async fn the_second_factor_is_asked_for_and_passed_once(test) {
        let kit = test_app(test).await;
        let signed = owned(&kit).await;
        let ann = caller(&kit.app, &signed).await;
        let totp = begin_second(&kit.app, &ann).await.unwrap();
        assert!(sign(&kit, PASSWORD).await.is_ok(), "not confirmed: not asked for");
        let seconds = || u64::try_from(kit.now().unix_seconds()).unwrap();
        assert!(confirm_second(&kit.app, &ann, "000000", &here()).await.is_err());
        let codes = confirm_second(&kit.app, &ann, &totp.code(seconds()), &here()).await.unwrap();
        assert_eq!(second_state(&kit.app, &ann).await.unwrap(), (true, 10));
        let first = async || match sign_in(&kit.app, "ann@example.com", PASSWORD, &here()).await.unwrap() {
            SignInStep::Code(token) => token.reveal().to_owned(),
            SignInStep::Done(_) => panic!("no code was asked for"),
        };
        let step = first().await;
        let used = second_step(&kit.app, &step, &totp.code(seconds()), &here()).await;
        assert_eq!(used.err().unwrap().kind, ErrorKind::Unauthorized, "that code confirmed the enrolment");
        kit.advance_seconds(30);
        second_step(&kit.app, &step, &totp.code(seconds()), &here()).await.unwrap();
        assert!(second_step(&kit.app, &step, &totp.code(seconds() + 30), &here()).await.is_err(), "once");
        second_step(&kit.app, &first().await, &codes[0].to_uppercase(), &here()).await.unwrap();
        assert!(second_step(&kit.app, &first().await, &codes[0], &here()).await.is_err(), "once");
        let guessed = first().await;
        for _ in 0..5 {
            drop(second_step(&kit.app, &guessed, "123456", &here()).await);
        }
        let full = second_step(&kit.app, &guessed, &codes[1], &here()).await;
        assert_eq!(full.err().unwrap().kind, ErrorKind::TooMany);
        let args = serde_json::json!({ "email": "ann@example.com" });
        let elsewhere = kit.as_key(&kit.stranger().await);
        let args = args.as_object().unwrap().clone();
        let link = elsewhere.call::<crate::invitation::CreateInvitation>(args).await.unwrap().link;
        let joining = Account { password: PASSWORD.to_owned(), ..Account::default() };
        let asked = accept(&kit.app, &code(&link), &joining, &here()).await.unwrap();
        assert!(matches!(asked, SignInStep::Code(_)), "an invitation is no way round it");
        end_second(&kit.app, &ann, PASSWORD, &here()).await.unwrap();
        kit.advance_seconds(60);
        assert!(sign(&kit, PASSWORD).await.is_ok());
    }

    async fn a_secret_that_was_seen_before_is_not_the_one_that_is_turned_on(test) {
        let kit = test_app(test).await;
        let ann = caller(&kit.app, &owned(&kit).await).await;
        let seen = begin_second(&kit.app, &ann).await.unwrap().secret();
        assert_eq!(begin_second(&kit.app, &ann).await.unwrap().secret(), seen, "the page may be loaded twice");
        let later = caller(&kit.app, &sign(&kit, PASSWORD).await.unwrap()).await;
        assert_ne!(begin_second(&kit.app, &later).await.unwrap().secret(), seen);
    }

    async fn a_new_password_ends_every_other_session(test) {
        let kit = test_app(test).await;
        let signed = owned(&kit).await;
        let other = sign(&kit, PASSWORD).await.unwrap();
        let ann = caller(&kit.app, &signed).await;
        assert!(change_password(&kit.app, &ann, ("wrong one", "another horse"), &here()).await.is_err());
        change_password(&kit.app, &ann, (PASSWORD, "another horse"), &here()).await.unwrap();
        assert!(enter(&kit.app, &signed).await.is_ok() && enter(&kit.app, &other).await.is_err());
        let link = password_link(&kit.app, "ann@example.com").await.unwrap();
        reset_password(&kit.app, &code(&link), "third horse").await.unwrap();
        assert!(enter(&kit.app, &signed).await.is_err(), "whoever had the old one is out");
        assert!(reset_password(&kit.app, &code(&link), "fourth horse").await.is_err(), "a link works once");
        assert!(sign(&kit, "third horse").await.is_ok());
    }

    async fn somebody_in_two_organizations_works_in_one_at_a_time(test) {
        let kit = test_app(test).await;
        let signed = owned(&kit).await;
        let other = admin::create_org(&kit.app, "Other").await.unwrap();
        let ann = caller(&kit.app, &signed).await;
        let not_yet = switch_org(&kit.app, &ann, other.id, &here()).await;
        assert_eq!(not_yet.err().unwrap().kind, ErrorKind::NotFound);
        admin::create_user(&kit.app, other.id, "ann@example.com", "Ann", None, Role::ReadOnly).await.unwrap();
        let there = switch_org(&kit.app, &ann, other.id, &here()).await.unwrap();
        let reader = caller(&kit.app, &there).await;
        assert_eq!((reader.org.id, reader.role), (other.id, Some(Role::ReadOnly)));
        assert!(enter(&kit.app, &signed).await.is_err(), "the old session is over");
        assert_eq!(sign(&kit, PASSWORD).await.unwrap().key.org_id, other.id, "she goes on where she was");
    }

    async fn what_people_do_to_their_accounts_is_on_record_without_secrets(test) {
        let kit = test_app(test).await;
        let signed = owned(&kit).await;
        let told = crate::audit::audit_log(&kit.app, kit.org, None, 50).await.unwrap();
        let told: Value = serde_json::to_value(told).unwrap();
        assert!(told.to_string().contains("session.begin") && told.to_string().contains("member.join"));
        assert!(!told.to_string().contains(signed.token.reveal()) && !told.to_string().contains(PASSWORD));
    }
}
