//! From an invitation to a member.

use super::{CreateInvitation, ListInvitations, RevokeInvitation, list::Input as All};
use crate::people::{Account, SignInStep, accept};
use crate::testing::test_app;
use g8_core::{Backend, Origin};
use g8_domain::{ErrorKind, record::Role};
use g8_storage::{on_both, users};
use serde_json::json;

fn code(link: &str) -> &str {
    link.split_once('#').unwrap().1
}

fn bob() -> Account {
    Account { name: "Bob".to_owned(), password: "correct horse".to_owned(), ..Account::default() }
}

on_both! {
    async fn who_is_invited_joins_once_in_their_role(test) {
        let kit = test_app(test).await;
        let made = kit.call::<CreateInvitation>(json!({ "email": "Bob@Example.com", "role": "read_only" })).await.unwrap();
        assert!(!made.mailed && made.link.contains("/invitation#g8_link_"));
        assert_eq!(kit.run::<ListInvitations>(All {}).await.unwrap()[0].email, "bob@example.com");
        let SignInStep::Done(signed) = accept(&kit.app, code(&made.link), &bob(), &Origin::default()).await.unwrap() else {
            panic!("no code was to be asked for");
        };
        let member = users::member(&mut &kit.app.db, signed.key.user_id.unwrap(), kit.org).await.unwrap();
        assert_eq!(member.unwrap().1, Role::ReadOnly);
        let again = accept(&kit.app, code(&made.link), &bob(), &Origin::default()).await;
        assert_eq!(again.err().unwrap().kind, ErrorKind::Invalid, "a link works once");
        assert!(kit.run::<ListInvitations>(All {}).await.unwrap().is_empty());
        let twice = kit.call::<CreateInvitation>(json!({ "email": "bob@example.com" })).await.unwrap_err();
        assert_eq!(twice.kind, ErrorKind::Rule);
    }

    async fn an_account_that_is_there_joins_by_its_password_only(test) {
        let kit = test_app(test).await;
        let other = kit.stranger().await;
        let first = kit.call::<CreateInvitation>(json!({ "email": "bob@example.com" })).await.unwrap();
        accept(&kit.app, code(&first.link), &bob(), &Origin::default()).await.unwrap();
        let args = json!({ "email": "bob@example.com" });
        let second = kit.as_key(&other).call::<CreateInvitation>(args.as_object().unwrap().clone()).await.unwrap();
        let stolen = Account { password: "my own now".to_owned(), ..bob() };
        let refused = accept(&kit.app, code(&second.link), &stolen, &Origin::default()).await;
        assert_eq!(refused.err().unwrap().kind, ErrorKind::Unauthorized);
        accept(&kit.app, code(&second.link), &bob(), &Origin::default()).await.unwrap();
    }

    async fn an_invitation_ends_by_time_and_when_it_is_taken_back(test) {
        let kit = test_app(test).await;
        let made = kit.call::<CreateInvitation>(json!({ "email": "a@example.com" })).await.unwrap();
        kit.call::<RevokeInvitation>(json!({ "invitation_id": made.invitation.id })).await.unwrap();
        assert!(accept(&kit.app, code(&made.link), &bob(), &Origin::default()).await.is_err());
        let made = kit.call::<CreateInvitation>(json!({ "email": "a@example.com" })).await.unwrap();
        kit.advance_seconds(7 * 86_400);
        assert!(accept(&kit.app, code(&made.link), &bob(), &Origin::default()).await.is_err());
    }

    async fn who_sends_an_invitation_does_not_get_the_account_of_who_is_invited(test) {
        let kit = test_app(test).await;
        // From an identity provider, say: no password yet.
        kit.user("bob@example.com", Role::Member).await;
        let other = kit.stranger().await;
        let args = json!({ "email": "bob@example.com", "role": "admin" });
        let made = kit.as_key(&other).call::<CreateInvitation>(args.as_object().unwrap().clone()).await.unwrap();
        let refused = accept(&kit.app, code(&made.link), &bob(), &Origin::default()).await;
        assert_eq!(refused.err().unwrap().kind, ErrorKind::Rule);
    }

    async fn nobody_invites_to_more_than_they_may(test) {
        let kit = test_app(test).await;
        let key = kit.key_with(&["members:write", "members:read"]).await;
        let args = json!({ "email": "bob@example.com", "role": "admin" });
        let refused = kit.as_key(&key).call::<CreateInvitation>(args.as_object().unwrap().clone()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Forbidden);
    }
}
